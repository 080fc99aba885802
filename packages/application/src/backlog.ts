import type {
  Agent,
  AgentId,
  CallId,
  CallState,
  Fact,
  QueueId,
  QueuePace,
  SwitchState,
  Ticket,
  TicketId,
} from '@cordboard/core';
import type { Change } from './ports/stores.ts';

/** Several changes as one: of calls and agents the last state, of facts every one, in order. */
export class Backlog {
  readonly #calls = new Map<CallId, CallState>();
  readonly #ended = new Set<CallId>();
  readonly #agents = new Map<AgentId, Agent>();
  readonly #switches = new Map<string, SwitchState>();
  readonly #tickets = new Map<TicketId, Ticket>();
  readonly #closedTickets = new Set<TicketId>();
  readonly #paces = new Map<QueueId, QueuePace>();
  readonly #facts: Fact[] = [];

  add({ calls, ended, agents, switches = [], tickets = [], closedTickets = [], paces = [], facts }: Change): this {
    for (const call of calls) {
      this.#calls.set(call.id, call);
      // A caller's channel whose call was thought to be over may have been taken up as a new one.
      this.#ended.delete(call.id);
    }
    for (const id of ended) {
      this.#calls.delete(id);
      this.#ended.add(id);
    }
    for (const agent of agents) this.#agents.set(agent.id, agent);
    for (const each of switches) this.#switches.set(each.id, each);
    for (const ticket of tickets) this.#tickets.set(ticket.id, ticket);
    for (const id of closedTickets) {
      this.#tickets.delete(id);
      this.#closedTickets.add(id);
    }
    for (const pace of paces) this.#paces.set(pace.id, pace);
    for (const fact of facts) this.#facts.push(fact);
    return this;
  }

  change(): Change {
    return {
      calls: [...this.#calls.values()],
      ended: [...this.#ended],
      agents: [...this.#agents.values()],
      switches: [...this.#switches.values()],
      tickets: [...this.#tickets.values()],
      closedTickets: [...this.#closedTickets],
      paces: [...this.#paces.values()],
      facts: this.#facts,
    };
  }
}
