import { expect, test } from 'vitest';
import { checkNode } from './machine.ts';

test.each([
  ['18.20.4', 'broken'],
  ['20.18.9', 'broken'],
  ['20.19.0', 'fine'],
  ['22.1.0', 'fine'],
])('Node %s is %s', (version, state) => {
  expect(checkNode(version).state).toBe(state);
});
