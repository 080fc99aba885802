import type { Agent } from '../agent/agent.ts';
import { agentView } from '../agent/step.ts';
import type { CallState } from '../call/state.ts';
import { callView } from '../call/view.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { CallFact, Fact } from '../fact/fact.ts';
import type { AgentId, CallId, QueueId, TicketId } from '../ids.ts';
import type { Waiter } from '../line/line.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../time.ts';
import { agentAsked, agentDeadlinePassed, memberAsked, phoneReported } from './agent-asked.ts';
import { arrived } from './arrived.ts';
import { callAsked } from './call-asked.ts';
import { callHappened } from './call-happened.ts';
import { callerAsked } from './caller-asked.ts';
import { directoryChanged } from './directory-changed.ts';
import type { ExchangeEvent } from './event.ts';
import type { QueuePace } from './expected-wait.ts';
import { type ExchangeOptions, Floor } from './floor.ts';
import { ghostOf, inLine } from './in-line.ts';
import type { Outcome } from './outcome.ts';
import { policyPublished } from './policy-published.ts';
import { strainReported } from './strain-reported.ts';
import type { SwitchState } from './switch.ts';
import { switchTurned } from './switch-turned.ts';
import { type AloneCall, takenAlone } from './taken-alone.ts';
import { holdAsked, talkAsked } from './talk-asked.ts';
import { ticketDeadlinePassed, ticketWithdrawn } from './ticket-asked.ts';
import { phoneTransferred, transferAsked } from './transfer-asked.ts';
import { trunkReported } from './trunk-reported.ts';

/**
 * The whole floor: calls, agents, lines, and the rules that bring them together. One event in, one outcome out, nothing
 * else: no clock, no dice, no input or output. So production, a replay and a test run the same code.
 */
export class Exchange {
  readonly #floor: Floor;

  constructor(options: ExchangeOptions = {}) {
    this.#floor = new Floor(options);
  }

  get calls(): ReadonlyMap<CallId, CallState> {
    return this.#floor.calls;
  }

  get agents(): ReadonlyMap<AgentId, Agent> {
    return this.#floor.agents;
  }

  get tickets(): ReadonlyMap<TicketId, Ticket> {
    return this.#floor.tickets.all;
  }

  /** What the queues have learned of how long their callers wait. */
  get paces(): readonly QueuePace[] {
    return this.#floor.expectedWait.all;
  }

  /** Who waits for a queue, in the order of its line. */
  waitingIn(queue: QueueId): readonly Waiter[] {
    return [...this.#floor.dispatcher.line(queue)].map(({ who }) => who);
  }

  /** Takes up what an earlier process left: the same calls in the same places, the same agents. */
  restore(
    saved: {
      readonly calls: readonly CallState[];
      readonly agents: readonly Agent[];
      readonly switches?: readonly SwitchState[];
      readonly tickets?: readonly Ticket[];
      readonly paces?: readonly QueuePace[];
    },
    policies: readonly Policy[],
  ): void {
    const floor = this.#floor;
    for (const policy of policies) floor.rulebook.keep(policy);
    floor.switches.restore(saved.switches ?? []);
    floor.expectedWait.restore(saved.paces ?? []);
    for (const agent of saved.agents) {
      floor.agents.set(agent.id, agent);
      floor.dispatcher.agentChanged(undefined, agent);
    }
    floor.countStaff();
    for (const ticket of saved.tickets ?? []) {
      floor.tickets.put(ticket);
      if (ticket.state.is === 'waiting') floor.dispatcher.enter(ghostOf(ticket));
    }
    for (const call of saved.calls) {
      floor.calls.set(call.id, call);
      floor.noteLegs(call);
      if (call.phase === 'queued') floor.dispatcher.enter(inLine(call));
    }
  }

  /** The call that a leg, a bridge, a playback or a recording belongs to now. */
  ownerOf(id: string): CallId {
    return this.#floor.ownerOf(id);
  }

  /** All that is live, for readers who start or have lost count. */
  recovered(at: Instant): Fact {
    const { calls, agents, switches, tickets, trunks, gate } = this.#floor;
    return {
      type: 'ExchangeRecovered',
      at,
      calls: [...calls.values()].filter(({ service }) => !service).map(callView),
      agents: [...agents.values()].map(agentView),
      switches: switches.all,
      tickets: [...tickets.all.values()],
      trunks: trunks.all,
      ...(gate.limited === undefined ? {} : { admission: gate.limited }),
    };
  }

  /** {@link takenAlone} */
  takenAlone(call: AloneCall): readonly CallFact[] {
    return takenAlone(call, this.#floor);
  }

  handle(event: ExchangeEvent): Outcome {
    const floor = this.#floor;
    switch (event.type) {
      case 'CallArrived':
        return arrived(event.arrival, event.at, floor);
      case 'CallAsked':
        return callAsked(event, floor);
      case 'CallHappened':
        return callHappened(event, floor);
      case 'AgentAsked':
        return agentAsked(event, floor);
      case 'CallerAsked':
        return callerAsked(event, floor);
      case 'TalkAsked':
        return talkAsked(event, floor);
      case 'TransferAsked':
        return transferAsked(event, floor);
      case 'PhoneTransferred':
        return phoneTransferred(event, floor);
      case 'HoldAsked':
        return holdAsked(event, floor);
      case 'MemberAsked':
        return memberAsked(event, floor);
      case 'TrunkReported':
        return trunkReported(event, floor);
      case 'StrainReported':
        return strainReported(event, floor);
      case 'TicketDeadlinePassed':
        return ticketDeadlinePassed(event, floor);
      case 'TicketWithdrawn':
        return ticketWithdrawn(event, floor);
      case 'AgentDeadlinePassed':
        return agentDeadlinePassed(event, floor);
      case 'PhoneReachable':
        return phoneReported(event, floor);
      case 'DirectoryChanged':
        return directoryChanged(event.directory, event.at, floor);
      case 'SwitchTurned':
        return switchTurned(event, floor);
      case 'PolicyPublished':
        return policyPublished(event, floor);
    }
  }
}
