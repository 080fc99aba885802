import { setTimeout as sleep } from 'node:timers/promises';
import { TelephonyUnavailable } from '@cordboard/application';
import type { AnswerOf, OperationName, ParametersOf } from '../../operation/operations.ts';
import { ariStates } from '../ari-states.ts';
import { askVersion } from '../ask-version.ts';
import { backOffMs, provenAfterMs } from '../back-off.ts';
import { usualPulse } from '../pulse.ts';
import { awaitAnswer } from '../reply.ts';
import { type AriOptions, AriRefused, type AriTransport } from '../transport.ts';
import { type AriClient, loadAriClient } from './ari-client.ts';
import { AriClientConnection } from './ari-client-connection.ts';
import { dropSockets } from './drop-sockets.ts';
import { type Turn, Turns } from './turns.ts';

/** Reading Asterisk's description of itself takes a dozen requests: they have so long together. */
const describeWithinMs = 10_000;

/** A request that Asterisk has had for so long, in ms, no longer holds up what is to follow it. */
const stuckMs = 15_000;

/** How many requests are with Asterisk at once: far fewer than the sessions it has for all (sessionlimit, 100). */
const mostRequests = 16;

/** Loads ari-client. @returns how to make a transport of it, for any Asterisk from 18 on */
export const createAriClientTransport = async (): Promise<(options: AriOptions) => AriTransport> => {
  const connect = await loadAriClient();
  return (options) => transportOver(connect, options);
};

const transportOver = (connect: (access: AriOptions) => Promise<AriClient>, options: AriOptions): AriTransport => {
  const { app, observer, timeoutMs = 2000, ping = usualPulse } = options;
  const turns = new Turns(mostRequests);
  const states = ariStates(options);
  const stopping = new AbortController();
  let ready: AriClientConnection | undefined;
  let making: AriClientConnection | undefined;

  /** One connection's life, from its making to its end. @returns why it ended, and whether Asterisk has only said no */
  const one = async (): Promise<Ending> => {
    // It says more clearly than ari-client why it does not come to a connection.
    const version = await askVersion(options, timeoutMs);
    const client = await within(connect(options), describeWithinMs, stopping.signal);
    const connection = new AriClientConnection(client, {
      app,
      ping,
      openWithinMs: timeoutMs,
      onEvent: states.heard,
      ...(observer === undefined ? {} : { observer }),
    });
    making = connection;
    if (stopping.signal.aborted) connection.end('closed');
    let refused = false;
    try {
      await connection.opened;
      await prepare(connection);
      ready = connection;
      states.become({ is: 'connected', version });
    } catch (error) {
      if (!(error instanceof TelephonyUnavailable || error instanceof AriRefused)) throw error;
      refused = error instanceof AriRefused;
      connection.end(error.message);
    }
    return { why: await connection.closed, refused };
  };

  const permitted = async (): Promise<Ending> => {
    await options.permit?.();
    return one();
  };

  const prepare = async (connection: AriClientConnection): Promise<void> => {
    const ask = <Name extends OperationName>(operation: Name, parameters: ParametersOf<Name>) =>
      awaitAnswer(operation, connection.request(operation, parameters), timeoutMs, observer);
    const allowed = [...options.events, 'ApplicationReplaced'].map((type) => ({ type }));
    await ask('applications.filter', { applicationName: app, filter: { allowed } });
    for (const eventSource of options.subscribe ?? [])
      await ask('applications.subscribe', { applicationName: app, eventSource });
  };

  const keep = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const since = performance.now();
      const { why, refused } = await permitted().catch(failed);
      // What says no is there: the sockets may be under way for another application of ours.
      if (!refused) dropSockets(options.url);
      ready = undefined;
      making = undefined;
      if (stopping.signal.aborted) return;
      failures = performance.now() - since > provenAfterMs ? 1 : failures + 1;
      const waitMs = backOffMs(failures, Math.random());
      states.lost(why, waitMs);
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(unlessAborted);
    }
  };

  const close = async (): Promise<void> => {
    stopping.abort();
    making?.close('closed');
    await kept;
    states.become({ is: 'disconnected', because: 'closed' });
  };

  const kept = keep();
  states.onState(({ is }) => {
    if (is === 'replaced') void close();
  });

  /** What is asked when its turn has come: the time that it has waited for that counts. */
  const ask = <Name extends OperationName>(
    operation: Name,
    parameters: ParametersOf<Name>,
    since: number,
  ): Turn<AnswerOf<Name>> => {
    const leftMs = Math.ceil(timeoutMs - (performance.now() - since));
    if (ready === undefined) return neverAsked(`${operation}: ${states.reason}`);
    if (leftMs <= 0) return neverAsked(tooLate(operation, timeoutMs));
    const reply = ready.request(operation, parameters);
    return { outcome: awaitAnswer(operation, reply, leftMs, observer), over: settled(reply, stuckMs) };
  };

  return {
    kind: 'ari-client',
    app,
    request(operation, parameters, { order } = {}) {
      const since = performance.now();
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new TelephonyUnavailable(tooLate(operation, timeoutMs))), timeoutMs);
        const inTurn = () => {
          clearTimeout(late);
          return ask(operation, parameters, since);
        };
        turns.take(order, inTurn).then(resolve, reject);
      });
    },
    onEvent: states.onEvent,
    onState: states.onState,
    close,
  };
};

/** How a connection ended. */
interface Ending {
  readonly why: string;
  readonly refused: boolean;
}

const failed = (error: unknown): Ending => ({
  why: error instanceof Error ? error.message : String(error),
  refused: false,
});

const tooLate = (operation: OperationName, timeoutMs: number): string =>
  `${operation}: Asterisk has been busy for ${timeoutMs} ms with what was asked before`;

const neverAsked = (why: string): Turn<never> => ({
  outcome: Promise.reject(new TelephonyUnavailable(why)),
  over: Promise.resolve(),
});

/** @throws TelephonyUnavailable when it takes too long, or is not wanted any more */
const within = async <T>(promise: Promise<T>, ms: number, stopping: AbortSignal): Promise<T> => {
  const done = new AbortController();
  try {
    return await Promise.race([
      promise,
      sleep(ms, undefined, { signal: AbortSignal.any([done.signal, stopping]) }).then(
        () => {
          throw new TelephonyUnavailable(`Asterisk has not described its REST interface within ${ms} ms`);
        },
        () => {
          throw new TelephonyUnavailable('closed');
        },
      ),
    ]);
  } finally {
    done.abort();
  }
};

/** Resolves when the promise settles, whichever way, or after so many ms. */
const settled = async (promise: Promise<unknown>, ms: number): Promise<void> => {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: done.signal, ref: false }).catch(unlessAborted);
  await Promise.race([promise.catch(() => undefined), late]);
  done.abort();
};

const unlessAborted = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
};
