import type { Readiness } from '@cordboard/contracts';
import type { Database } from '@cordboard/database';
import type { Control } from './control.ts';
import type { Feed } from './feed/feed.ts';
import type { Redis } from './foundations.ts';

const patienceMs = 1000;
/** However often one asks, the servers are asked once a second. */
const rememberedMs = 1000;

/** Whether everything that the API leans on answers. */
export const createReadiness = (parts: {
  readonly redis: Redis;
  readonly database: Pick<Database, 'users'>;
  readonly control: Pick<Control, 'isAlive' | 'journal' | 'disk'>;
  readonly feed: Pick<Feed, 'isCaughtUp'>;
}): (() => Promise<Readiness>) => {
  let last: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;
  return () => {
    if (last === undefined || Date.now() - last.at > rememberedMs) last = { at: Date.now(), answer: look(parts) };
    return last.answer;
  };
};

const look = async ({ redis, database, control, feed }: Parameters<typeof createReadiness>[0]): Promise<Readiness> => {
  const [redisCheck, databaseCheck] = await Promise.all([
    check(redis.ping(), 'Redis does not answer: check REDIS_URL.'),
    check(database.users.byId('nobody'), 'PostgreSQL does not answer: check DATABASE_URL.'),
  ]);
  const checks = {
    redis: redisCheck,
    database: databaseCheck,
    callControl: control.isAlive
      ? fine
      : amiss('Nothing has been heard of call control for 2 s: is apps/stasis running?'),
    journal: control.journal ?? fine,
    disk: control.disk ?? fine,
    feed: feed.isCaughtUp ? fine : amiss('The facts told so far are still being read.'),
  };
  return { ready: Object.values(checks).every(({ ok }) => ok), checks };
};

const fine = { ok: true, because: 'answers' };
const amiss = (because: string) => ({ ok: false, because });

/** Whatever goes wrong, what is the matter is that there was no answer. */
const check = async (asking: Promise<unknown>, otherwise: string) => {
  const late = new Promise<typeof fine>((resolve) => setTimeout(resolve, patienceMs, amiss(otherwise)));
  return Promise.race([asking.then(() => fine).catch(() => amiss(otherwise)), late]);
};
