import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Work that is begun, and ends when told. */
const setUp = (most: number) => {
  const turns = new Turns(most);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (name: string, order?: string): Promise<string> =>
    turns.take(order, () => {
      begun.push(name);
      const over = new Promise<void>((resolve) => ends.set(name, resolve));
      return { outcome: over.then(() => name), over };
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { turns, begun, take, end };
};

test('so many go at once, and the rest in the order in which they came', async () => {
  const { begun, take, end } = setUp(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => take(name));
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c', 'd']) await end(name);
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('of one call only one goes, and others overtake it', async () => {
  const { begun, take, end } = setUp(9);
  for (const name of ['a1', 'a2', 'a3']) void take(name, 'a');
  void take('b1', 'b');
  expect(begun).toEqual(['a1', 'b1']);
  await end('a1');
  expect(begun).toEqual(['a1', 'b1', 'a2']);
  await end('a2');
  await end('a3');
  void take('a4', 'a');
  expect(begun).toEqual(['a1', 'b1', 'a2', 'a3', 'a4']);
});

test('one that fails lets the next one go', async () => {
  const { turns, begun, take } = setUp(1);
  const refused = turns.take('a', () => ({ outcome: Promise.reject(new Error('no')), over: Promise.resolve() }));
  const next = take('next', 'a');
  await expect(refused).rejects.toThrow('no');
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(['next']);
  void next;
});

test('one whose outcome is given up still keeps the next one waiting until it is over', async () => {
  const { turns, begun, take } = setUp(9);
  let over = (): void => undefined;
  const givenUp = turns.take('a', () => ({
    outcome: Promise.reject(new Error('too late')),
    over: new Promise<void>((resolve) => {
      over = resolve;
    }),
  }));
  void take('next', 'a');
  await expect(givenUp).rejects.toThrow('too late');
  expect(begun).toEqual([]);
  over();
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(['next']);
});
