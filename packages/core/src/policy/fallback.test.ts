import { aPolicy } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { AgentId, Extension } from '../ids.ts';
import { fallbackExtensions } from './fallback.ts';

const phoneOf = new Map([
  ['ana', '101'],
  ['ben', '102'],
]) as unknown as ReadonlyMap<AgentId, Extension>;

test('the phones of the queue that a caller reaches who does nothing', () => {
  expect(fallbackExtensions(aPolicy(), phoneOf)).toEqual(['101', '102']);
});

test('a number that leads to one extension rings that', () => {
  const policy = aPolicy();
  expect(fallbackExtensions({ ...policy, numbers: policy.numbers.slice(2) }, phoneOf)).toEqual(['101']);
});

test('a policy without numbers rings nobody', () => {
  expect(fallbackExtensions(aPolicy({ numbers: [] }), phoneOf)).toEqual([]);
});
