import { instant } from '@cordboard/core';
import { expect, test } from 'vitest';
import { Breaker } from './breaker.ts';

const s = (seconds: number) => instant(seconds * 1000);

/** Nobody answers, three times in a row. */
const opened = (): Breaker => {
  const breaker = new Breaker();
  expect([s(1), s(2), s(3)].map((at) => breaker.failed(at))).toEqual([false, false, true]);
  return breaker;
};

test('two failures, and an answer in between, are no reason not to ask', () => {
  const breaker = new Breaker();
  for (const at of [s(1), s(2)]) breaker.failed(at);
  expect(breaker.answered()).toBeUndefined();
  for (const at of [s(3), s(4)]) breaker.failed(at);
  expect(breaker.mayAsk(s(5))).toBe(true);
});

test('after three in a row nobody asks for five seconds; then one tries, alone', () => {
  const breaker = opened();
  expect([s(3), s(7.9), s(8), s(8), s(20)].map((at) => breaker.mayAsk(at))).toEqual([false, false, true, false, false]);
});

test('when that one is answered all ask again, and it is told how many were left out', () => {
  const breaker = opened();
  for (const at of [s(4), s(5), s(8)]) breaker.mayAsk(at);
  expect(breaker.answered()).toBe(2);
  expect(breaker.answered()).toBeUndefined();
  expect(breaker.mayAsk(s(9))).toBe(true);
});

test('when it is not, the next tries five seconds later; it has opened once', () => {
  const breaker = opened();
  breaker.mayAsk(s(8));
  expect(breaker.failed(s(9))).toBe(false);
  expect([s(13.9), s(14)].map((at) => breaker.mayAsk(at))).toEqual([false, true]);
});

test('who was asked before, and fails late, does not put off the next try', () => {
  const breaker = opened();
  expect(breaker.failed(s(7))).toBe(false);
  expect(breaker.mayAsk(s(8))).toBe(true);
});
