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

/** Loads the package, and only then: it patches nothing, but brings a dozen others with it. */
export const loadAriClient = async (): Promise<(access: AriAccess) => Promise<AriClient>> => {
  const { default: package_ } = await import('ari-client');
  return async ({ url, user, password }) => (await package_.connect(url, user, password)) as unknown as AriClient;
};
