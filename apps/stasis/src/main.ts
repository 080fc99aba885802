import { join } from 'node:path';
import { CallControl, type ControlObserver, systemClock } from '@cordboard/application';
import {
  AsteriskTooOld,
  askLoad,
  forgetAloneCall,
  pushConfiguration,
  readAloneCalls,
  showMessages,
} from '@cordboard/ari';
import { readServiceConfiguration } from '@cordboard/configuration';
import { connectDatabase } from '@cordboard/database';
import {
  beat,
  connectRedis,
  createAnnouncements,
  createExchangeStore,
  createLeaseStore,
  regularly,
  serveControl,
  tellFigures,
} from '@cordboard/redis';
import { live } from '@cordboard/service';
import { createLogger, createMetrics, watchLag } from '@cordboard/telemetry';
import { AloneCalls } from './alone-calls.ts';
import { countFacts } from './count-facts.ts';
import { DiskReserve } from './disk-reserve.ts';
import { handOver } from './hand-over.ts';
import { houseOf } from './house-of.ts';
import { openJournal } from './journal/journal.ts';
import { keepInStep } from './keep-in-step.ts';
import { keepAnnouncements } from './kept-announcements.ts';
import { Lamps, waitingFor } from './lamps.ts';
import { createHttpLookUps } from './look-up/http-look-ups.ts';
import { createMessageBoxes } from './message-boxes.ts';
import { numbering } from './numbering.ts';
import { obey } from './obey.ts';
import { observeAri, observeControl } from './observe.ts';
import { observeCalls } from './observe-calls.ts';
import { observeCopy } from './observe-copy.ts';
import { observeDisk } from './observe-disk.ts';
import { observeJournal } from './observe-journal.ts';
import { observeLease } from './observe-lease.ts';
import { Provisioner } from './provisioner.ts';
import { reachAsterisk } from './reach-asterisk.ts';
import { StrainWatch } from './strain-watch.ts';
import { takeAnnouncements } from './take-announcements.ts';
import { standbyOf, takeOffice } from './take-office.ts';
import { takeUp } from './take-up.ts';
import { TrunkWatch } from './trunk-watch.ts';
import { whileInControl } from './while-in-control.ts';

const beatEveryMs = 500;
/** More than all the state of a house takes, and what is written before it is written anew. */
const copyBytes = 128 * 2 ** 20;
const figuresEveryMs = 5000;

live(
  async ({ atEnd, end, signal }) => {
    const { redisUrl, databaseUrl, ari, dataFolder, httpLookUps, logLevel } = readServiceConfiguration(process.env);
    const log = createLogger({ name: 'stasis', level: logLevel });
    const metrics = createMetrics('stasis');
    atEnd(() => log.info('stopped'));
    signal.addEventListener('abort', () => log.info('stopping: calls are left in Asterisk, to be taken up again'));

    const redis = connectRedis(redisUrl, {
      name: 'stasis',
      onError: (error) => log.warn({ err: error }, 'Redis is away: calls go on from memory'),
      onReady: () => log.info('Redis is there'),
    });
    atEnd(() => redis.disconnect());
    const database = connectDatabase(databaseUrl, (error) => log.warn({ err: error }, 'PostgreSQL broke a connection'));
    atEnd(() => database.close());
    const clock = systemClock();
    const office = await takeOffice({
      store: createLeaseStore(redis),
      folder: dataFolder,
      asterisk: { ...ari, app: standbyOf(ari.app) },
      signal,
      log,
      onLost: () => {
        log.warn('another process is in control now: this one ends');
        end();
      },
    });
    const { term } = office;
    observeLease(metrics, office);
    const announced = createAnnouncements(redis);
    atEnd(() => announced.close());
    const announcements = keepAnnouncements(announced, join(dataFolder, 'announced'), (error) =>
      log.warn({ err: error }, 'the rules could not be kept on disk: free or repair the data folder'),
    );
    const diskWatch = observeDisk(log, metrics);
    const reserve = new DiskReserve({ file: join(dataFolder, 'reserve'), observer: diskWatch.observer });
    atEnd(() => reserve.stop());
    const journalWatch = observeJournal(log, metrics);
    const journal = await openJournal({ folder: join(dataFolder, 'journal'), observer: journalWatch.observer });
    atEnd(() => journal.close());
    const copy = await openJournal({
      folder: join(dataFolder, 'copy', houseOf({ redisUrl, ari })),
      mostBytes: copyBytes,
      observer: observeCopy(log, metrics),
    });
    atEnd(() => copy.close());
    const store = createExchangeStore(redis, {
      onMalformed: ({ key, field, error }) => log.error({ key, field, err: error }, 'saved state cannot be read'),
    });
    const asterisk = await reachAsterisk(
      {
        ...ari,
        others: [standbyOf(ari.app)],
        permit: () => term.permit(),
        now: clock.now,
        observer: observeAri(log, metrics),
      },
      signal,
      ({ message }) => log.warn(`Asterisk is away: ${message}`),
    );
    atEnd(() => asterisk.close());
    atEnd(() => handOver({ term, transport: asterisk.transport, log }));
    if (asterisk.warning !== undefined) log.warn(asterisk.warning);

    const { telephony, transport } = asterisk;
    const [count, note] = [countFacts(metrics), observeCalls(log)];
    const observer: ControlObserver = {
      ...observeControl(log, metrics),
      told: (facts) => {
        count(facts);
        note(facts);
      },
      factsLost: journalWatch.factsLost,
      storeTakenOver: () => term.lose(),
    };
    const lookUps = createHttpLookUps(httpLookUps);
    const boxes = createMessageBoxes(database, (error) =>
      log.warn({ err: error }, 'a box of messages cannot be opened'),
    );
    const { customers } = database;
    const control = new CallControl({
      telephony,
      store,
      journal,
      copy,
      customers,
      lookUps,
      numbering,
      boxes,
      clock,
      observer,
    });
    log.info(await takeUp({ control, store, journal, copy, announcements, signal }), 'taken up what was left');
    atEnd(() => control.stop());

    const asteriskLoad = metrics.gauge(
      'cordboard_asterisk_load',
      'The load average of Asterisk’s machine, as Asterisk said last.',
    );
    const strainWatch = new StrainWatch({
      control,
      lag: watchLag(),
      askLoad: (channel) => askLoad(transport, channel),
      onLoad: (load) => asteriskLoad.set(load),
      onFailure: (error) => log.debug({ err: error }, 'Asterisk could not be asked for its load'),
    });
    atEnd(() => strainWatch.stop());
    const trunkWatch = new TrunkWatch(control, (error) => log.warn({ err: error }, 'a carrier could not be asked'));
    atEnd(() => trunkWatch.stop());
    const provisioner = new Provisioner({
      announcements,
      kept: async () => ({ phones: await database.phones.list(), trunks: await database.trunks.list() }),
      push: (wanted) => pushConfiguration(transport, wanted),
      onPushed: ({ phones, trunks }) => {
        log.info({ phones: phones.length, trunks: trunks.length }, 'Asterisk knows phones and trunks');
        trunkWatch.pushed(trunks);
      },
      onFailure: (error) => log.warn({ err: error }, 'phones and trunks could not be pushed, tried again soon'),
    });
    atEnd(() => provisioner.stop());
    const lamps = new Lamps({
      waiting: async () => waitingFor(await database.phones.list(), await database.voicemails.counts()),
      show: (waiting) => showMessages(transport, waiting),
      onFailure: (error) => log.warn({ err: error }, 'the lamps could not be set, tried again soon'),
    });
    atEnd(() => lamps.stop());
    atEnd(
      await takeAnnouncements({
        control,
        announcements,
        onProvisioning: () => provisioner.ask(),
        onMessages: () => lamps.ask(),
        onFailure: (error) => log.warn({ err: error }, 'an announcement could not be read'),
      }),
    );

    const aloneCalls = new AloneCalls({
      read: () => readAloneCalls(transport),
      forget: (kept) => forgetAloneCall(transport, kept),
      tell: (call) => control.takenAlone(call),
      onTold: (calls) => log.info({ calls }, 'calls that Asterisk had by itself were told'),
      onFailure: (error) =>
        log.warn({ err: error }, 'calls that Asterisk had by itself could not be read, tried again soon'),
    });
    atEnd(() => aloneCalls.stop());
    const inStep = keepInStep({
      control,
      telephony,
      log,
      onConnected: () => {
        void office.settle(() => inStep.compare());
        provisioner.ask();
        lamps.showAll();
        aloneCalls.ask();
      },
    });
    atEnd(() => inStep.stop());
    metrics.measure('cordboard_asterisk_in_control', '1 while calls in Asterisk are under control.', [], () => [
      { labels: {}, value: inStep.isInControl ? 1 : 0 },
    ]);
    atEnd(
      await serveControl(redis, (ask, by) => whileInControl(term, () => obey(control.asks, ask, by)), {
        onError: (error) => log.warn({ err: error }, 'a request could not be served'),
      }),
    );
    const onError = (error: Error): void => log.warn({ err: error }, 'something done regularly failed');
    const beatIfInControl = async (): Promise<void> => {
      if (inStep.isInControl && term.isHeld)
        await beat(redis, 'call-control', {
          app: ari.app,
          journal: journalWatch.health,
          disk: diskWatch.health,
        });
    };
    atEnd(regularly(beatEveryMs, beatIfInControl, onError));
    atEnd(regularly(figuresEveryMs, async () => tellFigures(redis, 'stasis', await metrics.figures()), onError));
  },
  [AsteriskTooOld],
);
