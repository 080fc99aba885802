import type { Instant } from '@cordboard/core';
import { type AriTelephony, createTelephony } from './telephony/telephony.ts';
import { callEvents, watchEvents } from './translate/message.ts';
import { createAriClientTransport } from './transport/ari-client/ari-client-transport.ts';
import { askVersion } from './transport/ask-version.ts';
import type { AriAccess, AriObserver, AriOptions, AriTransport, Permit } from './transport/transport.ts';
import { underPermit } from './transport/under-permit.ts';
import { AsteriskTooOld, abilitiesOf } from './transport/version.ts';
import { createWebsocketTransport } from './transport/websocket/websocket-transport.ts';

/** How to connect. */
export interface ConnectOptions extends AriAccess {
  /** The application that calls are given to; `<app>-watch` and `<app>-lane-…` are taken too. */
  readonly app: string;
  /** Applications whose channels are to be taken over: what was left with them is ours. */
  readonly others?: readonly string[];
  /** Asked for before anything is asked of Asterisk. */
  readonly permit?: Permit;
  /** `auto` asks Asterisk's version. */
  readonly transport: 'auto' | AriTransport['kind'];
  readonly now: () => Instant;
  readonly observer?: AriObserver;
  readonly timeoutMs?: number;
}

/** A connection to Asterisk, which is kept until it is closed. */
export interface AsteriskConnection {
  readonly telephony: AriTelephony;
  /** For what is not call control, such as {@link pushConfiguration}. */
  readonly transport: AriTransport;
  /** The version met first; see `Connected` for later ones. */
  readonly version: string;
  /** What the operator of this Asterisk should know. */
  readonly warning: string | undefined;
  close(): Promise<void>;
}

/**
 * Asks who answers, and connects: the application that controls calls, and beside it one that only watches which phones
 * are there, so that no event about a channel comes twice.
 * @throws TelephonyUnavailable when Asterisk cannot be asked now: one sentence naming what to change
 * @throws AsteriskTooOld
 */
export const connectAsterisk = async (options: ConnectOptions): Promise<AsteriskConnection> => {
  const { app, now, observer, others, permit } = options;
  const version = await askVersion(options, options.timeoutMs);
  const { transport: able, warning } = abilitiesOf(version);
  const kind = options.transport === 'auto' ? able : options.transport;
  if (kind === 'websocket' && able !== 'websocket')
    throw new AsteriskTooOld(
      `Asterisk ${version} takes no requests over a WebSocket: set ARI_TRANSPORT to auto, or to ari-client.`,
    );
  const create = kind === 'websocket' ? createWebsocketTransport : await createAriClientTransport();
  const common: Omit<AriOptions, 'app' | 'events'> = {
    url: options.url,
    user: options.user,
    password: options.password,
    ...(observer === undefined ? {} : { observer }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(permit === undefined ? {} : { permit }),
  };
  const plain = create({ ...common, app, events: callEvents });
  const transport = permit === undefined ? plain : underPermit(plain, permit);
  const watch = create({
    ...common,
    app: `${app}-watch`,
    events: watchEvents,
    subscribe: ['endpoint:PJSIP'],
    lanes: 0,
  });
  return {
    telephony: createTelephony(transport, {
      watch,
      now,
      ...(others === undefined ? {} : { others }),
      ...(observer === undefined ? {} : { observer }),
    }),
    transport,
    version,
    warning,
    close: async () => {
      await Promise.all([transport.close(), watch.close()]);
    },
  };
};
