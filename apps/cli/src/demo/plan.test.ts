import { expect, test } from 'vitest';
import { Dice } from './dice.ts';
import { planAnswer, planCall } from './plan.ts';

const world = { known: ['+33199001234'], numbers: ['+33170000010', '+33170000011', '+33170000012'] };
const calls = (seed: number, count: number) => {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => planCall(dice, 12, world));
};

test('the same seed brings the same callers, another one others', () => {
  expect(calls(7, 50)).toEqual(calls(7, 50));
  expect(calls(7, 50)).not.toEqual(calls(8, 50));
});

test('as many call in a minute as was asked for', () => {
  const many = calls(1, 3000);
  const minutes = many.reduce((ms, { afterMs }) => ms + afterMs, 0) / 60_000;
  expect(many.length / minutes).toBeGreaterThan(11);
  expect(many.length / minutes).toBeLessThan(13);
});

test('known customers and strangers call, the busiest number most, and strangers’ numbers are nobody’s', () => {
  const many = calls(1, 1000);
  const to = (number: string) => many.filter((call) => call.to === number).length;
  expect(to('+33170000010')).toBeGreaterThan(to('+33170000011'));
  expect(to('+33170000012')).toBeGreaterThan(0);
  const strangers = many.filter(({ from }) => from !== '+33199001234');
  expect(strangers.length).toBeGreaterThan(300);
  for (const { from } of strangers) expect(from).toMatch(/^\+3363998\d{4}$/);
});

test('some callers lose patience within seconds, most wait', () => {
  const short = calls(1, 1000).filter(({ patienceMs }) => patienceMs <= 20_000);
  expect(short.length).toBeGreaterThan(80);
  expect(short.length).toBeLessThan(250);
});

test('agents answer nearly always, and now and then do not', () => {
  const dice = new Dice(1);
  const plans = Array.from({ length: 1000 }, () => planAnswer(dice).does);
  expect(plans.filter((does) => does === 'answer').length).toBeGreaterThan(850);
  expect(new Set(plans)).toEqual(new Set(['answer', 'decline', 'let-it-ring']));
});
