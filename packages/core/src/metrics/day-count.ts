import type { CallFact, QueueOutline } from '../fact/fact.ts';
import type { QueueToday } from './board.ts';

/** A queue's day, as counted from `QueueLeft` facts alone. */
export interface DayCount {
  readonly date: string;
  readonly answered: number;
  readonly answeredWithin: number;
  readonly answeredWaitMs: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly overflowed: number;
  /** Abandoned, but not later than the target: for SL2 of app_queue.c. */
  readonly abandonedWithin: number;
  /** Callers who were not let in: full, nobody there, closed. */
  readonly turnedAway: number;
  /** Of those who left the line, who are promised to be called back. */
  readonly callbacks: number;
  /** Promises kept. */
  readonly calledBack: number;
}

export const emptyDay = (date: string): DayCount => ({
  date,
  answered: 0,
  answeredWithin: 0,
  answeredWaitMs: 0,
  abandoned: 0,
  shortAbandoned: 0,
  overflowed: 0,
  abandonedWithin: 0,
  turnedAway: 0,
  callbacks: 0,
  calledBack: 0,
});

/** One caller more has left the line, one way or another. A new local date begins a new count. */
export const countQueueLeft = (
  before: DayCount | undefined,
  fact: Pick<Extract<CallFact, { type: 'QueueLeft' }>, 'outcome' | 'waitedMs'>,
  { answerWithinMs, shortAbandonMs }: Pick<QueueOutline, 'answerWithinMs' | 'shortAbandonMs'>,
  date: string,
): DayCount => {
  const day = before?.date === date ? before : emptyDay(date);
  switch (fact.outcome) {
    case 'answered':
      return {
        ...day,
        answered: day.answered + 1,
        answeredWithin: day.answeredWithin + (fact.waitedMs <= answerWithinMs ? 1 : 0),
        answeredWaitMs: day.answeredWaitMs + fact.waitedMs,
      };
    case 'abandoned':
      return {
        ...day,
        abandoned: day.abandoned + 1,
        shortAbandoned: day.shortAbandoned + (fact.waitedMs < shortAbandonMs ? 1 : 0),
        abandonedWithin: day.abandonedWithin + (fact.waitedMs <= answerWithinMs ? 1 : 0),
      };
    case 'overflowed':
      return { ...day, overflowed: day.overflowed + 1 };
    case 'called-back':
      return { ...day, calledBack: day.calledBack + 1 };
    case 'not-reached':
    case 'lost':
      return day;
  }
};

/** A caller was not let in, or is promised to be called back. */
export const countQueueNews = (
  before: DayCount | undefined,
  fact: Pick<Extract<CallFact, { type: 'QueueRefused' | 'CallbackRequested' }>, 'type'>,
  date: string,
): DayCount => {
  const day = before?.date === date ? before : emptyDay(date);
  return fact.type === 'QueueRefused'
    ? { ...day, turnedAway: day.turnedAway + 1 }
    : { ...day, callbacks: day.callbacks + 1 };
};

/** The figures of the day. Service level: answered within target ÷ (answered + abandoned that were not short). */
export const today = (day: DayCount): QueueToday => {
  const counted = day.answered + day.abandoned - day.shortAbandoned;
  return {
    date: day.date,
    offered: day.answered + day.abandoned + day.overflowed,
    answered: day.answered,
    answeredWithin: day.answeredWithin,
    abandoned: day.abandoned,
    shortAbandoned: day.shortAbandoned,
    overflowed: day.overflowed,
    turnedAway: day.turnedAway,
    callbacks: day.callbacks,
    calledBack: day.calledBack,
    serviceLevel: share(day.answeredWithin, counted),
    serviceLevels: {
      general: share(day.answeredWithin, counted),
      ofAnswered: share(day.answeredWithin, day.answered),
      withAbandoned: share(day.answeredWithin + day.abandonedWithin, day.answered + day.abandoned),
    },
    abandonRate: share(day.abandoned - day.shortAbandoned, counted + day.overflowed),
    asaMs: day.answered === 0 ? null : day.answeredWaitMs / day.answered,
  };
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
