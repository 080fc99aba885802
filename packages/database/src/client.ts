import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { inOurWords } from './errors.ts';
import { PrismaClient } from './generated/client.ts';

const connectTimeoutMs = 5000;
const poolSize = 10;

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
  return {
    prisma,
    close: async (): Promise<void> => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};

export type PrismaConnection = ReturnType<typeof connectPrisma>['prisma'];
