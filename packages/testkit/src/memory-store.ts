import type { Change, CommitAnswer, ExchangeStore, Numbered, Position, SavedExchange } from '@cordboard/application';
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

/** A store in memory, which can be away or slow when a test says so. */
export class MemoryStore implements ExchangeStore {
  readonly facts: Fact[] = [];
  /** Refuses every change. */
  failing = false;
  /** Answers no change. */
  hanging = false;
  /** As a store that some earlier process has written. */
  #position: Position | undefined = { epoch: 0, n: 0 };
  readonly #listeners = new Set<() => void>();
  readonly #calls = new Map<CallId, CallState>();
  readonly #agents = new Map<AgentId, Agent>();
  readonly #switches = new Map<string, SwitchState>();
  readonly #tickets = new Map<TicketId, Ticket>();
  readonly #paces = new Map<QueueId, QueuePace>();

  load(): Promise<SavedExchange> {
    return Promise.resolve({
      calls: [...this.#calls.values()],
      agents: [...this.#agents.values()],
      switches: [...this.#switches.values()],
      tickets: [...this.#tickets.values()],
      paces: [...this.#paces.values()],
      ended: this.facts.flatMap((fact) => (fact.type === 'CallEnded' ? [fact.call] : [])),
    });
  }

  commit(change: Change, numbered?: Numbered): Promise<CommitAnswer> {
    if (this.hanging) return new Promise(() => undefined);
    if (this.failing) return Promise.reject(new Error('store is away'));
    if (numbered === undefined) {
      this.#take(change);
      return Promise.resolve({ taken: true });
    }
    const { epoch, first, n } = numbered;
    const last = this.#position;
    const before = last?.epoch === epoch ? last.n : last !== undefined && last.epoch < epoch ? 0 : undefined;
    if (before !== undefined && n <= before) return Promise.resolve({ taken: true });
    if (first - 1 !== before) return Promise.resolve({ taken: false, last });
    this.#take(change);
    this.#position = { epoch, n };
    return Promise.resolve({ taken: true });
  }

  position(): Promise<Position | undefined> {
    return this.failing ? Promise.reject(new Error('store is away')) : Promise.resolve(this.#position);
  }

  claim(epoch: number): Promise<boolean> {
    if (this.#position !== undefined && this.#position.epoch >= epoch) return Promise.resolve(false);
    this.#position = { epoch, n: 0 };
    return Promise.resolve(true);
  }

  replace(whole: Change, at: Position): Promise<boolean> {
    if (this.failing) return Promise.reject(new Error('store is away'));
    if (this.#position !== undefined && this.#position.epoch > at.epoch) return Promise.resolve(false);
    for (const kept of [this.#calls, this.#agents, this.#switches, this.#tickets, this.#paces]) kept.clear();
    const known = new Set(this.facts.map(nameOf));
    this.#take({ ...whole, facts: whole.facts.filter((fact) => !('call' in fact) || !known.has(nameOf(fact))) });
    this.#position = at;
    return Promise.resolve(true);
  }

  onReachable(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** It was away, and is back. */
  comeBack(): void {
    this.failing = false;
    for (const listener of this.#listeners) listener();
  }

  /** Holds nothing any more. */
  loseAll(): void {
    for (const kept of [this.#calls, this.#agents, this.#switches, this.#tickets, this.#paces]) kept.clear();
    this.facts.length = 0;
    this.#position = undefined;
  }

  #take({ calls, ended, agents, switches = [], tickets = [], closedTickets = [], paces = [], facts }: Change): void {
    for (const call of calls) this.#calls.set(call.id, call);
    for (const id of ended) this.#calls.delete(id);
    for (const agent of agents) this.#agents.set(agent.id, agent);
    for (const one of switches) this.#switches.set(one.id, one);
    for (const ticket of tickets) this.#tickets.set(ticket.id, ticket);
    for (const id of closedTickets) this.#tickets.delete(id);
    for (const pace of paces) this.#paces.set(pace.id, pace);
    this.facts.push(...facts);
  }
}

const nameOf = (fact: Fact): string => ('call' in fact ? `${fact.call} ${fact.n} ${fact.at}` : '');
