import { setTimeout as pause } from 'node:timers/promises';
import { connectDatabase } from '@cordboard/database';
import { askControl, connectRedis, followFacts, whenReady } from '@cordboard/redis';
import { NotWav, type Phone, type PhoneCall, RegistrationFailed, startPhone, toneBegins } from '@cordboard/sip-lab';
import type { Closing } from '../closing.ts';
import type { Walk } from './hop.ts';
import { type ReservedPhone, reservePhones } from './reserved.ts';

/** A running system, from outside. */
export interface SelftestParts {
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly sip: { readonly host: string; readonly port: number };
  readonly spawn: Parameters<typeof startPhone>[0]['spawn'];
  /** For the phones' files; it is made and taken away by others. */
  readonly folder: string;
  readonly closing: Closing;
}

type Facts = Parameters<Parameters<typeof followFacts>[1]['onFacts']>[0];
type Fact = Facts[number]['fact'];

const soonMs = 5000;
/** Phones are told to Asterisk by way of the database's notice, the worker and call control. */
const provisionedWithinMs = 10_000;
const lookEveryMs = 20;
/** Of the phones' microphones: none is a harmonic of another. */
const tones = { caller: 440, called: 880 } as const;

/**
 * One call through the whole system, from a phone to a phone that are reserved for it: what people hear, what is told,
 * what is written down. Everything it made is gone when `closing` is closed.
 * @throws HopFailed at the first hop that fails
 */
export const runSelftest = async (parts: SelftestParts, walk: Walk): Promise<void> => {
  const { url, databaseUrl, redisUrl, closing } = parts;
  await walk.hop('the API says that it is ready', 'run npm run doctor, and read the logs beside the data', async () => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(soonMs) });
    if (!response.ok) throw new Error(`it answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  });
  const database = connectDatabase(databaseUrl);
  closing.add(() => database.close());
  const redis = connectRedis(redisUrl, { name: 'selftest' });
  closing.add(async () => redis.disconnect());
  await walk.hop('Redis takes commands', 'check REDIS_URL', () => whenReady(redis, soonMs));
  const told: Fact[] = [];
  const stop = new AbortController();
  const following = followFacts(redis, {
    from: 'new',
    signal: stop.signal,
    onFacts: (entries) => void told.push(...entries.map(({ fact }) => fact)),
  });
  closing.add(async () => {
    stop.abort();
    await following;
  });

  const [caller, called] = await walk.hop('PostgreSQL takes two phones', 'check DATABASE_URL', () =>
    reservePhones(database, closing),
  );
  const [from, to] = await walk.hop('Asterisk knows them and lets them register', 'read the log of stasis', async () =>
    Promise.all([register(parts, caller, tones.caller), register(parts, called, tones.called)]),
  );
  const isOfOurs = (fact: Fact): boolean => fact.type === 'CallArrived' && fact.ani === caller.extension;
  const dialled = await walk.hop('a call is let in, and the phone rings', 'read the log of stasis', async () => {
    const outgoing = await from.dial(called.extension);
    const incoming = await to.nextIncoming({ withinMs: soonMs });
    return { outgoing, incoming };
  });
  const { outgoing, incoming } = dialled;
  const call = await walk.hop('call control has told of the call', 'look at Redis: XINFO STREAM of the facts', () =>
    found('the call is not among the facts', () => {
      const fact = told.find(isOfOurs);
      return fact !== undefined && 'call' in fact ? fact.call : undefined;
    }),
  );
  await walk.hop('it is answered, and both are through', 'read the log of stasis', async () => {
    await incoming.answer();
    await Promise.all([outgoing.established({ withinMs: soonMs }), incoming.established({ withinMs: soonMs })]);
  });
  await walk.hop('the phone hears the caller', soundAdvice, () => hears(incoming, tones.caller));
  await walk.hop('the caller hears the phone', soundAdvice, () => hears(outgoing, tones.called));
  await walk.hop('one hangs up, and the other is let go', 'read the log of stasis', async () => {
    await incoming.hangUp();
    await outgoing.ended({ withinMs: soonMs });
  });
  await walk.hop('call control has told of its end', 'read the log of stasis', () =>
    found('its end is not among the facts', () => told.find((fact) => fact.type === 'CallEnded' && fact.call === call)),
  );
  await walk.hop('its record is written', 'read the log of the worker', () =>
    found('there is no record of it', () => database.calls.byId(call)),
  );
  await walk.hop('call control still answers', 'read the log of stasis', async () => {
    const reply = await askControl(redis, { type: 'hang-up', call }, 'selftest');
    if (reply.ok) throw new Error('the call was still there');
  });
};

const soundAdvice = 'let RTP through: the ports are in the README, and CORDBOARD_RTP_PORTS changes them';

/** Registers as soon as Asterisk knows the phone. */
const register = async (
  { sip, spawn, folder, closing }: SelftestParts,
  { extension, password }: ReservedPhone,
  tone: number,
): Promise<Phone> => {
  const phone = await startPhone({ spawn, folder, registrar: sip, extension, password, tone });
  closing.add(() => phone.stop());
  const giveUpAt = Date.now() + provisionedWithinMs;
  for (let registering = phone.registered; ; registering = phone.register()) {
    try {
      await registering;
      return phone;
    } catch (error) {
      if (!(error instanceof RegistrationFailed) || Date.now() > giveUpAt) throw error;
      await pause(5 * lookEveryMs);
    }
  }
};

const hears = (call: PhoneCall, tone: number): Promise<true> =>
  found(`no tone of ${tone} Hz arrives`, async () => {
    try {
      return toneBegins(await call.heard(), tone) === undefined ? undefined : true;
    } catch (error) {
      // The phone has not written anything down yet.
      if (error instanceof NotWav) return undefined;
      throw error;
    }
  });

const found = async <T>(otherwise: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  const giveUpAt = Date.now() + soonMs;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > giveUpAt) throw new Error(otherwise);
    await pause(lookEveryMs);
  }
};
