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
}

export const emptyDay = (date: string): DayCount => ({
  date,
  answered: 0,
  answeredWithin: 0,
  answeredWaitMs: 0,
  abandoned: 0,
  shortAbandoned: 0,
  overflowed: 0,
});

/** One caller more has left the line, one way or another. A new local date begins a new count. */
export const countQueueLeft = (
  before: DayCount | undefined,
  fact: Extract<CallFact, { type: 'QueueLeft' }>,
  { answerWithinMs, shortAbandonMs }: QueueOutline,
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
      };
    case 'overflowed':
      return { ...day, overflowed: day.overflowed + 1 };
  }
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
    serviceLevel: counted === 0 ? null : day.answeredWithin / counted,
    asaMs: day.answered === 0 ? null : day.answeredWaitMs / day.answered,
  };
};
