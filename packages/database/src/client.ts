import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { asking, inOurWords } from './errors.ts';
import { PrismaClient } from './generated/client.ts';

const connectTimeoutMs = 5000;
const poolSize = 10;

/** A question that is asked in every call, as it is known to PostgreSQL. */
export interface Question {
  /** PostgreSQL prepares it once for each connection, by this name. */
  readonly name: string;
  /** `$1`, `$2` … stand for what is given. */
  readonly text: string;
}

/**
 * Asks PostgreSQL itself, past Prisma: a third of the processor time, for what is asked in every call.
 *
 * @returns the rows. @throws DatabaseUnavailable, DatabaseRefusal
 */
export type Ask = <Row extends object>(question: Question, ...given: readonly unknown[]) => Promise<readonly Row[]>;

/** Prisma over a pool of our own. Each operation throws `DatabaseUnavailable` and `DatabaseRefusal` in place of Prisma's errors. */
export const connectPrisma = (databaseUrl: string, onError?: (error: Error) => void) => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'cordboard',
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the pool; the next question opens another.
  pool.on('error', (error) => onError?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw inOurWords(error);
        }
      },
    },
  });
  const ask: Ask = async <Row extends object>({ name, text }: Question, ...given: readonly unknown[]) => {
    const { rows } = await asking(pool.query<Row>({ name, text, values: [...given] }));
    return rows;
  };
  return {
    prisma,
    ask,
    close: async (): Promise<void> => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};

export type PrismaConnection = ReturnType<typeof connectPrisma>['prisma'];
