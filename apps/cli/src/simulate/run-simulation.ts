import { isDeepStrictEqual } from 'node:util';
import { toDocument } from '@cordboard/contracts';
import {
  type Day,
  DecisionBook,
  differences,
  figuresOf,
  moreCalls,
  type Policy,
  recordedDecisions,
  simulate,
} from '@cordboard/core';
import { differenceRows, figureRows, firstDifference } from './tell.ts';

export interface SimulationReport {
  readonly text: string;
  /** A replay by the policies that were in force has come to the same. */
  readonly asRecorded: boolean | undefined;
}

/** What is asked of a simulation. */
export interface SimulationWish {
  /** undefined, or the very one that was in force: then, of as many callers, every decision must be as recorded. */
  readonly policy?: Policy | undefined;
  /** How many callers are listed. */
  readonly rows: number;
  /** So many times as many call as did; 1. */
  readonly load?: number;
  /** See `SimulationOptions`. */
  readonly callbackShare?: number;
}

/** Simulates a day and says what differs, for whom and why, and what the figures would have been. */
export const runSimulation = (recordedDay: Day, wish: SimulationWish): SimulationReport => {
  const { policy, rows, load = 1, callbackShare = 0 } = wish;
  const day = load === 1 ? recordedDay : moreCalls(recordedDay, load);
  const isAnother = policy !== undefined && !wasInForce(policy, recordedDay);
  const changed = isAnother || load !== 1 ? (policy ?? recordedDay.opening.policy) : undefined;
  const book = new DecisionBook();
  const [since, spentBefore] = [performance.now(), process.cpuUsage()];
  simulate(day, {
    ...(changed === undefined ? {} : { policy: changed, callbackShare }),
    onFact: (fact) => book.take(fact),
  });
  const took = (performance.now() - since) / 1000;
  const { user, system } = process.cpuUsage(spentBefore);
  const recorded = recordedDecisions(recordedDay);
  const differing = differences(recorded, book.decisions);
  const [first] = differing;
  const decided = day.calls.reduce((sum, call) => sum + call.decided.length, 0);
  const simulated = `Simulated ${day.calls.length} calls in ${took.toFixed(1)} s, of which the processor worked ${((user + system) / 1e6).toFixed(1)} s.`;
  const { at } = day.opening;
  const figures = figureRows(
    figuresOf(recorded, day.opening.policy, at),
    figuresOf(book.decisions, changed ?? day.opening.policy, at),
  );
  if (changed === undefined)
    return {
      asRecorded: first === undefined,
      text: [
        simulated,
        first === undefined
          ? `By the same policy every decision is as recorded: ${decided} of ${decided}.`
          : `By the same policy ${differing.length} of ${day.calls.length} calls are not as recorded.\n${firstDifference(day, first)}`,
        '',
        ...figures,
      ].join('\n'),
    };
  const listed = Math.min(rows, differing.length);
  const by = load === 1 ? 'By this policy' : `With ${load} times as many callers`;
  return {
    asRecorded: undefined,
    text: [
      simulated,
      first === undefined
        ? `${by} nothing would have been otherwise.`
        : `${by} something is otherwise for ${differing.length} of ${day.calls.length} callers${listed === 0 ? '.' : listed < differing.length ? `; the first ${listed}:` : ':'}`,
      ...(listed === 0 ? [] : ['', ...differenceRows(day, differing, book.decisions, rows)]),
      '',
      ...figures,
    ].join('\n'),
  };
};

const wasInForce = (policy: Policy, { opening, happenings }: Day): boolean =>
  !happenings.some(({ is }) => is === 'policy') && isDeepStrictEqual(plain(policy), plain(opening.policy));

/** As a file would hold it: what is undefined is not there. */
const plain = (policy: Policy): unknown => JSON.parse(JSON.stringify(toDocument(policy)));
