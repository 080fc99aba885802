import { setTimeout as sleep } from 'node:timers/promises';
import { TelephonyUnavailable } from '@cordboard/application';
import { type AnswerOf, type OperationName, operations, type ParametersOf } from '../../operation/operations.ts';
import { ariStates } from '../ari-states.ts';
import { backOffMs, provenAfterMs } from '../back-off.ts';
import { watchPulse } from '../pulse.ts';
import { awaitAnswer, type Reply } from '../reply.ts';
import type { AriOptions, AriTransport } from '../transport.ts';
import { type AriClient, loadAriClient, type SwaggerResponse } from './ari-client.ts';
import { Turns } from './turns.ts';

/** Reading Asterisk's description of itself takes a dozen requests: they have so long together. */
const describeWithinMs = 10_000;

/** Loads ari-client. @returns how to make a transport of it, for any Asterisk from 18 on */
export const createAriClientTransport = async (): Promise<(options: AriOptions) => AriTransport> => {
  const connect = await loadAriClient();
  return (options) => transportOver(connect, options);
};

const transportOver = (connect: (access: AriOptions) => Promise<AriClient>, options: AriOptions): AriTransport => {
  const { app, observer, timeoutMs = 2000 } = options;
  const ping = options.ping ?? { everyMs: 2000, withinMs: 2000 };
  const turns = new Turns(Math.max(1, options.lanes ?? 4));
  const states = ariStates(options);
  const stopping = new AbortController();
  let ready: AriClient | undefined;
  let making: AriClient | undefined;

  const ask = <Name extends OperationName>(
    client: AriClient,
    operation: Name,
    parameters: ParametersOf<Name>,
  ): Promise<AnswerOf<Name>> => awaitAnswer(operation, call(client, operation, parameters), timeoutMs, observer);

  /** One client's life, from its making to the end of its socket. @returns why it ended */
  const one = async (): Promise<string> => {
    const client = await within(connect(options), describeWithinMs);
    if (stopping.signal.aborted) return 'closed';
    making = client;
    // Its promise says nothing that the socket does not.
    Promise.resolve(client.start(app)).catch(() => undefined);
    const socket = client._ws;
    // Its own listeners would connect again beside us, ten times and then never more.
    for (const event of ['message', 'error', 'close']) socket.removeAllListeners(event);
    let why: string | undefined;
    socket.on('error', (error) => {
      why ??= error.message;
    });
    const closed = new Promise<string>((resolve) => {
      socket.once('close', (code) => resolve(why ?? `Asterisk closed the connection (${code})`));
    });
    socket.on('message', (data) => {
      const message = read(String(data));
      if (message === undefined) observer?.messageMalformed?.('no JSON');
      else queueMicrotask(() => states.heard(message));
    });
    const end = (because: string): void => {
      why ??= because;
      socket.terminate();
    };
    const opened = new Promise<true>((resolve) => {
      socket.once('open', () => resolve(true));
    });
    if ((await Promise.race([opened, closed, sleep(timeoutMs, undefined, { ref: false })])) !== true) {
      end(`Asterisk has not opened a WebSocket for ${timeoutMs} ms`);
      return closed;
    }
    watchPulse(socket, ping, end);
    try {
      const allowed = [...options.events, 'ApplicationReplaced'].map((type) => ({ type }));
      await ask(client, 'applications.filter', { applicationName: app, filter: { allowed } });
      for (const eventSource of options.subscribe ?? [])
        await ask(client, 'applications.subscribe', { applicationName: app, eventSource });
      const { system } = await ask(client, 'asterisk.getInfo', { only: 'system' });
      ready = client;
      states.become({ is: 'connected', version: system.version });
    } catch (error) {
      end(error instanceof Error ? error.message : String(error));
    }
    return closed;
  };

  const keep = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const since = performance.now();
      const why = await one().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
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
    making?._ws.terminate();
    await kept;
    states.become({ is: 'disconnected', because: 'closed' });
  };

  const kept = keep();
  states.onState(({ is }) => {
    if (is === 'replaced') void close();
  });

  return {
    kind: 'ari-client',
    app,
    request: (operation, parameters, { order } = {}) =>
      turns.take(order, async () => {
        if (ready === undefined) throw new TelephonyUnavailable(`${operation}: ${states.reason}`);
        return ask(ready, operation, parameters);
      }),
    onEvent: states.onEvent,
    onState: states.onState,
    close,
  };
};

/** Calls the operation of ARI's name. Its client takes lists as comma-separated values, and bodies by their parameter's name. */
const call = (client: AriClient, operation: OperationName, parameters: object): Promise<Reply> => {
  const [resource = '', nickname = ''] = operation.split('.');
  const api = client._swagger.apis[resource];
  const run = api?.[nickname];
  if (api === undefined || run === undefined)
    return Promise.resolve({ status: 501, reason: 'this Asterisk does not know the operation', body: '' });
  const { body, ...rest } = forSwagger(operation, parameters);
  return new Promise((resolve) => {
    const answered = ({ status, data }: SwaggerResponse): void =>
      resolve({ status: status ?? 0, reason: '', body: data === undefined || data === null ? '' : String(data) });
    run.call(api, body === undefined ? rest : { ...rest, body }, answered, answered);
  });
};

/** Parameters of the body, by operation: all others are the path's and the query's. */
const bodyParameters: Partial<Record<OperationName, string>> = {
  'applications.filter': 'filter',
  'asterisk.updateObject': 'fields',
  'channels.originate': 'variables',
};

const forSwagger = (operation: OperationName, parameters: object): Record<string, unknown> => {
  const inBody = bodyParameters[operation];
  const whole: { readonly body?: string } = operations[operation];
  const entries = Object.entries(parameters).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    if (name === inBody) return [['body', JSON.stringify(whole.body === name ? value : { [name]: value })]];
    return [[name, Array.isArray(value) ? value.join(',') : String(value)]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
};

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};

const within = async <T>(promise: Promise<T>, ms: number): Promise<T> => {
  const timer = new AbortController();
  try {
    return await Promise.race([
      promise,
      sleep(ms, undefined, { signal: timer.signal }).then(() => {
        throw new TelephonyUnavailable(`Asterisk has not described its REST interface within ${ms} ms`);
      }),
    ]);
  } finally {
    timer.abort();
  }
};

const unlessAborted = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
};
