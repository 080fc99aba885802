import type { QueueSnapshot } from '@cordboard/core';
import { describe, expect, test } from 'vitest';
import { queueLevel, serviceLevelLevel, waitLevel } from './queue-level.ts';

const target = { answerWithinMs: 20_000, goal: 0.8 };
const aQueue = (changes: Partial<QueueSnapshot> = {}, serviceLevel: number | null = null): QueueSnapshot =>
  ({
    target,
    waiting: 0,
    longest: null,
    members: { ready: 1, offered: 0, talking: 0, wrapUp: 0, paused: 0, signedOut: 0 },
    today: { serviceLevel },
    ...changes,
  }) as QueueSnapshot;
const waitingSince = (since: number) => ({ waiting: 1, longest: { since } }) as Partial<QueueSnapshot>;

describe('a wait', () => {
  test.each([
    [20_000, 'fine'],
    [20_001, 'look'],
    [60_000, 'look'],
    [60_001, 'act'],
  ])('of %d ms against a target of 20 s: %s', (waitedMs, level) => {
    expect(waitLevel(waitedMs, target)).toBe(level);
  });

  test('is measured against the queue’s own target', () => {
    expect(waitLevel(50_000, { answerWithinMs: 60_000, goal: 0.8 })).toBe('fine');
  });
});

describe('a service level', () => {
  test.each([
    [0.8, 'fine'],
    [0.79, 'look'],
    [0.61, 'look'],
    [0.59, 'act'],
    [null, 'fine'],
  ])('of %s against a goal of 80 %%: %s', (serviceLevel, level) => {
    expect(serviceLevelLevel({ target, today: { serviceLevel } as QueueSnapshot['today'] })).toBe(level);
  });
});

describe('a queue', () => {
  test('in which nobody waits and nothing was lost is fine', () => {
    expect(queueLevel(aQueue(), 0)).toEqual({ level: 'fine', because: undefined });
  });

  test('says the gravest that holds', () => {
    expect(queueLevel(aQueue(waitingSince(0), 0.5), 25_000)).toEqual({ level: 'act', because: 'service-level' });
    expect(queueLevel(aQueue(waitingSince(0), 0.5), 90_000)).toEqual({ level: 'act', because: 'wait' });
    expect(queueLevel(aQueue(waitingSince(0), 0.9), 25_000)).toEqual({ level: 'look', because: 'wait' });
  });

  test('in which callers wait and no one can answer wants action at once', () => {
    const members = { ready: 0, offered: 0, talking: 0, wrapUp: 0, paused: 2, signedOut: 3 };
    expect(queueLevel(aQueue({ ...waitingSince(0), members }), 0)).toEqual({ level: 'act', because: 'nobody' });
    expect(queueLevel(aQueue({ members }), 0)).toEqual({ level: 'fine', because: undefined });
  });
});
