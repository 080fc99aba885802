import type { AriAccess, AriObserver } from './transport/transport.ts';
import { LastingConnection } from './transport/websocket/lasting-connection.ts';

/** Under which name to keep it. */
export interface WaitingRoomOptions extends AriAccess {
  readonly app: string;
  /** Somebody has come in. */
  readonly onCaller: () => void;
  readonly observer?: AriObserver;
}

const pingMs = 2000;

/**
 * An application in which callers wait and nothing is done for them: whoever is in control takes them out of it (see
 * {@link adopt}). It connects as soon as Asterisk is there, and asks nothing: any Asterisk has it.
 */
export const openWaitingRoom = ({ onCaller, observer, ...access }: WaitingRoomOptions): { close(): Promise<void> } =>
  new LastingConnection({
    ...access,
    ping: { everyMs: pingMs, withinMs: pingMs },
    openWithinMs: pingMs,
    onEvent: (message) => {
      if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'StasisStart')
        onCaller();
    },
    onMalformed: (what) => observer?.messageMalformed?.(what),
    prepare: () => Promise.resolve(),
    onReady: () => undefined,
    onLost: (because, againInMs) => observer?.connectionLost?.(access.app, because, againInMs),
  });
