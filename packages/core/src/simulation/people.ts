import type { CallEvent } from '../call/event.ts';
import type { CallState } from '../call/state.ts';
import type { CallFact } from '../fact/fact.ts';
import type { CallId, ChannelId } from '../ids.ts';
import { nodeIn } from '../policy/lookup.ts';
import type { Policy } from '../policy/policy.ts';
import { type Instant, later } from '../time.ts';
import { actsOn, type Did } from './act.ts';
import type { Habits } from './habits.ts';
import type { Act, RecordedCall, RungPhone, Visit } from './recording.ts';

/** What the people of one call need of the simulated world. */
export interface World {
  readonly now: Instant;
  readonly habits: Habits;
  call(id: CallId): CallState | undefined;
  policyOf(call: CallState): Policy;
  tell(call: CallId, event: CallEvent): void;
  /** At that time, as the record's nth; `n` undefined: after all that the record has then. */
  at(at: Instant, n: number | undefined, run: (at: Instant) => void): void;
}

/** What somebody does of whom the record does not tell: what is said takes so long, and so does making up one's mind. */
const sayingMs = 5000;
const thinkingMs = 10_000;

/**
 * The people of one call, caller and those who are rung: they do what the record says, as long after as it says, and what
 * is usual where it says nothing.
 */
export class People {
  readonly #id: CallId;
  readonly #recorded: RecordedCall | undefined;
  readonly #world: World;
  readonly #visited = new Map<string, number>();
  readonly #rung = new Map<string, number>();
  #visit = 0;
  #talks = 0;
  #queued = false;

  constructor(id: CallId, recorded: RecordedCall | undefined, world: World) {
    this.#id = id;
    this.#recorded = recorded;
    this.#world = world;
  }

  /** The caller comes in. */
  arrived(): void {
    const { identified, left, at } = this.#recorded ?? {};
    if (at === undefined) return;
    if (identified !== undefined) {
      const { customer, lastCalls } = identified;
      const heard = lastCalls === undefined ? {} : { lastCalls };
      this.#since(at, identified, (then) =>
        this.#tell({ type: 'CallerIdentified', at: then, customer, ...heard, tookMs: then - at }),
      );
    }
    if (left?.from === 'arrival') this.#leaves(left.since, left);
  }

  /** Something has become of the call: whoever has to do with it reacts. */
  heard(fact: CallFact): void {
    switch (fact.type) {
      case 'FlowStepped':
        this.#visits(fact);
        return;
      case 'AgentOffered':
        this.#rings(`agent:${fact.agent}`, this.#world.habits.answerMs(fact.agent));
        return;
      case 'ExtensionRung':
        this.#rings(`phone:${fact.extension}`, undefined);
        return;
      case 'NumberRung':
        this.#rings(`phone:${fact.number}`, undefined);
        return;
      case 'CustomerRung':
        this.#rings('customer', this.#world.habits.customerAnswerMs);
        return;
      case 'CallQueued':
        this.#waits();
        return;
      case 'PositionAnnounced':
      case 'MessageSaid':
        this.#hearsAnnouncement();
        return;
      case 'CallAnswered':
        this.#talksNow();
        return;
      case 'ConversationEnded': {
        const left = this.#recorded?.left;
        if (left?.from === 'conversation') this.#leaves(left.since, left);
        return;
      }
      default:
        return;
    }
  }

  #visits({ flow, node, kind }: Extract<CallFact, { type: 'FlowStepped' }>): void {
    this.#visit += 1;
    const visit = this.#visit;
    const name = `${flow} ${node}`;
    const before = this.#visited.get(name) ?? 0;
    this.#visited.set(name, before + 1);
    const recorded = this.#recordedVisit(flow, node, before);
    const since = recorded?.since ?? this.#world.now;
    const acts = recorded?.acts ?? this.#usualActs(kind, since);
    for (const act of acts)
      this.#since(since, this.#soonEnough(act), (at) => {
        if (this.#visit === visit) this.#does(act, at);
      });
  }

  #usualActs(kind: string, since: Instant): readonly Act[] {
    const call = this.#world.call(this.#id);
    return kind === 'callback' && call !== undefined && this.#world.habits.wishesCallback(this.#id)
      ? [{ at: later(since, thinkingMs), n: 0, do: 'accept-callback', number: call.ani }]
      : usualActs(kind, since);
  }

  /** A number that ends by itself was keyed in before that. */
  #soonEnough(act: Act): Act {
    const call = this.#world.call(this.#id);
    if (act.do !== 'key-in' || call?.phase !== 'in-flow') return act;
    const node = nodeIn(this.#world.policyOf(call), call.flow, call.node);
    return node.kind === 'collect' && node.terminator === '' && act.digits.length < node.max
      ? { ...act, at: later(act.at, -node.betweenMs) }
      : act;
  }

  #recordedVisit(flow: string, node: string, before: number): Visit | undefined {
    const visits = this.#recorded?.visits.filter((each) => each.flow === flow && each.node === node) ?? [];
    return visits[Math.min(before, visits.length - 1)];
  }

  #does(act: Act, at: Instant): void {
    for (;;) {
      const call = this.#world.call(this.#id);
      if (call === undefined || (call.phase !== 'in-flow' && call.phase !== 'queued' && call.phase !== 'offered'))
        return;
      const did: Did = actsOn(act, call, nodeIn(this.#world.policyOf(call), call.flow, call.node), at);
      if (did.event !== undefined) this.#tell(did.event);
      if (!did.goesOn) return;
    }
  }

  #rings(to: RungPhone['to'], usuallyMs: number | undefined): void {
    const leg = legOf(this.#world.call(this.#id), to);
    if (leg === undefined) return;
    const before = this.#rung.get(to) ?? 0;
    this.#rung.set(to, before + 1);
    const rung = this.#recorded?.phones.filter((phone) => phone.to === to)[before];
    const ended = rung?.ended;
    if (rung === undefined || ended === undefined) {
      if (usuallyMs !== undefined) this.#answersAfter(leg, usuallyMs);
      return;
    }
    switch (ended.outcome) {
      case 'accepted':
        this.#since(rung.at, ended, (at) => this.#tell({ type: 'LegAnswered', at, leg }));
        return;
      case 'no-answer':
        // That the phone's own time was up is for the clock to say, when it is.
        this.#since(rung.at, ended, (at) => {
          if (at < (untilOf(this.#world.call(this.#id)) ?? at))
            this.#tell({ type: 'LegEnded', at, leg, cause: 'no-answer' });
        });
        return;
      case 'refused':
      case 'unreachable':
      case 'lost': {
        const cause = ended.outcome;
        this.#since(rung.at, ended, (at) => this.#tell({ type: 'LegEnded', at, leg, cause }));
        return;
      }
      case 'caller-left':
      case 'answered-elsewhere':
        if (to === 'customer') {
          // The agent did not wait until the customer answered.
          this.#since(rung.at, ended, (at) => {
            const call = this.#world.call(this.#id);
            if (call?.phase === 'calling-back') this.#tell({ type: 'LegEnded', at, leg: call.leg, cause: 'hung-up' });
          });
        } else if (usuallyMs !== undefined) this.#answersAfter(leg, Math.max(ended.at - rung.at + 1, usuallyMs));
    }
  }

  #answersAfter(leg: ChannelId, ms: number): void {
    this.#world.at(later(this.#world.now, ms), undefined, (at) => this.#tell({ type: 'LegAnswered', at, leg }));
  }

  /** Who gave up waits as long again; who did not, that long and a patience drawn from those who did. */
  #waits(): void {
    this.#hearsAnnouncement();
    if (this.#queued) return;
    this.#queued = true;
    const { left, decided = [] } = this.#recorded ?? {};
    if (left?.from === 'queue') {
      this.#leaves(left.since, left);
      return;
    }
    if (left?.from === 'arrival') return;
    const more = this.#world.habits.patienceMs(this.#id);
    const waited = Math.max(0, ...decided.map((each) => (each.is === 'left' ? each.waitedMs : 0)));
    if (more === undefined || isPromiseKept(this.#id)) return;
    this.#world.at(later(this.#world.now, waited + Math.max(1, more)), undefined, (at) => this.#hangsUp(at));
  }

  #leaves(since: Instant, left: { readonly at: Instant; readonly n: number }): void {
    this.#since(since, left, (at) => this.#hangsUp(at));
  }

  /** A conversation has an end of its own. */
  #hangsUp(at: Instant): void {
    const call = this.#world.call(this.#id);
    if (call === undefined || call.phase === 'talking') return;
    if (call.talked === undefined || this.#recorded?.left?.from === 'conversation')
      this.#tell({ type: 'LegEnded', at, leg: call.caller, cause: 'hung-up' });
  }

  #hearsAnnouncement(): void {
    const call = this.#world.call(this.#id);
    const playback = call?.phase === 'queued' ? call.announcing : undefined;
    if (playback === undefined) return;
    this.#world.at(later(this.#world.now, sayingMs), undefined, (at) =>
      this.#tell({ type: 'PlaybackEnded', at, playback }),
    );
  }

  #talksNow(): void {
    const recorded = this.#recorded?.talks[this.#talks];
    this.#talks += 1;
    const call = this.#world.call(this.#id);
    if (call?.phase !== 'talking') return;
    const { caller, leg } = call;
    // Nothing tells when a conversation ended that went on when the record did: it goes on.
    if (recorded === undefined && this.#recorded?.decided.some(({ is }) => is === 'answered') === true) return;
    const endedBy = recorded?.endedBy ?? 'caller';
    const usualMs = this.#world.habits.talkMs(this.#id);
    const hangUp = (at: Instant): void =>
      this.#tell({ type: 'LegEnded', at, leg: endedBy === 'caller' ? caller : leg, cause: 'hung-up' });
    if (recorded !== undefined) this.#since(recorded.since, recorded, hangUp);
    else if (usualMs !== undefined) this.#world.at(later(this.#world.now, usualMs), undefined, hangUp);
  }

  /** As long from now as the record has it from then; in the record's own order where it is the same moment. */
  #since(then: Instant, moment: { readonly at: Instant; readonly n: number }, run: (at: Instant) => void): void {
    const { now } = this.#world;
    const same = then === now;
    this.#world.at(later(now, moment.at - then), same ? moment.n : undefined, run);
  }

  #tell(event: CallEvent): void {
    this.#world.tell(this.#id, event);
  }
}

/** Calls that keep a promise are named after its ticket and counted; nobody in them waits in vain. */
const isPromiseKept = (id: CallId): boolean => /-k\d+$/.test(id);

const untilOf = (call: CallState | undefined): Instant | undefined => {
  if (call?.phase === 'offered') return call.offer.until;
  return call?.phase === 'ringing' || call?.phase === 'calling-back' ? call.until : undefined;
};

const legOf = (call: CallState | undefined, to: RungPhone['to']): ChannelId | undefined => {
  switch (call?.phase) {
    case 'offered':
      return call.offer.legs.find(({ agent }) => to === `agent:${agent}`)?.leg;
    case 'ringing':
      return call.legs.find(({ target }) => to === `phone:${'extension' in target ? target.extension : target.number}`)
        ?.leg;
    case 'calling-back':
      return to === 'customer' ? call.caller : call.leg;
    default:
      return undefined;
  }
};

/** What is usual at a node that the record does not know. */
const usualActs = (kind: string, since: Instant): readonly Act[] => {
  const soon = { at: later(since, sayingMs), n: 0 };
  const thought = { at: later(since, thinkingMs), n: 0 };
  switch (kind) {
    case 'say':
      return [{ ...soon, do: 'listen' }];
    case 'menu':
    case 'collect':
    case 'survey':
      // Nobody knows what they would have chosen: they choose nothing, until the node has asked often enough.
      return Array.from({ length: 10 }, () => ({ ...thought, do: 'fail' }) as const);
    case 'callback':
      return [{ ...thought, do: 'key', key: '0' }];
    case 'http':
      return [{ ...soon, do: 'http', attributes: null, because: 'the record does not know the answer' }];
    case 'voicemail':
      return [
        { ...soon, do: 'listen' },
        { ...thought, do: 'message', durationMs: thinkingMs },
      ];
    default:
      return [];
  }
};
