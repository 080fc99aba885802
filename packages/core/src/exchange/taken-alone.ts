import type { CallView } from '../call/view.ts';
import type { CallFact, CallHappening } from '../fact/fact.ts';
import { type ChannelId, callOf, type Extension } from '../ids.ts';
import { viewAfter } from '../metrics/view-after.ts';
import { numberDialled } from '../policy/lookup.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { Floor } from './floor.ts';

/** A call that Asterisk's dialplan had by itself while nobody controlled calls, as it has kept it; it is over. */
export interface AloneCall {
  readonly channel: ChannelId;
  readonly from: 'trunk' | 'phone';
  /** The trunk's name, or the extension of the calling phone. */
  readonly source: string;
  readonly ani: string;
  readonly dnis: string;
  readonly cameAt: Instant;
  /** Every phone that was rung, in no order. */
  readonly rung: readonly Extension[];
  readonly answered?: { readonly extension: Extension; readonly at: Instant };
  readonly endedAt: Instant;
  /** `asterisk`: it ended, and its calls with it. */
  readonly endedBy: 'caller' | 'agent' | 'system' | 'asterisk';
}

/**
 * What there is to tell of it afterwards, dated when it happened: the same call tells the same facts, however often it is
 * read. It came by no queue's line and counts in no queue's figures; who answered is whoever sits at that phone.
 */
export const takenAlone = (taken: AloneCall, floor: Floor): readonly CallFact[] => {
  const { channel, from, source, ani, dnis, cameAt, rung, answered, endedAt, endedBy } = taken;
  const call = callOf(channel);
  const policy = floor.rulebook.current;
  const facts: CallFact[] = [];
  let view: CallView | undefined;
  const tell = (at: Instant, happening: CallHappening): void => {
    const fact = { call, n: facts.length + 1, at, ...happening };
    facts.push(fact);
    view = viewAfter(view, fact);
  };
  tell(cameAt, {
    type: 'CallArrived',
    from,
    direction: from === 'trunk' ? 'in' : 'internal',
    source,
    ani,
    aniName: '',
    dnis,
    language: (policy && numberDialled(policy, dnis))?.language ?? floor.languageOf(undefined),
    policyVersion: policy?.version ?? 0,
  });
  tell(cameAt, { type: 'CallTakenAlone', extensions: rung });
  if (answered !== undefined)
    tell(answered.at, {
      type: 'CallAnswered',
      agent: floor.seatedAt(answered.extension)?.id ?? null,
      extension: answered.extension,
      queue: null,
      waitedMs: elapsedMs(cameAt, answered.at),
    });
  if (view === undefined) return facts;
  tell(endedAt, {
    type: 'CallEnded',
    disposition: answered !== undefined ? 'answered' : endedBy === 'asterisk' ? 'lost' : 'abandoned',
    endedBy: endedBy === 'asterisk' ? 'system' : endedBy,
    talkedMs: answered === undefined ? 0 : elapsedMs(answered.at, endedAt),
    view: { ...view, place: 'ended', since: endedAt, agent: null, extension: null, answeredAt: null },
  });
  return facts;
};
