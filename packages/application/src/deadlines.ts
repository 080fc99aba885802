import {
  type AgentId,
  agentDeadline,
  type CallId,
  callDeadline,
  type Exchange,
  type ExchangeEvent,
  type Outcome,
  type TicketId,
  ticketDeadline,
} from '@cordboard/core';
import { Alarms } from './alarms.ts';
import type { Clock } from './ports/clock.ts';

/** When the clock must knock, by what the states of calls, agents and promised callbacks say. */
export class Deadlines {
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  readonly #knock: (event: ExchangeEvent) => void;
  readonly #calls: Alarms<CallId>;
  readonly #agents: Alarms<AgentId>;
  readonly #tickets: Alarms<TicketId>;

  /** @param knock takes the event that a deadline has passed */
  constructor(exchange: Exchange, clock: Clock, knock: (event: ExchangeEvent) => void) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#knock = knock;
    this.#calls = new Alarms(clock);
    this.#agents = new Alarms(clock);
    this.#tickets = new Alarms(clock);
  }

  /** Sets the alarms of all that is live, after a start. */
  setAll(): void {
    for (const call of this.#exchange.calls.keys()) this.#setCall(call);
    for (const agent of this.#exchange.agents.keys()) this.#setAgent(agent);
    for (const ticket of this.#exchange.tickets.keys()) this.#setTicket(ticket);
  }

  /** Sets anew the alarms of what has changed. */
  follow({ calls, ended, agents, tickets = [], closedTickets = [] }: Outcome): void {
    for (const id of calls.keys()) this.#setCall(id);
    for (const id of ended) this.#setCall(id);
    for (const id of agents.keys()) this.#setAgent(id);
    for (const { id } of tickets) this.#setTicket(id);
    for (const id of closedTickets) this.#setTicket(id);
  }

  clear(): void {
    this.#calls.clear();
    this.#agents.clear();
    this.#tickets.clear();
  }

  #setCall(id: CallId): void {
    const call = this.#exchange.calls.get(id);
    this.#calls.set(id, call && callDeadline(call), () =>
      this.#knock({ type: 'CallHappened', call: id, event: { type: 'DeadlinePassed', at: this.#clock.now() } }),
    );
  }

  #setTicket(id: TicketId): void {
    const ticket = this.#exchange.tickets.get(id);
    this.#tickets.set(id, ticket && ticketDeadline(ticket), () =>
      this.#knock({ type: 'TicketDeadlinePassed', at: this.#clock.now(), ticket: id }),
    );
  }

  #setAgent(id: AgentId): void {
    const agent = this.#exchange.agents.get(id);
    this.#agents.set(id, agent && agentDeadline(agent), () =>
      this.#knock({ type: 'AgentDeadlinePassed', at: this.#clock.now(), agent: id }),
    );
  }
}
