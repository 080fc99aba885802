import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import { validate } from './validate.ts';

const schema = z.strictObject({ name: z.string().min(1), phones: z.array(z.strictObject({ extension: z.string() })) });

const faultsIn = (given: unknown): unknown => {
  try {
    validate('body', schema, given);
  } catch (error) {
    if (error instanceof Refusal) return error.errors?.map(({ path }) => path);
    throw error;
  }
  return 'none';
};

test.each([
  ['nothing', undefined, ['']],
  ['a list', [], ['']],
  ['a wrong type deep inside', { name: 'a', phones: [{ extension: 5 }] }, ['phones.0.extension']],
  ['a field too many', { name: 'a', phones: [], role: 'administrator' }, ['role']],
  ['a field too many deep inside', { name: 'a', phones: [{ extension: '1', x: 1 }] }, ['phones.0.x']],
  ['NUL, which PostgreSQL cannot keep', { name: 'a\0', phones: [] }, ['name']],
  ['half a surrogate pair', { name: 'a', phones: [{ extension: '\ud800' }] }, ['phones.0.extension']],
  ['NUL in the name of a field', { name: 'a', phones: [], 'x\0': 1 }, ['']],
])('%s is refused with its path', (_, given, paths) => {
  expect(faultsIn(given)).toEqual(paths);
});

test('what is right comes through', () => {
  expect(validate('body', schema, { name: '👩‍🚀 Zoë', phones: [] })).toEqual({ name: '👩‍🚀 Zoë', phones: [] });
});
