import type { Card, CardHistoryEntry } from '@cordboard/contracts';
import type { AgentId, AgentView, CallFact, CallId, Fact } from '@cordboard/core';
import { cardOf, type Opening } from './card.ts';

/** What an agent's pages are to be told. */
export type CardNews = { readonly agent: AgentId } & (
  | { readonly is: 'open'; readonly card: Card }
  | { readonly is: 'update'; readonly card: Card }
  | { readonly is: 'withdraw'; readonly call: CallId; readonly because: string }
);

/** What the desk needs to know beside the fact itself. */
export interface Surroundings {
  factsOf(call: CallId): readonly CallFact[];
  agent(id: AgentId): AgentView | undefined;
  queueName(id: string): string | undefined;
}

interface OnDesk {
  readonly card: Card;
  readonly stage: 'ringing' | 'talking' | 'over';
  /** When the agent's phone said that it rings. */
  readonly rangAt?: number;
  /** When the page said that the card is on the screen. */
  readonly shownAt?: number;
}

/**
 * Which card lies before which agent. It opens when the agent is reserved, is taken away when the call goes elsewhere, and
 * stays through the conversation until after-call work is done: a page that is opened late finds it there.
 */
export class CardDesk {
  readonly #cards = new Map<AgentId, OnDesk>();
  readonly #agentOf = new Map<CallId, AgentId>();
  readonly #around: Surroundings;
  readonly #onLead: (leadMs: number) => void;

  /** @param onLead told how long before the phone's ringing a card was on the screen; less than 0 when it came after. */
  constructor(around: Surroundings, onLead: (leadMs: number) => void = () => undefined) {
    this.#around = around;
    this.#onLead = onLead;
  }

  of(agent: AgentId): Card | undefined {
    return this.#cards.get(agent)?.card;
  }

  take(fact: Fact): readonly CardNews[] {
    if ('call' in fact) return this.#takeOfCall(fact);
    if (fact.type === 'AgentChanged') return this.#agentChanged(fact.agent);
    if (fact.type !== 'ExchangeRecovered') return [];
    const live = new Set(fact.calls.map(({ id }) => id));
    return [...this.#agentOf.keys()].flatMap((call) => (live.has(call) ? [] : this.#over(call, 'the call was lost')));
  }

  /** @returns the news of it, unless another card lies there by now. */
  addHistory(agent: AgentId, call: CallId, history: readonly CardHistoryEntry[]): readonly CardNews[] {
    return this.#update(agent, call, { history });
  }

  /** The card is on the agent's screen since then: server's time, ms. */
  shown(agent: AgentId, call: CallId, shownAt: number): void {
    this.#measure(agent, call, { shownAt });
  }

  #takeOfCall(fact: CallFact): readonly CardNews[] {
    const agent = this.#agentOf.get(fact.call);
    switch (fact.type) {
      case 'AgentOffered':
        return this.#open(fact.agent, fact);
      case 'ExtensionRung':
        return fact.agent === null ? [] : this.#open(fact.agent, fact);
      case 'PhoneRang':
        if (agent !== undefined && fact.agent === agent) this.#measure(agent, fact.call, { rangAt: fact.at });
        return [];
      case 'CallerIdentified':
        return agent === undefined
          ? []
          : this.#update(agent, fact.call, { customer: fact.customer, identified: true, lateByMs: fact.tookMs });
      case 'OfferEnded':
        return fact.outcome === 'accepted' || fact.agent !== agent ? [] : this.#withdraw(fact.call, fact.outcome);
      case 'ExtensionUnanswered':
        return this.#withdraw(fact.call, fact.outcome);
      case 'QueueLeft':
        return fact.outcome === 'answered' ? [] : this.#withdraw(fact.call, fact.outcome);
      case 'CallAnswered':
        if (agent === undefined || fact.agent !== agent) return this.#withdraw(fact.call, 'answered by another');
        this.#change(agent, fact.call, (before) => ({ ...before, stage: 'talking' }));
        return [];
      case 'CallEnded':
        return this.#over(fact.call, fact.disposition);
      default:
        return [];
    }
  }

  #open(agent: AgentId, opening: Opening): readonly CardNews[] {
    const other = this.#cards.get(agent);
    const withdrawn =
      other === undefined || other.stage === 'over' ? [] : this.#withdraw(other.card.call, 'another call');
    if (other !== undefined) this.#agentOf.delete(other.card.call);
    const elsewhere = this.#withdraw(opening.call, 'offered to another');
    const card = cardOf(this.#around.factsOf(opening.call), opening, (id) => this.#around.queueName(id));
    this.#cards.set(agent, { card, stage: 'ringing' });
    this.#agentOf.set(opening.call, agent);
    return [...withdrawn, ...elsewhere, { is: 'open', agent, card }];
  }

  #withdraw(call: CallId, because: string): readonly CardNews[] {
    const agent = this.#agentOf.get(call);
    if (agent === undefined) return [];
    this.#agentOf.delete(call);
    this.#cards.delete(agent);
    return [{ is: 'withdraw', agent, call, because }];
  }

  /** After a conversation the card stays for the after-call work. */
  #over(call: CallId, because: string): readonly CardNews[] {
    const agent = this.#agentOf.get(call);
    if (agent === undefined) return [];
    if (this.#cards.get(agent)?.stage === 'ringing') return this.#withdraw(call, because);
    this.#change(agent, call, (before) => ({ ...before, stage: 'over' }));
    return this.#agentChanged(this.#around.agent(agent));
  }

  /** Nothing is told: a page may keep showing the last card as long as it likes. */
  #agentChanged(agent: AgentView | undefined): readonly CardNews[] {
    if (agent === undefined || agent.state === 'talking' || agent.state === 'wrap-up') return [];
    const lying = this.#cards.get(agent.id);
    if (lying?.stage === 'over') {
      this.#cards.delete(agent.id);
      this.#agentOf.delete(lying.card.call);
    }
    return [];
  }

  #update(agent: AgentId, call: CallId, changes: Partial<Card>): readonly CardNews[] {
    const after = this.#change(agent, call, (before) => ({ ...before, card: { ...before.card, ...changes } }));
    return after === undefined ? [] : [{ is: 'update', agent, card: after.card }];
  }

  #measure(agent: AgentId, call: CallId, moment: Pick<OnDesk, 'rangAt'> | Pick<OnDesk, 'shownAt'>): void {
    const before = this.#cards.get(agent);
    const after = this.#change(agent, call, (was) => ({ ...moment, ...was }));
    if (after === undefined || after.rangAt === undefined || after.shownAt === undefined) return;
    const isNew = before?.rangAt === undefined || before.shownAt === undefined;
    if (isNew) this.#onLead(after.rangAt - after.shownAt);
  }

  #change(agent: AgentId, call: CallId, change: (before: OnDesk) => OnDesk): OnDesk | undefined {
    const before = this.#cards.get(agent);
    if (before === undefined || before.card.call !== call) return undefined;
    const after = change(before);
    this.#cards.set(agent, after);
    return after;
  }
}
