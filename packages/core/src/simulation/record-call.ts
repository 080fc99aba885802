import type { CallFact } from '../fact/fact.ts';
import type { Instant } from '../time.ts';
import { decidedOf } from './decided.ts';
import type { Act, LeftFrom, Moment, RecordedCall, RungPhone, Talk, Visit } from './recording.ts';
import { digitsKeyedIn, keyPressed, knockedAfter, triesOf } from './told.ts';

/** A fact, and as the how manieth it was told that day. */
export interface Numbered<Told> {
  readonly fact: Told;
  readonly n: number;
}

/**
 * What came from outside for one call, read from what was told of it.
 *
 * @param facts of one call, in order. @returns undefined when the beginning is not among them, and for a caller for whom
 * there was no place: how strained the house was that day is not recorded.
 */
export const recordCall = (facts: readonly Numbered<CallFact>[]): RecordedCall | undefined => {
  const [first] = facts;
  if (first?.fact.type !== 'CallArrived' || facts.some(({ fact }) => isSentAway(fact))) return undefined;
  const reading = new Reading(first.fact.at);
  for (const each of facts) reading.take(each);
  const { at, call: id, from, source, ani, dnis } = first.fact;
  return { at, n: first.n, id, from, source, ani, dnis, ...reading.result() };
};

const isSentAway = (fact: CallFact): boolean => fact.type === 'CallTurnedAway' && fact.treatment !== 'overflow';

class Reading {
  readonly #arrivedAt: Instant;
  readonly #visits: (Visit & { readonly acts: Act[] })[] = [];
  readonly #phones: (RungPhone & { ended?: RungPhone['ended'] })[] = [];
  readonly #talks: Talk[] = [];
  readonly #knocks: Moment[] = [];
  readonly #decided: RecordedCall['decided'][number][] = [];
  #kind = '';
  #failed = 0;
  #keyedIn: Readonly<Record<string, string>> = {};
  #answeredHttp: (Moment & { readonly ok: boolean; readonly because: string }) | undefined;
  #talkingSince: Instant | undefined;
  #queuedAt: Instant | undefined;
  #talkedUntil: Instant | undefined;
  #identified: RecordedCall['identified'];
  #left: RecordedCall['left'];

  constructor(arrivedAt: Instant) {
    this.#arrivedAt = arrivedAt;
  }

  take({ fact, n }: Numbered<CallFact>): void {
    const moment: Moment = { at: fact.at, n };
    const decided = decidedOf(fact, n);
    if (decided !== undefined) this.#decided.push(decided);
    if (knockedAfter(fact)) this.#knocks.push(moment);
    switch (fact.type) {
      case 'FlowStepped':
        this.#leaveNode(fact.because, moment);
        if (isActedAt(fact.kind)) this.#visits.push({ flow: fact.flow, node: fact.node, since: fact.at, acts: [] });
        this.#kind = fact.kind;
        this.#failed = 0;
        return;
      case 'CallerIdentified':
        this.#identified = {
          ...moment,
          customer: fact.customer,
          ...(fact.lastCalls === undefined ? {} : { lastCalls: fact.lastCalls }),
        };
        return;
      case 'DigitPressed':
        if (!fact.accepted) this.#fail(moment);
        return;
      case 'AttributesSet':
        this.#keyedIn = fact.attributes;
        this.#answerHttp(fact.attributes);
        return;
      case 'HttpAnswered':
        this.#answeredHttp = { ...moment, ok: fact.ok, because: fact.because };
        if (!fact.ok) this.#answerHttp(null);
        return;
      case 'SurveyAnswered':
        this.#act({ ...moment, do: 'key', key: `${fact.score}` });
        return;
      case 'VoicemailLeft':
        this.#act({ at: Math.max(fact.at - fact.durationMs, this.#since) as Instant, n, do: 'listen' });
        this.#act({ ...moment, do: 'message', durationMs: fact.durationMs });
        return;
      case 'CallbackRequested':
        this.#act({ ...moment, do: 'accept-callback', number: fact.number });
        return;
      case 'CallQueued':
        this.#queuedAt ??= fact.at;
        return;
      default:
        this.#takeOfPhones(fact, moment);
    }
  }

  result(): Pick<RecordedCall, 'identified' | 'visits' | 'phones' | 'talks' | 'left' | 'knocks' | 'decided'> {
    return {
      ...(this.#identified === undefined ? {} : { identified: this.#identified }),
      visits: this.#visits,
      phones: this.#phones,
      talks: this.#talks,
      ...(this.#left === undefined ? {} : { left: this.#left }),
      knocks: this.#knocks,
      decided: this.#decided,
    };
  }

  #takeOfPhones(fact: CallFact, moment: Moment): void {
    switch (fact.type) {
      case 'AgentOffered':
        this.#endOf('customer', moment, 'accepted');
        this.#phones.push({ ...moment, to: `agent:${fact.agent}` });
        return;
      case 'CustomerRung': {
        // An agent who is asked first has answered; a second trunk is tried because the first could not be used.
        this.#endOf('customer', moment, 'unreachable');
        const asked = this.#phones.at(-1);
        if (asked !== undefined) this.#endOf(asked.to, moment, 'accepted');
        this.#phones.push({ ...moment, to: 'customer' });
        return;
      }
      case 'OfferEnded':
        this.#endOf(`agent:${fact.agent}`, moment, fact.outcome);
        return;
      case 'CallbackMissed':
        this.#endOf('customer', moment, missedAs[fact.because]);
        return;
      case 'ExtensionRung':
        this.#phones.push({ ...moment, to: `phone:${fact.extension}` });
        return;
      case 'NumberRung':
        this.#phones.push({ ...moment, to: `phone:${fact.number}` });
        return;
      case 'ExtensionUnanswered':
        this.#endOf(`phone:${fact.extension}`, moment, fact.outcome);
        return;
      case 'NumberUnanswered':
        this.#endOf(`phone:${fact.number}`, moment, fact.outcome);
        return;
      case 'CallAnswered':
        this.#endOf(`phone:${fact.extension}`, moment, 'accepted');
        this.#endOf('customer', moment, 'accepted');
        this.#talkingSince = fact.at;
        return;
      case 'ConversationEnded':
        this.#talked(moment, 'agent');
        this.#talkedUntil = fact.at;
        return;
      case 'CallEnded':
        if (this.#talkingSince !== undefined && fact.endedBy !== 'system') this.#talked(moment, fact.endedBy);
        else if (fact.endedBy === 'caller') this.#left = { ...moment, ...this.#leftFrom() };
        return;
      default:
        return;
    }
  }

  #talked(moment: Moment, endedBy: Talk['endedBy']): void {
    this.#talks.push({ ...moment, since: this.#talkingSince ?? moment.at, endedBy });
    this.#talkingSince = undefined;
  }

  #leftFrom(): { readonly since: Instant; readonly from: LeftFrom } {
    if (this.#talkedUntil !== undefined) return { since: this.#talkedUntil, from: 'conversation' };
    return this.#queuedAt === undefined
      ? { since: this.#arrivedAt, from: 'arrival' }
      : { since: this.#queuedAt, from: 'queue' };
  }

  #endOf(to: RungPhone['to'], moment: Moment, outcome: NonNullable<RungPhone['ended']>['outcome']): void {
    const rung = this.#phones.findLast((phone) => phone.to === to && phone.ended === undefined);
    if (rung !== undefined) rung.ended = { ...moment, outcome };
  }

  get #since(): Instant {
    return this.#visits.at(-1)?.since ?? this.#arrivedAt;
  }

  #act(act: Act): void {
    this.#visits.at(-1)?.acts.push(act);
  }

  #fail(moment: Moment): void {
    this.#failed += 1;
    this.#act({ ...moment, do: 'fail' });
  }

  #answerHttp(attributes: Readonly<Record<string, string>> | null): void {
    const answered = this.#answeredHttp;
    this.#answeredHttp = undefined;
    if (answered === undefined || (attributes === null && answered.because.startsWith('no answer within'))) return;
    const { at, n, because } = answered;
    this.#act({ at, n, do: 'http', attributes, because });
  }

  /** Why the call went on tells what ended its stay at the node. */
  #leaveNode(because: string, moment: Moment): void {
    switch (this.#kind) {
      case 'say':
        if (because === 'said') this.#act({ ...moment, do: 'listen' });
        return;
      case 'menu':
      case 'survey':
      case 'queue': {
        // Keys not pressed in time are told of only when the last try is over.
        for (let missing = triesOf(because) - this.#failed; missing > 0; missing -= 1) this.#fail(moment);
        const key = keyPressed(because);
        if (key !== undefined) this.#act({ ...moment, do: 'key', key });
        return;
      }
      case 'collect': {
        const digits = digitsKeyedIn(because);
        if (digits === undefined) return;
        const value = Object.values(this.#keyedIn)[0] ?? '';
        const known = /^\d+$/.test(value) && value.length === digits;
        this.#act({ ...moment, do: 'key-in', digits: known ? value : '0'.repeat(digits) });
        return;
      }
      case 'callback': {
        const key = keyPressed(because);
        if (key !== undefined) this.#act({ ...moment, do: 'key', key });
        return;
      }
      case 'identify':
        if (because === 'the customer directory has failed') this.#act({ ...moment, do: 'look-up-fails' });
        return;
      case 'voicemail':
        if (because === 'the message could not be recorded') {
          this.#act({ ...moment, do: 'listen' });
          this.#act({ ...moment, do: 'message', durationMs: null });
        }
        return;
      default:
        return;
    }
  }
}

/** Nodes at which the caller, or somebody else, does something. */
const isActedAt = (kind: string): boolean => actedAt.has(kind);
const actedAt: ReadonlySet<string> = new Set([
  ...['say', 'menu', 'collect', 'survey', 'callback', 'identify', 'http', 'voicemail', 'queue'],
]);

/** `withdrawn`: it was not the phone that ended it. */
const missedAs = {
  'no-agent': 'caller-left',
  'no-answer': 'no-answer',
  'no-line-out': 'unreachable',
  lost: 'lost',
  withdrawn: 'caller-left',
} as const;
