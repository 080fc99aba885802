import { expect, test } from 'vitest';
import { toldToPeople } from './told-to-people.ts';

test.each([
  ['{"level":30,"msg":"listening"}', undefined],
  ['{"level":40,"msg":"Asterisk is older than 22.10.1"}', 'Asterisk is older than 22.10.1'],
  ['{"level":50,"msg":"a job failed","err":{"message":"no route"}}', 'a job failed: no route'],
  ['{"level":50}', 'a warning without words'],
  ['    at main (main.js:1:1)', '    at main (main.js:1:1)'],
  ['{ not json', '{ not json'],
  ['', undefined],
])('of %j a person is told %j', (line, told) => {
  expect(toldToPeople(line)).toBe(told);
});
