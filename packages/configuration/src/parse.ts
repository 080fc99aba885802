import type { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';

/** The environment as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the schema's variables. An empty variable counts as absent, as in most shells' scripts and in Compose files.
 * @throws ConfigurationError naming the first variable that is wrong.
 */
export const parse = <Schema extends z.ZodObject>(schema: Schema, environment: Environment): z.output<Schema> => {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? 'The environment');
  throw new ConfigurationError(
    given[name] === undefined
      ? `${name} is missing: set it (it ${issue?.message ?? 'is required'}).`
      : `${name}${secret(name) ? '' : ` (now "${given[name]}")`} ${issue?.message ?? 'is wrong'}.`,
  );
};

/** What such a variable holds is not repeated in a message. */
const secret = (name: string): boolean => /PASSWORD|_URL$/.test(name);
