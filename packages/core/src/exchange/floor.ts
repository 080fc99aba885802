import { Gate } from '../admission/gate.ts';
import type { Agent } from '../agent/agent.ts';
import { legsOf } from '../call/party.ts';
import type { CallState } from '../call/state.ts';
import { Tickets } from '../callback/tickets.ts';
import { type AgentId, type CallId, type ChannelId, callNamedIn, type Extension, type QueueId } from '../ids.ts';
import type { Waiter } from '../line/line.ts';
import type { Language } from '../policy/language.ts';
import type { Queue } from '../policy/queue.ts';
import { Dispatcher } from '../routing/dispatcher.ts';
import type { Instant } from '../time.ts';
import { Trunks } from '../trunk/trunk.ts';
import type { Desk } from './desk.ts';
import { ExpectedWait } from './expected-wait.ts';
import { LostPlaces } from './lost-places.ts';
import { Rulebook } from './rulebook.ts';
import { Seats } from './seats.ts';
import { Staff } from './staff.ts';
import { Switchboard } from './switchboard.ts';
import { AdoptedLegs } from './transfers.ts';
import { Turn } from './turn.ts';

export interface ExchangeOptions {
  /** Decisions tell why those chosen were, and nothing of all others: for whoever simulates a day and reads no card. */
  readonly tellsOnlyChosen?: boolean;
}

/** All that is known of the house now. It answers questions; what happens is written into it by `take`. */
export class Floor {
  readonly calls = new Map<CallId, CallState>();
  readonly agents = new Map<AgentId, Agent>();
  readonly seats = new Seats();
  /** The phones of the house, and how each is set. */
  readonly desks = new Map<Extension, Desk>();
  readonly rulebook = new Rulebook();
  readonly dispatcher: Dispatcher;
  readonly staff = new Staff();
  readonly tickets = new Tickets();
  readonly lostPlaces = new LostPlaces();
  /** Queues that have just lost the last one who could answer. */
  readonly emptied = new Set<QueueId>();
  readonly expectedWait = new ExpectedWait();
  /** What is known of phones before, or without, an agent who sits at them. */
  readonly reachable = new Map<Extension, boolean>();
  readonly switches = new Switchboard();
  readonly trunks = new Trunks();
  readonly gate = new Gate();
  readonly adopted = new AdoptedLegs();

  constructor({ tellsOnlyChosen = false }: ExchangeOptions = {}) {
    this.dispatcher = new Dispatcher({
      agents: this.agents,
      rulesOf: (queue, version) => this.rulebook.rulesOf(queue, version),
      triedBy: (who) => this.#triedBy(who),
      onlyChosen: tellsOnlyChosen,
    });
  }

  /** Whether a switch is turned on. */
  readonly isOn = (id: string): boolean => this.switches.isOn(id);

  /** The call that a leg, a bridge, a playback or a recording belongs to now. */
  ownerOf(id: string): CallId {
    return this.adopted.get(id as ChannelId) ?? callNamedIn(id);
  }

  noteLegs(call: CallState): void {
    this.adopted.note(call.id, call.phase === 'ended' ? [] : [call.caller, ...legsOf(call)], callNamedIn);
  }

  rulesFor(queue: QueueId, call: CallId, version = this.calls.get(call)?.policyVersion ?? 0): Queue | undefined {
    return this.rulebook.rulesOf(queue, version)?.queue;
  }

  /** Who sits at a phone now. */
  seatedAt(extension: Extension): Agent | undefined {
    return this.agents.get(this.seats.at(extension) ?? ('' as AgentId));
  }

  /** Whose phone the directory says it is. */
  ownerOfPhone(extension: Extension): Agent | undefined {
    return this.agents.get(this.seats.homeOf(extension) ?? ('' as AgentId));
  }

  /** The agent at a desk phone, and whether they are in the middle of another call. */
  agentAt(extension: Extension): { readonly agent: AgentId; readonly busy: boolean } | undefined {
    const agent = this.seatedAt(extension);
    return agent === undefined ? undefined : { agent: agent.id, busy: agent.engaged !== undefined };
  }

  /** Whose phone this is may sit at another one. */
  phoneOf(extension: Extension): Extension {
    return this.ownerOfPhone(extension)?.seat ?? extension;
  }

  /** An agent's own, or that of the house. */
  languageOf(agent: AgentId | undefined): Language {
    const policy = this.rulebook.current;
    const own = agent !== undefined && policy !== undefined && Object.hasOwn(policy.agents, agent);
    return (own ? policy.agents[agent]?.language : undefined) ?? policy?.numbers[0]?.language ?? 'en';
  }

  /** Counts every queue's members anew. */
  countStaff(): void {
    const queues = [...this.rulebook.queues()].map(
      ([id, queue]) => [id, this.dispatcher.membersOf(id, queue)] as const,
    );
    this.staff.renew(queues, this.agents);
  }

  /** What one event brings about begins here; whatever it changes of an agent, lines and headcounts follow at once. */
  turn(at: Instant): Turn {
    const turn: Turn = new Turn(at, this.agents, (before, agent, because) => {
      this.dispatcher.agentChanged(before, agent);
      for (const queue of this.staff.changed(before, agent)) this.emptied.add(queue);
      if (before?.moved !== agent.moved) this.#membersMoved(before, agent, because, turn);
    });
    return turn;
  }

  #membersMoved(before: Agent | undefined, agent: Agent, by: string, turn: Turn): void {
    const queues = new Set([...Object.keys(before?.moved ?? {}), ...Object.keys(agent.moved ?? {})]) as Set<QueueId>;
    const available = new Map([...queues].map((queue) => [queue, this.staff.of(queue).available]));
    this.countStaff();
    for (const queue of queues) {
      const rules = this.rulebook.queues().get(queue);
      if (before?.moved?.[queue] === agent.moved?.[queue] || rules === undefined) continue;
      if ((available.get(queue) ?? 0) > 0 && this.staff.of(queue).available === 0) this.emptied.add(queue);
      turn.say({
        type: 'MemberMoved',
        at: turn.at,
        queue,
        agent: agent.id,
        placement: agent.moved?.[queue] ?? null,
        members: this.dispatcher.membersOf(queue, rules).map(({ agent: id }) => id),
        by,
      });
    }
  }

  #triedBy(who: Waiter): Readonly<Record<AgentId, number>> {
    const call = this.calls.get(who as CallId);
    return call !== undefined && 'tried' in call ? call.tried : {};
  }
}
