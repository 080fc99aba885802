import { expect, test } from 'vitest';
import { SimulationRefused, simulateOptions } from './options.ts';

test('a policy and a day, a day alone, or an invented one', () => {
  expect(simulateOptions(['new.json', 'day.jsonl'])).toMatchObject({ policy: 'new.json', day: { file: 'day.jsonl' } });
  expect(simulateOptions(['day.jsonl', '--rows', '5'])).toMatchObject({ policy: undefined, rows: 5 });
  expect(simulateOptions(['--synthetic', 'calls=100,agents=3', '--out', 'day.jsonl'])).toMatchObject({
    policy: undefined,
    day: { synthetic: { calls: 100, agents: 3, seed: 1 } },
    out: 'day.jsonl',
  });
  expect(simulateOptions(['day.jsonl'])).toMatchObject({ load: 1, callbackShare: 0 });
  expect(simulateOptions(['day.jsonl', '--load', '1.5', '--callbacks', '0.6'])).toMatchObject({
    load: 1.5,
    callbackShare: 0.6,
  });
});

test.each([
  [[]],
  [['a', 'b', 'c']],
  [['day.jsonl', '--rows', 'many']],
  [['day.jsonl', '--load', '0.5']],
  [['day.jsonl', '--callbacks', '60']],
  [['--synthetic', 'calls=0,agents=3']],
  [['--synthetic', 'calls=100,agents=3,queues=2']],
  [['day.jsonl', '--speed', '9']],
])('%j is refused with what to write', (args) => {
  expect(() => simulateOptions(args)).toThrow(SimulationRefused);
});
