import { expect, test } from 'vitest';
import { type Happening, startHistory } from './history.ts';
import { NotInTime } from './within.ts';

const at = (type: string, moment: number): Happening => ({ type, at: moment });

test('who asks late is told what has happened already', async () => {
  const history = startHistory<Happening>();
  history.add(at('ringing', 1));
  history.add(at('ended', 2));
  expect(await history.first((e) => e.type === 'ended', { withinMs: 10 })).toEqual(at('ended', 2));
});

test('who asks early is told when it happens', async () => {
  const history = startHistory<Happening>();
  const asked = history.first((e) => e.type === 'ended', { withinMs: 1000, since: 5 });
  history.add(at('ended', 4));
  history.add(at('ended', 6));
  expect(await asked).toEqual(at('ended', 6));
});

test('what does not happen is said in words, with what happened instead', async () => {
  const history = startHistory<Happening>();
  history.add(at('ringing', 1));
  const asked = history.first((e) => e.type === 'ended', { withinMs: 1, what: 'the caller did not hang up' });
  await expect(asked).rejects.toThrow(NotInTime);
  await expect(asked).rejects.toThrow('the caller did not hang up (it saw: ringing) within 1 ms');
});

test('an iterator begins with the past, goes on with the present, and ends', async () => {
  const history = startHistory<Happening>();
  history.add(at('a', 1));
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of history) seen.push(event.type);
  })();
  await Promise.resolve();
  history.add(at('b', 2));
  history.add(at('c', 3));
  history.end();
  await reading;
  expect(seen).toEqual(['a', 'b', 'c']);
});

test('a forgetful history keeps what is new, and an iterator that keeps up misses nothing', async () => {
  const history = startHistory<Happening>(3);
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of history) seen.push(event.type);
  })();
  const days = Array.from({ length: 20 }, (_, day) => `day ${day}`);
  for (const [day, type] of days.entries()) {
    history.add(at(type, day));
    await new Promise(setImmediate);
  }
  history.end();
  await reading;
  expect(seen).toEqual(days);
  expect(history.all.length).toBeLessThan(6);
  expect(history.all.at(-1)).toEqual(at('day 19', 19));
});
