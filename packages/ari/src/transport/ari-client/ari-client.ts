import { globalAgent as http } from 'node:http';
import { globalAgent as https } from 'node:https';
import type { WebSocket } from 'ws';
import type { AriAccess } from '../transport.ts';

/** What an operation of ari-client's calls back with. */
export interface SwaggerResponse {
  readonly status?: number;
  readonly data?: unknown;
}

type SwaggerCall = (
  parameters: Readonly<Record<string, unknown>>,
  answered: (response: SwaggerResponse) => void,
  refused: (response: SwaggerResponse) => void,
) => void;

/**
 * What is used of an ari-client. Its own promises lose the status of a refusal, so its operations are called where they
 * are made; its socket is watched by us, because it gives up for ever after ten failures and takes down the process on a
 * message that it cannot read (lib/client.js, processMessage).
 */
export interface AriClient {
  readonly _swagger: {
    readonly apis: Readonly<
      Record<string, { readonly operations: Readonly<Record<string, unknown>> } & Readonly<Record<string, SwaggerCall>>>
    >;
  };
  readonly _ws: WebSocket;
  start(app: string): PromiseLike<void>;
}

/**
 * At most so many connections by HTTP at once. Asterisk lets ten wait to be accepted (main/tcptls.c), and the kernel drops
 * those that come when it is full: on a busy machine they would be tried again after seconds. ari-client begins with a
 * dozen requests at the same moment.
 */
const mostConnections = 6;

/** Loads the package, and only then: it patches nothing, but brings a dozen others with it. */
export const loadAriClient = async (): Promise<(access: AriAccess) => Promise<AriClient>> => {
  for (const agent of [http, https]) agent.maxSockets = mostConnections;
  const { default: package_ } = await import('ari-client');
  return async ({ url, user, password }) => (await package_.connect(url, user, password)) as unknown as AriClient;
};
