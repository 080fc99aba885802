import type {
  AgentId,
  AgentRequest,
  CallerRequest,
  CallId,
  ExchangeEvent,
  Outcome,
  Placement,
  QueueId,
  ReadNumber,
  TalkRequest,
  TicketId,
  TransferRequest,
} from '@cordboard/core';
import type { Clock } from './ports/clock.ts';

/** A call that a page asks for. */
type PlacedCall = Pick<Extract<ExchangeEvent, { type: 'CallAsked' }>, 'request' | 'extension' | 'dialled' | 'language'>;

/** How a person's request ended. */
export type AskResult = { readonly ok: true; readonly slot?: number } | { readonly ok: false; readonly code: string };

interface Asked {
  readonly clock: Clock;
  handle(event: ExchangeEvent): Outcome;
  /** What was dialled, as a telephone number; empty: it is none. */
  read(dialled: string): { readonly read?: ReadNumber };
  /** @returns whether there is such a call. */
  hangUp(call: CallId): boolean;
}

/** What people ask of the exchange, by a page; each is told whether it is done, or why not. */
export class Asks {
  readonly #asked: Asked;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** A person asks something of an agent's state. */
  askAgent(agent: AgentId, request: AgentRequest, because: string): AskResult {
    return this.#ask({ type: 'AgentAsked', at: this.#now(), agent, request, because });
  }

  /** A person turns a switch of the policy. */
  turnSwitch(id: string, on: boolean, by: string): AskResult {
    return this.#ask({ type: 'SwitchTurned', at: this.#now(), switch: id, on, by });
  }

  /** A supervisor withdraws the promise to call somebody back. */
  withdrawCallback(ticket: TicketId, by: string): AskResult {
    return this.#ask({ type: 'TicketWithdrawn', at: this.#now(), ticket, by });
  }

  /** A page asks that a phone of the house call somebody. */
  placeCall(wish: PlacedCall): AskResult {
    return this.#ask({ type: 'CallAsked', at: this.#now(), ...wish, ...this.#asked.read(wish.dialled) });
  }

  /** A supervisor moves somebody who waits. */
  askCaller(call: CallId, request: CallerRequest, by: string): AskResult {
    return this.#ask({ type: 'CallerAsked', at: this.#now(), call, request, by });
  }

  /** Parks a call in which two talk, or rings a third who is to join them. */
  askTalk(call: CallId, request: TalkRequest): AskResult {
    return this.#ask({ type: 'TalkAsked', at: this.#now(), call, request });
  }

  /** A person wants a call to go to somebody else; `agent`: who asks, when it is one of them. */
  askTransfer(call: CallId, request: TransferRequest, agent: AgentId | null): AskResult {
    const read = request.is === 'begin' && 'number' in request.to ? this.#asked.read(request.to.number) : {};
    return this.#ask({ type: 'TransferAsked', at: this.#now(), call, request, agent, ...read });
  }

  /** A person lets the caller wait with music, or talks on. */
  askHold(call: CallId, on: boolean): AskResult {
    return this.#ask({ type: 'HoldAsked', at: this.#now(), call, on });
  }

  /** A supervisor puts an agent into a queue or takes one out; null: as the policy says again. */
  askMember(queue: QueueId, agent: AgentId, placement: Placement | null, by: string): AskResult {
    return this.#ask({ type: 'MemberAsked', at: this.#now(), queue, agent, placement, by });
  }

  /** A person ends a call. The rest follows from the caller's channel being gone. */
  hangUp(id: CallId): AskResult {
    return this.#asked.hangUp(id) ? { ok: true } : { ok: false, code: 'no-such-call' };
  }

  #ask(event: ExchangeEvent): AskResult {
    const { refusal, slot } = this.#asked.handle(event);
    return refusal === undefined ? { ok: true, ...(slot === undefined ? {} : { slot }) } : { ok: false, code: refusal };
  }

  #now(): ReturnType<Clock['now']> {
    return this.#asked.clock.now();
  }
}
