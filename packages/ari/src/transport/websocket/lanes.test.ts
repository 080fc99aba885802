import { expect, test } from 'vitest';
import { type Lane, Lanes } from './lanes.ts';

const lane = (busy = 0): Lane & { open: boolean; busy: number } => ({ open: true, busy });

/** An answer that comes when told. */
const answer = (): { readonly promise: Promise<void>; readonly settle: () => void; readonly fail: () => void } => {
  let settle = (): void => undefined;
  let fail = (): void => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = resolve;
    fail = () => reject(new Error('refused'));
  });
  return { promise, settle, fail };
};

test('a request takes the connection that has least to do', () => {
  const [busy, idle] = [lane(2), lane(0)];
  expect(new Lanes().choose(undefined, [busy, idle])).toBe(idle);
  expect(new Lanes().choose('c1', [])).toBeUndefined();
});

test('while a call has a request with Asterisk, its next follows on the same connection', async () => {
  const lanes = new Lanes<Lane>();
  const [first, second] = [lane(), lane()];
  const [one, two] = [answer(), answer()];
  lanes.hold('c1', first, one.promise);
  lanes.hold('c1', first, two.promise);
  first.busy = 9;
  expect(lanes.choose('c1', [first, second])).toBe(first);
  expect(lanes.choose('c2', [first, second])).toBe(second);
  one.settle();
  await one.promise;
  expect(lanes.choose('c1', [first, second])).toBe(first);
  two.fail();
  await two.promise.catch(() => undefined);
  await Promise.resolve();
  expect(lanes.choose('c1', [first, second])).toBe(second);
});

test('a call does not wait for a connection that has ended', () => {
  const lanes = new Lanes<Lane>();
  const [ended, other] = [lane(), lane()];
  lanes.hold('c1', ended, answer().promise);
  ended.open = false;
  expect(lanes.choose('c1', [other])).toBe(other);
});

test('what was asked on a connection that has ended does not let go of the one that came after it', async () => {
  const lanes = new Lanes<Lane>();
  const [ended, next, other] = [lane(), lane(5), lane(0)];
  const [lost, asked] = [answer(), answer()];
  lanes.hold('c1', ended, lost.promise);
  ended.open = false;
  lanes.hold('c1', next, asked.promise);
  lost.fail();
  await lost.promise.catch(() => undefined);
  await Promise.resolve();
  expect(lanes.choose('c1', [next, other])).toBe(next);
});
