import type { CallId } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import { chanceOf } from './habits.ts';
import type { Day, RecordedCall } from './recording.ts';

/** A call that comes once more does so within so long of the first. */
const withinMs = 120_000;

/**
 * The same day with so many times its callers: each calls again, a little later, as somebody else who does the same.
 * @param times 2 or more; a part of one, as in 1.5, is that share of the callers
 */
export const moreCalls = (day: Day, times: number): Day => ({
  ...day,
  calls: day.calls.flatMap((call) => [
    call,
    ...Array.from({ length: Math.ceil(times) - 1 }, (_, index) => index + 2).flatMap((nth) =>
      chanceOf(`${call.id} comes ${nth}`) < times - nth + 1 ? [again(call, nth)] : [],
    ),
  ]),
});

const again = (call: RecordedCall, nth: number): RecordedCall => {
  const laterBy = Math.round(chanceOf(`${call.id} comes ${nth}, later by`) * withinMs);
  const shifted = <Moment extends { readonly at: Instant }>(moment: Moment): Moment => ({
    ...moment,
    at: later(moment.at, laterBy),
    ...('since' in moment ? { since: later(moment.since as Instant, laterBy) } : {}),
  });
  const { identified, left, visits, phones, talks, ...rest } = call;
  return {
    ...rest,
    id: `${call.id}-${nth}` as CallId,
    at: later(call.at, laterBy),
    ani: anotherNumber(call.ani, nth),
    ...(identified === undefined ? {} : { identified: shifted(identified) }),
    ...(left === undefined ? {} : { left: shifted(left) }),
    visits: visits.map((visit) => ({
      ...visit,
      since: later(visit.since, laterBy),
      acts: visit.acts.map(shifted),
    })),
    phones: phones.map(({ ended, ...phone }) => ({
      ...shifted(phone),
      ...(ended === undefined ? {} : { ended: shifted(ended) }),
    })),
    talks: talks.map(shifted),
    knocks: [],
    decided: call.decided.map(shifted),
  };
};

/** Of somebody else: a promise to the one is not kept to the other. */
const anotherNumber = (ani: string, nth: number): string =>
  /\d{8}$/.test(ani)
    ? `${ani.slice(0, -4)}${String(Math.floor(chanceOf(`${ani} ${nth}`) * 10_000)).padStart(4, '0')}`
    : ani;
