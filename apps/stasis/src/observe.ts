import type { ControlObserver } from '@cordboard/application';
import type { AriObserver } from '@cordboard/ari';
import type { Logger, Metrics } from '@cordboard/telemetry';

/** What call control does, as log lines and figures. */
export const observeControl = (log: Logger, metrics: Metrics): ControlObserver => {
  const commands = metrics.histogram(
    'cordboard_command_seconds',
    'From decision to acceptance by Asterisk.',
    ['command'],
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
  );
  const failures = metrics.counter('cordboard_command_failures_total', 'Requests that Asterisk did not carry out.', [
    'command',
  ]);
  const behind = metrics.gauge('cordboard_store_backlog', 'Changes that the store has not taken yet.');
  const leftOut = metrics.counter(
    'cordboard_look_ups_left_out_total',
    'Callers about whom the customer directory was not asked: it did not answer, or had enough to do.',
    ['because'],
  );
  const repaired = metrics.counter(
    'cordboard_reconciled_total',
    "Differences found between our calls and Asterisk's channels.",
    ['kind'],
  );
  return {
    commandDone: (command, tookMs) => commands.observe({ command }, tookMs / 1000),
    commandFailed: (call, command, error) => {
      failures.inc({ command });
      log.warn({ callId: call, command, err: error }, 'command failed');
    },
    storeBehind: (pending, error) => {
      behind.set(pending);
      log.warn({ pending, err: error }, 'store does not answer, changes are kept');
    },
    storeCaughtUp: () => {
      behind.set(0);
      log.info('store has caught up');
    },
    identifyFailed: (call, error) => log.warn({ callId: call, err: error }, 'customer look-up failed'),
    identifyLeftOut: (because) => leftOut.inc({ because }),
    directoryAway: (error) =>
      log.warn(
        { err: error },
        'the customer directory does not answer: calls go on without, one asks every few seconds',
      ),
    directoryBack: (count) => log.info({ leftOut: count }, 'the customer directory answers again'),
    reconciled: ({ events, orphans, repairs }) => {
      repaired.inc({ kind: 'event' }, events);
      repaired.inc({ kind: 'repair' }, repairs);
      repaired.inc({ kind: 'orphan' }, orphans);
      if (events + repairs + orphans > 0) log.info({ events, repairs, orphans }, 'differences with Asterisk put right');
    },
    reconcileFailed: (error) => log.warn({ err: error }, 'could not compare with Asterisk'),
  };
};

/** What goes over the wire to Asterisk, as log lines and figures. */
export const observeAri = (log: Logger, metrics: Metrics): AriObserver => {
  const requests = metrics.histogram(
    'cordboard_ari_request_seconds',
    'From request to answer.',
    ['operation', 'outcome'],
    [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1, 2],
  );
  const events = metrics.counter('cordboard_ari_events_total', 'Events received from Asterisk.', ['type']);
  const malformed = metrics.counter('cordboard_ari_malformed_total', 'Messages from Asterisk that cannot be read.');
  return {
    requestDone: (operation, tookMs, outcome) => requests.observe({ operation, outcome }, tookMs / 1000),
    eventReceived: (type) => events.inc({ type }),
    messageMalformed: (what) => {
      malformed.inc();
      log.warn({ what }, 'a message from Asterisk cannot be read, it is left out');
    },
    watchFailed: (error) => log.warn({ err: error }, 'which phones are registered could not be asked'),
    connectionLost: (app, because, againInMs) =>
      log.info({ app, because, againInMs: Math.round(againInMs) }, 'a connection to Asterisk is lost, tried again'),
  };
};
