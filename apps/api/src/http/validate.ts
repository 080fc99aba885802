import type { Problem } from '@cordboard/contracts';
import type { z } from 'zod';
import { Refusal } from './refusal.ts';

type Faults = NonNullable<Problem['errors']>;

/**
 * Reads one part of a request by its schema.
 * @throws Refusal `invalid` naming every path that is not as it should be.
 */
export const validate = <Value>(part: 'path' | 'query' | 'body', schema: z.ZodType<Value>, given: unknown): Value => {
  const unstorable = findUnstorable(given);
  if (unstorable !== undefined) throw invalid(part, [unstorable]);
  const { data, error, success } = schema.safeParse(given);
  if (success) return data;
  throw invalid(
    part,
    error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            path: [...issue.path, key].join('.'),
            message: 'There is no such field: leave it out.',
          }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    ),
  );
};

const invalid = (part: string, errors: Faults): Refusal =>
  new Refusal('invalid', `The ${part} is not as it should be: see errors.`, { errors });

/** PostgreSQL keeps neither NUL nor half a surrogate pair: https://www.postgresql.org/docs/18/datatype-json.html */
const findUnstorable = (given: unknown): Faults[number] | undefined => {
  const pending: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: given }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && !isStorable(value))
      return { path, message: 'This text holds characters that cannot be kept: remove control characters.' };
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) return { path, message: 'A field name holds characters that cannot be kept.' };
        pending.push({ path: path === '' ? key : `${path}.${key}`, value: inner });
      }
  }
  return undefined;
};

const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
