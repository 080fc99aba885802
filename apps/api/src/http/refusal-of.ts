import { DatabaseRefusal, DatabaseUnavailable } from '@cordboard/database';
import { RedisUnavailable } from '@cordboard/redis';
import { Refusal, type RefusalCode } from './refusal.ts';

/**
 * What a thrown error means to the one who asked. Only what we know is told; of anything else just that it happened, since
 * a message from inside may carry what is nobody's business.
 */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseRefusal) return databaseRefusal(error);
  if (error instanceof DatabaseUnavailable)
    return new Refusal('database-unavailable', 'PostgreSQL does not answer. Try again in a moment.', {
      headers: comeBack,
      cause: error,
    });
  if (error instanceof RedisUnavailable)
    return new Refusal('redis-unavailable', 'Redis does not answer. Try again in a moment.', {
      headers: comeBack,
      cause: error,
    });
  return ofTheBody(error) ?? new Refusal('internal-error', 'This has been logged. Try again.', { cause: error });
};

const comeBack = { 'retry-after': '2' };

const databaseCodes: Record<DatabaseRefusal['reason'], readonly [RefusalCode, string]> = {
  'already-there': ['already-there', 'Another one has this already: choose another.'],
  'in-use': ['in-use', 'Something else still refers to this: change that first.'],
  'unknown-reference': ['unknown-reference', 'This refers to something that does not exist: create it first.'],
  'not-found': ['not-found', 'There is none by this name.'],
  invalid: ['invalid', 'The database does not accept a value: change it.'],
};

const databaseRefusal = (error: DatabaseRefusal): Refusal => {
  const [code, detail] = databaseCodes[error.reason];
  return new Refusal(code, error.constraint === undefined ? detail : `${detail} (${error.constraint})`, {
    cause: error,
  });
};

/** The words of body-parser (https://github.com/expressjs/body-parser#errors) and of Express's router. */
const ofTheBody = (error: unknown): Refusal | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { type, status } = error as { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.parse.failed':
      return new Refusal('invalid-json', 'Send a JSON object.', { cause: error });
    case 'entity.too.large':
      return new Refusal('too-large', 'Send 256 kB at most.', { cause: error });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new Refusal('unsupported-media-type', 'Send JSON in UTF-8.', { cause: error });
  }
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Refusal('invalid-request', 'The request cannot be read: check its address and its headers.', { cause: error })
    : undefined;
};
