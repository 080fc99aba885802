import { expect, test } from 'vitest';
import type { Admission } from '../policy/admission.ts';
import { instant } from '../time.ts';
import { Gate } from './gate.ts';

const limits: Admission = { mostCalls: 10, mostLagMs: 200, mostLoad: 4, treatment: { is: 'busy', elsewhere: false } };
const s = (seconds: number) => instant(seconds * 1000);

test('the number of calls counts as it is: each place that becomes free is taken', () => {
  const gate = new Gate();
  expect(gate.objection(limits, 9)).toBeUndefined();
  expect(gate.objection(limits, 10)).toBe('10 calls, limit 10');
  expect(gate.objection(limits, 9)).toBeUndefined();
});

test('a strain stands against calls from the first report until it has eased for five seconds', () => {
  const gate = new Gate();
  gate.report({ lagMs: 310.4 }, limits, s(1));
  expect(gate.objection(limits, 0)).toBe('event loop 310 ms late, limit 200 ms');
  for (const second of [2, 3, 4, 5, 6]) gate.report({ lagMs: 20 }, limits, s(second));
  expect(gate.objection(limits, 0)).toBeDefined();
  gate.report({ lagMs: 20 }, limits, s(7));
  expect(gate.objection(limits, 0)).toBeUndefined();
});

test('who stands at the limit does not go to and fro: just below it is not eased', () => {
  const gate = new Gate();
  gate.report({ lagMs: 0, load: 4.256 }, limits, s(1));
  expect(gate.objection(limits, 0)).toBe('load of Asterisk 4.26, limit 4');
  for (let second = 2; second < 60; second += 1) gate.report({ lagMs: 0, load: 3.9 }, limits, s(second));
  expect(gate.objection(limits, 0)).toBeDefined();
  for (const second of [60, 63, 65]) gate.report({ lagMs: 0, load: 1 }, limits, s(second));
  expect(gate.objection(limits, 0)).toBeUndefined();
});

test('a policy without limits ends a strain, and a load that is not known is none', () => {
  const gate = new Gate();
  gate.report({ lagMs: 500 }, limits, s(1));
  gate.report({ lagMs: 500 }, undefined, s(2));
  expect(gate.objection(limits, 0)).toBeUndefined();
  gate.report({ lagMs: 0 }, limits, s(3));
  expect(gate.objection(limits, 0)).toBeUndefined();
});

test('turning away begins with the first caller, and is over once, when there has been room for a while', () => {
  const gate = new Gate();
  expect(gate.turnedAway('10 calls, limit 10', s(1))).toBe(true);
  expect(gate.turnedAway('10 calls, limit 10', s(2))).toBe(false);
  expect(gate.limited).toEqual({ since: s(1), because: '10 calls, limit 10', turnedAway: 2 });
  expect(gate.settled(limits, 9, s(6))).toBeUndefined();
  expect(gate.settled(limits, 10, s(8))).toBeUndefined();
  expect(gate.settled(limits, 9, s(8))).toMatchObject({ turnedAway: 2 });
  expect(gate.settled(limits, 9, s(9))).toBeUndefined();
});
