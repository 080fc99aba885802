import type { Change, ExchangeStore, SavedExchange } from '@cordboard/application';
import type { Agent, AgentId, CallId, CallState, Fact } from '@cordboard/core';

/** A store in memory, which can be away or slow when a test says so. */
export class MemoryStore implements ExchangeStore {
  readonly facts: Fact[] = [];
  /** Refuses every change. */
  failing = false;
  /** Answers no change. */
  hanging = false;
  readonly #calls = new Map<CallId, CallState>();
  readonly #agents = new Map<AgentId, Agent>();

  load(): Promise<SavedExchange> {
    return Promise.resolve({ calls: [...this.#calls.values()], agents: [...this.#agents.values()] });
  }

  commit({ calls, ended, agents, facts }: Change): Promise<void> {
    if (this.hanging) return new Promise(() => undefined);
    if (this.failing) return Promise.reject(new Error('store is away'));
    for (const call of calls) this.#calls.set(call.id, call);
    for (const id of ended) this.#calls.delete(id);
    for (const agent of agents) this.#agents.set(agent.id, agent);
    this.facts.push(...facts);
    return Promise.resolve();
  }
}
