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
  /** `asked`: the agent is consulted, and somebody else has the call. */
  readonly stage: 'ringing' | 'asked' | 'talking' | 'over';
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
  /** More than one while several phones ring at once. */
  readonly #agentsOf = new Map<CallId, Set<AgentId>>();
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
    return [...this.#agentsOf.keys()].flatMap((call) => (live.has(call) ? [] : this.#over(call, 'the call was lost')));
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
    const agents = this.#agentsOf.get(fact.call) ?? nobody;
    switch (fact.type) {
      case 'AgentOffered':
        return this.#open(fact.agent, fact);
      case 'ExtensionRung':
        return fact.agent === null ? [] : this.#open(fact.agent, fact);
      case 'ConsultationRung':
        return fact.agent === null ? [] : this.#open(fact.agent, fact);
      case 'TransferCompleted':
        return this.#takenOver(fact);
      case 'TransferCancelled':
        return this.#withdrawFromAsked(fact.call);
      case 'ConversationEnded':
        if (fact.agent !== null) this.#change(fact.agent, fact.call, (before) => ({ ...before, stage: 'over' }));
        return fact.agent === null ? [] : this.#agentChanged(this.#around.agent(fact.agent));
      case 'ConsultationBegan':
        if (fact.agent !== null) this.#change(fact.agent, fact.call, (before) => ({ ...before, stage: 'asked' }));
        return [];
      case 'PhoneRang':
        if (fact.agent !== null && agents.has(fact.agent)) this.#measure(fact.agent, fact.call, { rangAt: fact.at });
        return [];
      case 'CallerIdentified':
        return [...agents].flatMap((agent) =>
          this.#update(agent, fact.call, { customer: fact.customer, identified: true, lateByMs: fact.tookMs }),
        );
      case 'OfferEnded':
        return fact.outcome === 'accepted' ? [] : this.#withdrawFrom(fact.agent, fact.call, fact.outcome);
      case 'ExtensionUnanswered':
        return [...agents].flatMap((agent) =>
          this.#around.agent(agent)?.extension === fact.extension
            ? this.#withdrawFrom(agent, fact.call, fact.outcome)
            : [],
        );
      case 'QueueLeft':
        return fact.outcome === 'answered' ? [] : this.#withdraw(fact.call, fact.outcome);
      case 'CallAnswered':
        return this.#answered(fact.agent, fact.call);
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
    if (other !== undefined) this.#forget(agent, other.card.call);
    const elsewhere = isBeside(opening) ? [] : this.#withdrawRinging(opening.call);
    const card = cardOf(this.#around.factsOf(opening.call), opening, {
      queue: (id) => this.#around.queueName(id),
      agent: (id) => this.#around.agent(id as AgentId)?.name,
    });
    this.#cards.set(agent, { card, stage: 'ringing' });
    this.#agentsOf.set(opening.call, new Set([...(this.#agentsOf.get(opening.call) ?? []), agent]));
    return [...withdrawn, ...elsewhere, { is: 'open', agent, card }];
  }

  #answered(by: AgentId | null, call: CallId): readonly CardNews[] {
    const others = this.#ringingOf(call).filter((agent) => agent !== by);
    if (by !== null) this.#change(by, call, (before) => ({ ...before, stage: 'talking' }));
    return others.flatMap((agent) => this.#withdrawFrom(agent, call, 'answered by another'));
  }

  /** Whoever took a call over has its card from now on, whatever lay there. */
  #takenOver(fact: Extract<CallFact, { type: 'TransferCompleted' }>): readonly CardNews[] {
    if (fact.agent === null || this.#cards.get(fact.agent)?.card.call === fact.call) return [];
    const opened = this.#open(fact.agent, fact);
    this.#change(fact.agent, fact.call, (before) => ({ ...before, stage: 'talking' }));
    return opened;
  }

  #ringingOf(call: CallId): readonly AgentId[] {
    return [...(this.#agentsOf.get(call) ?? [])].filter((agent) => this.#cards.get(agent)?.stage === 'ringing');
  }

  #withdrawRinging(call: CallId): readonly CardNews[] {
    return this.#ringingOf(call).flatMap((agent) => this.#withdrawFrom(agent, call, 'offered to another'));
  }

  #withdrawFromAsked(call: CallId): readonly CardNews[] {
    const asked = [...(this.#agentsOf.get(call) ?? [])].filter((agent) => {
      const stage = this.#cards.get(agent)?.stage;
      return stage === 'asked' || stage === 'ringing';
    });
    return asked.flatMap((agent) => this.#withdrawFrom(agent, call, 'the transfer was cancelled'));
  }

  #withdraw(call: CallId, because: string): readonly CardNews[] {
    return [...(this.#agentsOf.get(call) ?? [])].flatMap((agent) => this.#withdrawFrom(agent, call, because));
  }

  #withdrawFrom(agent: AgentId, call: CallId, because: string): readonly CardNews[] {
    if (this.#agentsOf.get(call)?.has(agent) !== true) return [];
    this.#forget(agent, call);
    this.#cards.delete(agent);
    return [{ is: 'withdraw', agent, call, because }];
  }

  #forget(agent: AgentId, call: CallId): void {
    const agents = this.#agentsOf.get(call);
    agents?.delete(agent);
    if (agents?.size === 0) this.#agentsOf.delete(call);
  }

  /** After a conversation the card stays for the after-call work. */
  #over(call: CallId, because: string): readonly CardNews[] {
    return [...(this.#agentsOf.get(call) ?? [])].flatMap((agent) => {
      if (this.#cards.get(agent)?.stage === 'ringing') return this.#withdrawFrom(agent, call, because);
      this.#change(agent, call, (before) => ({ ...before, stage: 'over' }));
      return this.#agentChanged(this.#around.agent(agent));
    });
  }

  /** Nothing is told: a page may keep showing the last card as long as it likes. */
  #agentChanged(agent: AgentView | undefined): readonly CardNews[] {
    if (agent === undefined || agent.state === 'talking' || agent.state === 'wrap-up') return [];
    const lying = this.#cards.get(agent.id);
    if (lying?.stage === 'over') {
      this.#cards.delete(agent.id);
      this.#forget(agent.id, lying.card.call);
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

/** Phones that ring at once are asked in the same moment; and who is consulted is asked beside whoever has the call. */
const isBeside = (opening: Opening): boolean =>
  opening.type === 'ConsultationRung' || ('together' in opening && (opening.together ?? 1) > 1);

const nobody: ReadonlySet<AgentId> = new Set();
