import { createLogger } from '@cordboard/telemetry';
import { expect, test } from 'vitest';
import { toldToPeople } from './told-to-people.ts';

test.each([
  ['{"level":"info","msg":"listening"}', undefined],
  ['{"level":"warn","msg":"Asterisk is older than 22.10.1"}', 'Asterisk is older than 22.10.1'],
  ['{"level":"error","msg":"a job failed","err":{"message":"no route"}}', 'a job failed: no route'],
  ['{"level":"error"}', 'a warning without words'],
  ['    at main (main.js:1:1)', '    at main (main.js:1:1)'],
  ['{ not json', '{ not json'],
  ['', undefined],
])('of %j a person is told %j', (line, told) => {
  expect(toldToPeople(line)).toBe(told);
});

test('what our own loggers write is understood', () => {
  const lines: string[] = [];
  const log = createLogger({ name: 'api', to: { write: (line) => lines.push(line) } });
  log.info('listening');
  log.warn({ err: new Error('connection refused') }, 'Redis is away');
  log.error('a job failed');
  expect(lines.map(toldToPeople)).toEqual([undefined, 'Redis is away: connection refused', 'a job failed']);
});
