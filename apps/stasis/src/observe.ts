import type { ControlObserver } from '@cordboard/application';
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
    reconciled: ({ events, orphans, repairs }) => {
      repaired.inc({ kind: 'event' }, events);
      repaired.inc({ kind: 'repair' }, repairs);
      repaired.inc({ kind: 'orphan' }, orphans);
      if (events + repairs + orphans > 0) log.info({ events, repairs, orphans }, 'differences with Asterisk put right');
    },
    reconcileFailed: (error) => log.warn({ err: error }, 'could not compare with Asterisk'),
  };
};
