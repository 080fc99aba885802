import type { Change, ExchangeStore, SavedExchange } from '@cordboard/application';
import type { Agent, AgentId, CallId, CallState, Fact, SwitchState, Ticket, TicketId } from '@cordboard/core';

/** A store in memory, which can be away or slow when a test says so. */
export class MemoryStore implements ExchangeStore {
  readonly facts: Fact[] = [];
  /** Refuses every change. */
  failing = false;
  /** Answers no change. */
  hanging = false;
  readonly #calls = new Map<CallId, CallState>();
  readonly #agents = new Map<AgentId, Agent>();
  readonly #switches = new Map<string, SwitchState>();
  readonly #tickets = new Map<TicketId, Ticket>();

  load(): Promise<SavedExchange> {
    return Promise.resolve({
      calls: [...this.#calls.values()],
      agents: [...this.#agents.values()],
      switches: [...this.#switches.values()],
      tickets: [...this.#tickets.values()],
      ended: this.facts.flatMap((fact) => (fact.type === 'CallEnded' ? [fact.call] : [])),
    });
  }

  commit({ calls, ended, agents, switches = [], tickets = [], closedTickets = [], facts }: Change): Promise<void> {
    if (this.hanging) return new Promise(() => undefined);
    if (this.failing) return Promise.reject(new Error('store is away'));
    for (const call of calls) this.#calls.set(call.id, call);
    for (const id of ended) this.#calls.delete(id);
    for (const agent of agents) this.#agents.set(agent.id, agent);
    for (const one of switches) this.#switches.set(one.id, one);
    for (const ticket of tickets) this.#tickets.set(ticket.id, ticket);
    for (const id of closedTickets) this.#tickets.delete(id);
    this.facts.push(...facts);
    return Promise.resolve();
  }
}
