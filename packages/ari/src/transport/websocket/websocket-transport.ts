import { TelephonyUnavailable } from '@cordboard/application';
import { type RenderedRequest, render, type Shape } from '../../operation/operation.ts';
import { type AnswerOf, type OperationName, operations, type ParametersOf } from '../../operation/operations.ts';
import { ariStates } from '../ari-states.ts';
import { getByHttp } from '../get-by-http.ts';
import { usualPulse } from '../pulse.ts';
import { awaitAnswer, type Reply } from '../reply.ts';
import type { AriOptions, AriTransport } from '../transport.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { Lanes } from './lanes.ts';
import { LastingConnection } from './lasting-connection.ts';

/** Answers pass through the event filter too: without this Asterisk answers no request after the filter is set. */
const answersToo = 'RESTResponse';

/**
 * REST over the events' WebSocket (Asterisk 20.14, 21.9, 22.4 and later): a tenth of the processor time that a request
 * takes by HTTP. One connection carries the events, so that a request that is slow never holds up its pings; a few more
 * carry the requests. It connects at once, and again whenever it has to.
 *
 * Lists go by HTTP. Asterisk copies what it writes to a WebSocket onto the stack of a thread (res_http_websocket.c,
 * ast_websocket_write), which is 496 kB (utils.h, AST_STACKSIZE): a list of several hundred channels ends Asterisk.
 */
export const createWebsocketTransport = (options: AriOptions): AriTransport => {
  const { app, observer, lanes: laneCount = 4, timeoutMs = 2000 } = options;
  const lanes = new Lanes<Connection>();
  const states = ariStates(options);

  const ask = <Name extends OperationName>(
    connection: Connection,
    operation: Name,
    parameters: ParametersOf<Name>,
    order?: string,
  ): Promise<AnswerOf<Name>> => {
    const shape: Shape = operations[operation];
    const rendered = render(shape, parameters);
    if (shape.isList === true) return awaitAnswer(operation, list(rendered), timeoutMs, observer);
    const reply = connection.request(rendered);
    if (order !== undefined) lanes.hold(order, connection, reply);
    return awaitAnswer(operation, reply, timeoutMs, observer);
  };

  /** Ends with the connection: nobody waits for an answer that may never come. */
  let connected = new AbortController();
  const list = ({ path, query }: RenderedRequest): Promise<Reply> =>
    getByHttp(
      options,
      `${path}?${new URLSearchParams(Object.fromEntries(query))}`,
      AbortSignal.any([connected.signal, AbortSignal.timeout(timeoutMs)]),
    ).catch((cause: unknown) => {
      if (cause instanceof TelephonyUnavailable) throw cause;
      throw new TelephonyUnavailable(`${path}: Asterisk does not answer over HTTP`, { cause });
    });

  const common: Omit<ConnectionOptions, 'app' | 'onEvent'> = {
    url: options.url,
    user: options.user,
    password: options.password,
    ping: options.ping ?? usualPulse,
    openWithinMs: timeoutMs,
    ...(options.permit === undefined ? {} : { permit: options.permit }),
    onMalformed: (what) => observer?.messageMalformed?.(what),
  };

  let version = '';
  const main = new LastingConnection({
    ...common,
    app,
    onEvent: (message) => {
      states.heard(message);
      if (states.current.is === 'replaced') void close();
    },
    prepare: async (connection) => {
      const allowed = [...options.events, answersToo, 'ApplicationReplaced'].map((type) => ({ type }));
      await ask(connection, 'applications.filter', { applicationName: app, filter: { allowed } });
      for (const eventSource of options.subscribe ?? [])
        await ask(connection, 'applications.subscribe', { applicationName: app, eventSource });
      version = (await ask(connection, 'asterisk.getInfo', { only: 'system' })).system.version;
    },
    onReady: () => states.become({ is: 'connected', version }),
    onLost: (because, againInMs) => {
      connected.abort(new TelephonyUnavailable(because));
      connected = new AbortController();
      // A lane that waits for an answer does not notice by itself, and would keep its calls waiting.
      if (states.current.is === 'connected') for (const lane of more) lane.renew(because);
      states.lost(because, againInMs);
    },
  });

  const more = Array.from(
    { length: laneCount },
    (_, index) =>
      new LastingConnection({
        ...common,
        app: `${app}-lane-${index + 1}`,
        onEvent: () => undefined,
        prepare: () => Promise.resolve(),
        onReady: () => undefined,
        onLost: (because, againInMs) => observer?.connectionLost?.(`${app}-lane-${index + 1}`, because, againInMs),
      }),
  );

  const close = async (): Promise<void> => {
    connected.abort(new TelephonyUnavailable('closed'));
    await Promise.all([main, ...more].map((connection) => connection.close()));
    states.become({ is: 'disconnected', because: 'closed' });
  };

  return {
    kind: 'websocket',
    app,
    request(operation, parameters, { order } = {}) {
      if (states.current.is !== 'connected' || main.current === undefined)
        return Promise.reject(new TelephonyUnavailable(`${operation}: ${states.reason}`));
      const open = more.map(({ current }) => current).filter((lane) => lane?.open === true);
      const lane = lanes.choose(order, open.filter(isThere)) ?? main.current;
      return ask(lane, operation, parameters, order);
    },
    onEvent: states.onEvent,
    onState: states.onState,
    close,
  };
};

const isThere = <T>(value: T | undefined): value is T => value !== undefined;
