import { expect, test } from 'vitest';
import { Dice } from './dice.ts';
import { type CallPlan, planAnswer, planCalls } from './plan.ts';

const world = {
  known: ['+33199001234', '+33639980021'],
  numbers: ['+33170000010', '+33170000011', '+33170000012'],
};

const calls = (seed: number, count: number): readonly CallPlan[] => {
  const plans = planCalls(new Dice(seed), 12, world);
  return Array.from({ length: count }, () => plans.next().value);
};

test('the same seed brings the same callers at the same moments, another one others', () => {
  expect(calls(7, 50)).toEqual(calls(7, 50));
  expect(calls(7, 50)).not.toEqual(calls(8, 50));
});

test('as many call in a minute as was asked for, the first at once', () => {
  const many = calls(1, 3000);
  expect(many[0]?.atMs).toBeLessThan(2000);
  const minutes = (many.at(-1)?.atMs ?? 0) / 60_000;
  expect(many.length / minutes).toBeGreaterThan(11);
  expect(many.length / minutes).toBeLessThan(13);
});

test('known customers and strangers call, and each number is called less than the one before', () => {
  const many = calls(1, 2000);
  const to = (number: string) => many.filter((call) => call.to === number).length;
  expect(to('+33170000010')).toBeGreaterThan(to('+33170000011'));
  expect(to('+33170000011')).toBeGreaterThan(to('+33170000012'));
  expect(to('+33170000012')).toBeGreaterThan(0);
  const known = many.filter(({ from }) => world.known.includes(from)).length;
  expect(known).toBeGreaterThan(100);
  expect(known).toBeLessThan(1000);
});

test('nobody calls again while they may still be in a call', () => {
  const lastUntil = new Map<string, number>();
  for (const { atMs, from, keys, patienceMs } of calls(3, 2000)) {
    expect(lastUntil.get(from) ?? 0, from).toBeLessThanOrEqual(atMs);
    lastUntil.set(from, atMs + patienceMs + keys.reduce((ms, { afterMs }) => ms + afterMs, 0));
  }
});

test('some callers are in a hurry, most stay for minutes; some press a wrong key, some ask for the other language', () => {
  const many = calls(1, 1000);
  const hurried = many.filter(({ patienceMs }) => patienceMs <= 20_000).length;
  expect(hurried).toBeGreaterThan(80);
  expect(hurried).toBeLessThan(250);
  const firstKeys = new Set(many.map(({ keys }) => keys[0]?.digit));
  expect(firstKeys).toEqual(new Set(['1', '2', '3', '7', '8', '9', undefined]));
});

test('an agent answers nearly always, within 2 to 8 s, and now and then does anything else that people do', () => {
  const dice = new Dice(1);
  const plans = Array.from({ length: 1000 }, () => planAnswer(dice));
  const answers = plans.filter((plan) => plan.does === 'answer');
  expect(answers.length).toBeGreaterThan(850);
  for (const { afterMs, talkMs } of answers) {
    expect(afterMs).toBeGreaterThanOrEqual(2000);
    expect(afterMs).toBeLessThanOrEqual(8000);
    expect(talkMs).toBeLessThanOrEqual(90_000);
  }
  expect(answers.some(({ pauseMs }) => pauseMs !== undefined)).toBe(true);
  expect(new Set(plans.map(({ does }) => does))).toEqual(new Set(['answer', 'decline', 'let-it-ring', 'step-away']));
});
