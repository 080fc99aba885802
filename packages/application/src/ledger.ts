import type { Agent, AgentId, CallId, CallState, Fact, SwitchState, Ticket, TicketId } from '@cordboard/core';
import type { Clock } from './ports/clock.ts';
import type { ControlObserver } from './ports/observer.ts';
import type { Change, ExchangeStore } from './ports/stores.ts';

const retryMs = 250;
/** Facts kept while the store is away; a call tells about a dozen. */
const mostFacts = 200_000;

/**
 * Hands each change to the store before it is acted upon, and lets no call wait for the answer: what has been handed over
 * outlives this process, and what the store could not take is kept here, in order, and sent again until it is saved.
 */
export class Ledger {
  readonly #store: ExchangeStore;
  readonly #clock: Clock;
  readonly #observer: ControlObserver;
  #backlog: Backlog | undefined;
  #stopped = false;

  constructor(store: ExchangeStore, clock: Clock, observer: ControlObserver) {
    this.#store = store;
    this.#clock = clock;
    this.#observer = observer;
  }

  /** When it returns, the change is on its way. Never throws. */
  commit(change: Change): void {
    // Nothing changes without a fact, but a call that is no contact: a feature code.
    if (change.calls.length + change.ended.length + change.agents.length + change.facts.length === 0) return;
    if (this.#backlog === undefined)
      this.#store.commit(change).catch((error: unknown) => this.#fallBehind(change, error));
    else this.#backlog.add(change);
  }

  stop(): void {
    this.#stopped = true;
  }

  #fallBehind(change: Change, error: unknown): void {
    if (this.#backlog !== undefined) {
      this.#backlog.add(change);
      return;
    }
    this.#backlog = new Backlog();
    this.#backlog.add(change);
    this.#observer.storeBehind(this.#backlog.size, error);
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#stopped) return;
    this.#clock.alarm((this.#clock.now() + retryMs) as ReturnType<Clock['now']>, () => void this.#retry());
  }

  async #retry(): Promise<void> {
    const sent = this.#backlog;
    if (sent === undefined) return;
    this.#backlog = new Backlog();
    try {
      await this.#store.commit(sent.change());
    } catch (error) {
      sent.append(this.#backlog);
      this.#backlog = sent;
      this.#observer.storeBehind(sent.size, error);
      this.#retryLater();
      return;
    }
    if (this.#backlog.size > 0) {
      this.#retryLater();
      return;
    }
    this.#backlog = undefined;
    this.#observer.storeCaughtUp();
  }
}

/** What waits to be saved: of calls and agents the last state, of facts every one, in order. */
class Backlog {
  readonly #calls = new Map<CallId, CallState>();
  readonly #ended = new Set<CallId>();
  readonly #agents = new Map<AgentId, Agent>();
  readonly #switches = new Map<string, SwitchState>();
  readonly #tickets = new Map<TicketId, Ticket>();
  readonly #closedTickets = new Set<TicketId>();
  #facts: Fact[] = [];

  get size(): number {
    return this.#calls.size + this.#ended.size + this.#agents.size + this.#tickets.size + this.#facts.length;
  }

  add({ calls, ended, agents, switches = [], tickets = [], closedTickets = [], facts }: Change): void {
    for (const call of calls) this.#calls.set(call.id, call);
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
    this.#facts.push(...facts);
    if (this.#facts.length > mostFacts) this.#facts = this.#facts.slice(-mostFacts);
  }

  append(later: Backlog): void {
    this.add(later.change());
  }

  change(): Change {
    return {
      calls: [...this.#calls.values()],
      ended: [...this.#ended],
      agents: [...this.#agents.values()],
      switches: [...this.#switches.values()],
      tickets: [...this.#tickets.values()],
      closedTickets: [...this.#closedTickets],
      facts: this.#facts,
    };
  }
}
