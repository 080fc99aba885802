import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { CallFact } from '../fact/fact.ts';
import type { AgentId, CallId } from '../ids.ts';
import { type WhyStep, whyOf } from './why.ts';

const factsOf = (floor: Floor, call: CallId): readonly CallFact[] =>
  floor.facts.filter((fact): fact is CallFact => 'call' in fact && fact.call === call);
const whyIn = (floor: Floor, call: CallId) => whyOf(factsOf(floor, call));
const stepsOf = <Is extends WhyStep['is']>(floor: Floor, call: CallId, is: Is) =>
  (whyIn(floor, call)?.steps ?? []).filter((step): step is Extract<WhyStep, { is: Is }> => step.is === is);

test('[F12] a call through the menu tells its number, each node with the reason, its place in line, and every candidate', () => {
  const floor = new Floor().signIn('ana', 'ben');
  floor.ask('ben', { to: 'pause', reason: 'lunch' });
  const call = floor.arrive('+33170000010');
  floor.promptEnds(call);
  floor.presses(call, '2');
  expect(whyIn(floor, call)?.steps.map(({ is }) => is)).toEqual([
    'number-dialled',
    ...['node-reached', 'node-reached', 'node-reached'],
    'key-pressed',
    'node-reached',
    'queued',
    'offered',
  ]);
  expect(stepsOf(floor, call, 'number-dialled')).toMatchObject([{ dnis: '+33170000010', policyVersion: 1 }]);
  expect(stepsOf(floor, call, 'node-reached').at(-1)).toMatchObject({ node: 'support', because: 'pressed 2' });
  expect(stepsOf(floor, call, 'queued')).toMatchObject([{ queue: 'support', priority: 0, position: 1 }]);
  const [offered] = stepsOf(floor, call, 'offered');
  expect(offered).toMatchObject({ agent: 'ana', outcome: null, afterMs: null, decision: { policyVersion: 1 } });
  expect(offered?.decision.candidates.map(({ agent, reason }) => [agent, reason])).toEqual([
    ['ana', expect.stringContaining('idle longest')],
    ['ben', 'paused: lunch'],
    ['chloe', 'signed out'],
  ]);
});

test('each offer says when the phone rang and how it ended, and the next one begins anew', () => {
  const floor = new Floor().signIn('ana', 'ben');
  const call = floor.arrive('+33170000011');
  floor.after(40).happen(call, { type: 'LegRinging', leg: floor.legOf(call) });
  floor.after(2000).legEnds(call, 'refused');
  floor.after(3000).answers(call);
  expect(stepsOf(floor, call, 'offered')).toMatchObject([
    { agent: 'ana', rangAfterMs: 40, outcome: 'refused', afterMs: 2040 },
    { agent: 'ben' as AgentId, rangAfterMs: null, outcome: 'accepted', afterMs: 3000 },
  ]);
  expect(stepsOf(floor, call, 'answered')).toMatchObject([{ agent: 'ben', queue: 'support', waitedMs: 5040 }]);
});

test('an extension that nobody answers says so', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000101');
  floor.timePasses(call, 20_000);
  expect(stepsOf(floor, call, 'extension-rung')).toMatchObject([
    { extension: '101', outcome: 'no-answer', afterMs: 20_000 },
  ]);
});

test('a caller who leaves while a phone rings ends the offer', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000101');
  floor.after(500).callerHangsUp(call);
  expect(stepsOf(floor, call, 'extension-rung')).toMatchObject([{ outcome: 'caller-left', afterMs: 500 }]);
  expect(whyIn(floor, call)).toMatchObject({ ended: true });
});

test('facts in any order give the same answer; a missing one is noticed; none give none', () => {
  const floor = new Floor().signIn('ana');
  const call = floor.arrive('+33170000011');
  const facts = factsOf(floor, call).map((fact, index) => ({ ...fact, n: index + 1 }));
  expect(whyOf(facts.toReversed())).toEqual(whyOf(facts));
  expect(whyOf(facts)).toMatchObject({ ended: false, complete: true });
  expect(whyOf(facts.slice(1))?.complete).toBe(false);
  expect(whyOf([])).toBeUndefined();
});
