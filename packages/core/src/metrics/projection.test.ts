import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { QueueId } from '../ids.ts';
import { createBoardProjection } from './projection.ts';

const support = '+33170000011';
const boardOf = (floor: Floor) => {
  const board = createBoardProjection();
  for (const fact of floor.facts) board.apply(fact);
  return board.queue('support' as QueueId, floor.now);
};

test('answered in time, answered late, abandoned, abandoned at once: each is counted where it belongs', () => {
  const floor = new Floor();
  const inTime = floor.arrive(support);
  const late = floor.arrive(support);
  const patient = floor.arrive(support);
  const hasty = floor.after(1000).arrive(support);
  floor.after(4999).callerHangsUp(hasty);
  floor.signIn('ana');
  floor.answers(inTime);
  floor.after(30_000).callerHangsUp(patient);
  floor.signIn('ben');
  floor.answers(late);
  expect(boardOf(floor)).toMatchObject({
    waiting: 0,
    today: {
      offered: 4,
      answered: 2,
      answeredWithin: 1,
      abandoned: 2,
      shortAbandoned: 1,
      serviceLevel: 1 / 3,
      asaMs: (6000 + 36_001) / 2,
    },
  });
});

test('the longest wait is that of the caller who entered first, also while a phone rings for them', () => {
  const floor = new Floor();
  const first = floor.arrive(support);
  const entered = floor.now;
  floor.after(3000).arrive(support);
  floor.signIn('ana');
  expect(boardOf(floor)).toMatchObject({
    waiting: 2,
    longest: { call: first, since: entered },
    members: { offered: 1, signedOut: 2 },
  });
});

test('a new day begins with nothing', () => {
  const floor = new Floor();
  floor.callerHangsUp(floor.arrive(support));
  expect(boardOf(floor)?.today.offered).toBe(1);
  expect(boardOf(floor.after(86_400_000))?.today).toMatchObject({ offered: 0, serviceLevel: null, asaMs: null });
});

test('after a recovery the board holds what is live, and nothing else', () => {
  const floor = new Floor();
  const gone = floor.arrive(support);
  const board = createBoardProjection();
  for (const fact of floor.facts) board.apply(fact);
  const other = new Floor().signIn('ana');
  const live = other.after(50).arrive('+33170000101', { channel: '1750000001.1' as never });
  const change = board.apply(other.exchange.recovered(other.now));
  expect(change.gone).toEqual([gone]);
  expect(board.snapshot(other.now).calls.map(({ id }) => id)).toEqual([live]);
});
