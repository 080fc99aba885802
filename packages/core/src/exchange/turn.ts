import type { Agent } from '../agent/agent.ts';
import { agentView } from '../agent/step.ts';
import type { CallCommand, Command } from '../call/command.ts';
import type { CallState } from '../call/state.ts';
import type { Ticket, TicketOutcome } from '../callback/ticket.ts';
import type { CallHappening, Fact, OfferOutcome } from '../fact/fact.ts';
import type { AgentId, CallId, QueueId, TicketId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { AgentRequest } from './event.ts';
import type { QueuePace } from './expected-wait.ts';
import type { Outcome } from './outcome.ts';
import type { SwitchState } from './switch.ts';

type AgentListener = (before: Agent | undefined, agent: Agent, because: string) => void;

/** Gathers what one event brings about, and numbers and dates the facts. */
export class Turn {
  readonly at: Instant;
  readonly #agents: Map<AgentId, Agent>;
  readonly #changedCalls = new Map<CallId, CallState>();
  readonly #ended: CallId[] = [];
  readonly #changedAgents = new Map<AgentId, Agent>();
  readonly #switches: SwitchState[] = [];
  readonly #tickets = new Map<TicketId, Ticket>();
  readonly #paces = new Map<QueueId, QueuePace>();
  readonly #closedTickets: TicketId[] = [];
  readonly #facts: Fact[] = [];
  readonly #commands: CallCommand[] = [];

  readonly #changed: AgentListener;

  /** @param changed is told of every agent's change, as it is made */
  constructor(at: Instant, agents: Map<AgentId, Agent>, changed: AgentListener) {
    this.at = at;
    this.#agents = agents;
    this.#changed = changed;
  }

  /** Tells what happened to a call. @returns the call, its facts counted. */
  tell(call: CallState, happenings: readonly CallHappening[]): CallState {
    if (call.service) return call;
    for (const [index, happening] of happenings.entries())
      this.#facts.push({ call: call.id, n: call.told + index + 1, at: this.at, ...happening });
    return { ...call, told: call.told + happenings.length };
  }

  say(fact: Fact): void {
    this.#facts.push(fact);
  }

  switch(turned: SwitchState): void {
    this.#switches.push(turned);
  }

  pace(pace: QueuePace): void {
    this.#paces.set(pace.id, pace);
  }

  command(call: CallId, commands: readonly Command[]): void {
    for (const command of commands) this.#commands.push({ call, command });
  }

  ticket(ticket: Ticket): void {
    this.#tickets.set(ticket.id, ticket);
    this.say({ type: 'TicketChanged', at: this.at, ticket });
  }

  ticketClosed({ id, queue }: Ticket, outcome: TicketOutcome, by?: string): void {
    this.#tickets.delete(id);
    this.#closedTickets.push(id);
    this.say({ type: 'TicketClosed', at: this.at, ticket: id, queue, outcome, ...(by === undefined ? {} : { by }) });
  }

  call(call: CallState): void {
    if (call.phase === 'ended') {
      this.#changedCalls.delete(call.id);
      this.#ended.push(call.id);
    } else this.#changedCalls.set(call.id, call);
  }

  /**
   * An agent as they are now; told to the world only when the world can see the difference, when a person has asked for it,
   * or when they need not be left alone any more.
   */
  agent(agent: Agent, because: string, asked?: AgentRequest): void {
    const before = this.#agents.get(agent.id);
    this.#agents.set(agent.id, agent);
    this.#changedAgents.set(agent.id, agent);
    this.#changed(before, agent, because);
    const view = agentView(agent);
    if (asked !== undefined) this.#facts.push({ type: 'AgentChanged', at: this.at, agent: view, because, asked });
    else if (
      before === undefined ||
      before.retryAt !== agent.retryAt ||
      JSON.stringify(agentView(before)) !== JSON.stringify(view)
    )
      this.#facts.push({ type: 'AgentChanged', at: this.at, agent: view, because });
  }

  /** How this turn's offer to an agent ended, as the call told it. */
  outcomeOf(agent: AgentId): OfferOutcome | undefined {
    const told = this.#facts.findLast((fact) => fact.type === 'OfferEnded' && fact.agent === agent);
    return told?.type === 'OfferEnded' ? told.outcome : undefined;
  }

  /** What was asked is not done. */
  refuse(refusal: NonNullable<Outcome['refusal']>): Outcome {
    return { ...this.outcome(), refusal };
  }

  outcome(): Outcome {
    return {
      calls: this.#changedCalls,
      ended: this.#ended,
      agents: this.#changedAgents,
      switches: this.#switches,
      tickets: [...this.#tickets.values()],
      closedTickets: this.#closedTickets,
      paces: [...this.#paces.values()],
      facts: this.#facts,
      commands: this.#commands,
    };
  }
}
