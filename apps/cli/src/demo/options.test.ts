import { expect, test } from 'vitest';
import { DemoRefused, demoOptions } from './options.ts';

test('without options eight calls a minute meet six agents, until it is ended', () => {
  expect(demoOptions([])).toEqual({ rate: 8, agents: 6, seed: 1, forMs: undefined });
});

test('each option is taken', () => {
  expect(demoOptions(['--rate', '20', '--agents=2', '--for', '10m', '--seed', '9'])).toEqual({
    rate: 20,
    agents: 2,
    seed: 9,
    forMs: 600_000,
  });
});

test.each([
  [['--rate', 'fast'], '--rate'],
  [['--rate', '0'], '--rate'],
  [['--agents', '1.5'], '--agents'],
  [['--agents', '99'], '--agents'],
  [['--for', 'ever'], '--for'],
  [['--for', '0s'], '--for'],
  [['--for', '999999h'], '--for'],
  [['--rate', '--agents', '3'], '--rate'],
  [['--seed', 'x'], '--seed'],
  [['--colour', 'red'], '--rate'],
  [['now'], '--rate'],
])('%j is refused in a sentence that names %s', (args, named) => {
  expect(() => demoOptions(args)).toThrow(DemoRefused);
  expect(() => demoOptions(args)).toThrow(named);
  expect(() => demoOptions(args)).toThrow(/^[^\n]+\.$/);
});
