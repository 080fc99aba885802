import { readServiceConfiguration } from '@cordboard/configuration';
import { noteWrapUpCode, recordCall, saveDesk } from '@cordboard/contracts';
import { type CallFact, type CallId, instant } from '@cordboard/core';
import { connectDatabase, listenForChanges } from '@cordboard/database';
import {
  announce,
  beat,
  connectRedis,
  type FollowFactsOptions,
  followFacts,
  readerLags,
  readOffset,
  regularly,
  saveOffset,
  tellFigures,
} from '@cordboard/redis';
import { createJobs } from '@cordboard/redis/jobs';
import { giveWayToCalls, live } from '@cordboard/service';
import { createLogger, createMetrics } from '@cordboard/telemetry';
import { announcedOf } from './announced-of.ts';
import { Announcer, everything } from './announcer.ts';
import { forwardFacts } from './forward-facts.ts';
import { keepFacts } from './keep-facts.ts';
import { createNewestPolicy } from './newest-policy.ts';
import { measureJobs, observeJobs } from './observe.ts';
import { removeOld } from './voicemail/remove-old.ts';
import { workOnVoicemail } from './voicemail/voicemail-jobs.ts';
import { createWriteRecords } from './write-records.ts';

const beatEveryMs = 500;
const figuresEveryMs = 5000;
/** A day can be exported for so long. */
const factsKeptMs = 14 * 24 * 3_600_000;
const lookForOldEveryMs = 600_000;

live(async ({ atEnd, signal }) => {
  giveWayToCalls();
  const configuration = readServiceConfiguration(process.env);
  const { redisUrl, databaseUrl, logLevel } = configuration;
  const log = createLogger({ name: 'worker', level: logLevel });
  const metrics = createMetrics('worker');
  atEnd(() => log.info('stopped'));
  signal.addEventListener('abort', () => log.info('asked to stop'));

  const database = connectDatabase(databaseUrl, (error) => log.warn({ err: error }, 'PostgreSQL broke a connection'));
  atEnd(() => database.close());
  const redis = connectRedis(redisUrl, {
    name: 'worker',
    onError: (error) => log.warn({ err: error }, 'Redis is away'),
    onReady: () => {
      log.info('Redis is there');
      // It may have lost what it was told.
      announcer.ask(...everything);
    },
  });
  atEnd(() => redis.disconnect());

  const announcer = new Announcer({
    policy: createNewestPolicy(database.policies, (version, error) =>
      log.error({ version, err: error }, 'a policy cannot be read: the one before stays in force, publish another'),
    ),
    directory: async () => ({
      agents: await database.agents.list(),
      // Their passwords are Asterisk's business alone.
      phones: (await database.phones.list()).map(({ extension, name, desk }) => ({ extension, name, desk })),
    }),
    tell: {
      policy: (policy) => announce(redis, 'policy', policy),
      directory: (directory) => announce(redis, 'directory', directory),
      provisioning: () => announce(redis, 'provisioning'),
      messages: async () => {
        await eraseDeleted();
        await announce(redis, 'messages');
      },
    },
    onAnnounced: (what) => log.info({ what }, 'announced'),
    onFailure: (what, error) => log.warn({ what, err: error }, 'could not be announced'),
  });
  atEnd(() => announcer.stop());
  const changes = listenForChanges(databaseUrl, {
    onChange: (table) => announcer.ask(...announcedOf(table)),
    onListening: () => log.info('PostgreSQL tells of changes'),
    onLost: (error) => log.warn({ err: error }, 'PostgreSQL is away'),
  });
  atEnd(() => changes.close());

  const jobs = createJobs(redisUrl, {
    name: 'worker',
    onError: (error) => log.warn({ err: error }, 'Redis is away: jobs wait'),
  });
  atEnd(() => jobs.close());
  const observe = observeJobs(log, metrics);
  measureJobs(metrics, jobs);
  jobs.work(
    recordCall,
    async ({ call, facts }) => {
      await database.calls.record(facts as readonly CallFact[]);
      observe.done(recordCall.name, call);
    },
    { onFailed: observe.failed },
  );
  jobs.work(
    noteWrapUpCode,
    async ({ call, code }) => {
      await database.calls.noteWrapUpCode(call as CallId, code);
      observe.done(noteWrapUpCode.name, call);
    },
    { onFailed: observe.failed },
  );

  jobs.work(
    saveDesk,
    async ({ extension, desk, at }) => {
      await database.phones.set(extension, desk, new Date(at));
      observe.done(saveDesk.name);
    },
    { onFailed: observe.failed },
  );

  if (configuration.smtp === undefined) log.info('no e-mail is sent: set SMTP_URL and SMTP_FROM to have messages sent');
  const eraseDeleted = workOnVoicemail({ jobs, database, configuration, observe });

  const { voicemailDays } = configuration;
  const tidy = async (): Promise<void> => {
    const count = await removeOld(database.voicemails, voicemailDays, Date.now());
    if (count > 0) log.info({ count, days: voicemailDays }, 'messages were kept as long as they may be: deleted');
  };
  atEnd(regularly(lookForOldEveryMs, tidy, (error) => log.warn({ err: error }, 'old messages could not be deleted')));

  /** How far each reader of the facts has come. */
  const read = new Map<string, string>();
  const followAs =
    (reader: string) =>
    (options: FollowFactsOptions): Promise<void> =>
      followFacts(redis, { ...options, onRead: (offset) => void read.set(reader, offset) });
  metrics.measure(
    'cordboard_fact_reader_lag_seconds',
    'For how long what a reader of the facts has not read yet has been told.',
    ['reader'],
    () => readerLags(redis, read),
  );
  const writeRecords = createWriteRecords({
    write: (calls) => database.calls.recordAll(calls),
    onWritten: (call) => observe.done(recordCall.name, call),
    onFailure: (error) => log.warn({ err: error }, 'records could not be written at once: they wait as jobs'),
  });
  const forwarding = forwardFacts({
    follow: followAs('records'),
    offset: {
      read: (reader) => readOffset(redis, reader),
      save: (reader, offset) => saveOffset(redis, reader, offset),
    },
    writeRecords,
    jobs,
    signal,
    onMalformed: ({ offset, error }) => log.error({ offset, err: error }, 'an entry is no fact, it is passed over'),
  });
  atEnd(() => forwarding);

  const keeping = keepFacts({
    follow: followAs('kept-facts'),
    kept: database.keptFacts,
    signal,
    onFailure: (error) => log.warn({ err: error }, 'what happened could not be kept for replay, tried again soon'),
  });
  atEnd(() => keeping);

  const onError = (error: Error): void => log.warn({ err: error }, 'something done regularly failed');
  atEnd(regularly(beatEveryMs, () => beat(redis, 'worker', {}), onError));
  const forgetOld = async (): Promise<void> => {
    await database.keptFacts.forgetBefore(instant(Date.now() - factsKeptMs));
  };
  atEnd(regularly(lookForOldEveryMs, forgetOld, onError));
  atEnd(regularly(figuresEveryMs, async () => tellFigures(redis, 'worker', await metrics.figures()), onError));
});
