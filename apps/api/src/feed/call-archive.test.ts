import type { CallFact } from '@cordboard/core';
import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { CallArchive } from './call-archive.ts';

const archived = (floor: Floor, keep: number): CallArchive => {
  const archive = new CallArchive(keep);
  for (const fact of floor.facts) if ('call' in fact) archive.take(fact as CallFact);
  return archive;
};

test('the facts of live calls are all kept, of ended ones the latest', () => {
  const floor = new Floor();
  const [first, second, third, live] = [1, 2, 3, 4].map(() => floor.arrive('+33170000011'));
  if (first === undefined || second === undefined || third === undefined || live === undefined) throw new Error();
  for (const call of [first, second, third]) floor.callerHangsUp(call);
  const archive = archived(floor, 2);
  expect(archive.factsOf(first)).toBeUndefined();
  expect(archive.factsOf(second)?.at(-1)?.type).toBe('CallEnded');
  expect(archive.factsOf(third)?.[0]?.type).toBe('CallArrived');
  expect(archive.factsOf(live)?.[0]?.type).toBe('CallArrived');
});

test('a call that was lost without a word counts as ended', () => {
  const floor = new Floor();
  const lost = floor.arrive('+33170000011');
  const other = floor.arrive('+33170000011');
  const archive = archived(floor, 1);
  archive.end(lost);
  expect(archive.factsOf(lost)).toBeDefined();
  archive.end(other);
  expect(archive.factsOf(lost)).toBeUndefined();
});

test('a fact that is told again is known', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000011');
  const archive = archived(floor, 1);
  for (const fact of archive.factsOf(call) ?? []) {
    expect(archive.has(fact)).toBe(true);
    expect(archive.has({ ...fact, n: fact.n + 100 })).toBe(false);
  }
});
