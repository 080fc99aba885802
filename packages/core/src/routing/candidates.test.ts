import { describe, expect, test } from 'vitest';
import type { Candidate, WrittenDecision } from '../fact/decision.ts';
import type { AgentId } from '../ids.ts';
import { candidatesOf, decisionAbout, wholeDecision, writeCandidates } from './candidates.ts';
import { criteria } from './rank.ts';

const [ana, ben, chloe] = ['ana', 'ben', 'chloe'] as unknown as readonly [AgentId, AgentId, AgentId];
const chosen: Candidate = {
  agent: ana,
  name: 'Ana; or 100 % |Ana|',
  chosen: true,
  reason: 'idle longest, 7.5 s',
  idleMs: 7500,
  score: [0, 0, -7500],
};
const others: readonly Candidate[] = [
  { agent: ben, name: 'Ben "B"\n', chosen: false, reason: 'paused: lunch; then | tea', idleMs: null },
  { agent: chloe, name: 'Chloé 🌻', chosen: false, reason: 'skill en 3 < 5', idleMs: 0 },
];
const decision = (candidates: WrittenDecision['candidates'], strategy: keyof typeof criteria): WrittenDecision => ({
  policyVersion: 1,
  strategy,
  rule: 'a rule',
  criteria: criteria[strategy],
  candidates,
});

describe('what is written down of those who were considered', () => {
  test('is read again as it was, whatever their names hold', () => {
    const all = [chosen, ...others];
    expect(candidatesOf(decision(writeCandidates(all), 'longest-idle'))).toEqual(all);
    expect(wholeDecision(decision(writeCandidates(all), 'longest-idle')).candidates).toEqual(all);
  });

  test('is nothing where a queue has nobody', () => {
    expect(candidatesOf(decision(writeCandidates([]), 'linear'))).toEqual([]);
  });

  test('is read as well where an earlier version wrote it one by one', () => {
    const old = decision([chosen, ...others], 'longest-idle');
    expect(candidatesOf(old)).toEqual([chosen, ...others]);
    expect(candidatesOf(decisionAbout(old, ben))).toEqual(others.slice(0, 1));
  });

  test('can be told of one alone', () => {
    const whole = decision(writeCandidates([chosen, ...others]), 'longest-idle');
    for (const each of [chosen, ...others]) expect(candidatesOf(decisionAbout(whole, each.agent))).toEqual([each]);
    expect(candidatesOf(decisionAbout(whole, 'nobody' as AgentId))).toEqual([]);
  });

  test.each([
    ['longest-idle', [0, 0, -9000], [1, 0, -9500], 'free, but has been offered this caller once, not 0 times'],
    ['longest-idle', [0, 0, -9000], [0, 2, -9500], 'free, but penalty 2 > 0'],
    ['longest-idle', [0, 0, -9000], [0, 0, -8500], 'free, but idle for only 8.5 s'],
    ['fewest-calls', [0, 0, 1, -9], [0, 0, 3, -9], 'free, but has taken 3 calls, not 1'],
    ['round-robin', [0, 0, 5, 1], [0, 0, 9, 0], 'free, but had a turn since'],
    ['linear', [0, 0, 0], [0, 0, 4], 'free, but place 5 in the list, not 1'],
    ['random', [0, 0, 17], [0, 0, 4_000_000_000], 'free, but the dice fell otherwise'],
    ['most-skilled', [0, 0, -8, -9], [0, 0, -3, -9], 'free, but levels 3 < 8'],
    ['ring-all', [0, 0], [0, 0], 'free and equal, but later by name'],
  ] as const)('by %s says why the other was not chosen: %j before %j', (strategy, best, score, reason) => {
    const other: Candidate = { agent: ben, name: 'Ben', chosen: false, reason: '', idleMs: 1, score };
    const written = decision(writeCandidates([other, { ...chosen, score: best }]), strategy);
    expect(candidatesOf(written)).toEqual([
      { ...other, reason },
      { ...chosen, score: best },
    ]);
  });
});
