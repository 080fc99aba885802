import { SimulatedClock } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { CarefulDirectory, LookUpLeftOut } from './careful-directory.ts';
import type { ControlObserver } from './ports/observer.ts';
import type { Identified } from './ports/stores.ts';

const stranger: Identified = { customer: null, lastCalls: [] };

const setUp = () => {
  const clock = new SimulatedClock();
  const seen: string[] = [];
  const directory = { asked: 0, answer: (): Promise<Identified> => Promise.resolve(stranger) };
  const careful = new CarefulDirectory(
    {
      identify: () => {
        directory.asked += 1;
        return directory.answer();
      },
    },
    clock,
    {
      directoryAway: (error) => seen.push(`away: ${String(error)}`),
      directoryBack: (leftOut) => seen.push(`back, ${leftOut} left out`),
      identifyLeftOut: (because) => seen.push(because),
    } as Partial<ControlObserver> as ControlObserver,
  );
  /** How so many callers in turn were looked up. */
  const callers = async (count: number): Promise<string[]> => {
    const outcomes: string[] = [];
    for (let caller = 0; caller < count; caller += 1)
      outcomes.push(
        await careful.identify('+33612345678').then(
          () => 'found',
          (error: unknown) => (error instanceof LookUpLeftOut ? 'left out' : 'failed'),
        ),
      );
    return outcomes;
  };
  return { clock, seen, directory, careful, callers };
};

test('a directory that does not answer is asked three times, then left alone, and asked by one caller after a while', async () => {
  const { clock, seen, directory, callers } = setUp();
  directory.answer = () => Promise.reject(new Error('gone'));
  expect(await callers(5)).toEqual(['failed', 'failed', 'failed', 'left out', 'left out']);
  expect(directory.asked).toBe(3);
  directory.answer = () => Promise.resolve(stranger);
  clock.advance(5000);
  expect(await callers(2)).toEqual(['found', 'found']);
  expect(seen).toEqual(['away: Error: gone', 'directory-away', 'directory-away', 'back, 2 left out']);
});

test('beyond what it can answer in a moment it is not asked, and is asked again when those before have theirs', async () => {
  const { seen, directory, careful, callers } = setUp();
  let answer: (identified: Identified) => void = () => undefined;
  const slow = new Promise<Identified>((resolve) => (answer = resolve));
  directory.answer = () => slow;
  const first = Array.from({ length: 32 }, () => careful.identify('+33612345678'));
  expect(await callers(1)).toEqual(['left out']);
  answer(stranger);
  await Promise.all(first);
  expect(await callers(1)).toEqual(['found']);
  expect(seen).toEqual(['too-many']);
});
