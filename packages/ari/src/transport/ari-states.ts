import { Listeners } from './listeners.ts';
import type { AriOptions, AriState, AriTransport } from './transport.ts';

/** How many events may wait between the opening of a connection and its being ready; the snapshot makes up for more. */
const mostEarly = 10_000;

/** What a transport tells of its connection, the same for both. */
export interface AriStates extends Pick<AriTransport, 'onEvent' | 'onState'> {
  readonly current: AriState;
  /** Why nothing can be asked now. */
  readonly reason: string;
  become(state: AriState): void;
  /** The connection is lost, or could not be made. */
  lost(because: string, againInMs: number): void;
  /** A message has come. Told at once while connected; what comes before that waits for it. */
  heard(message: unknown): void;
}

export const ariStates = ({ app, observer }: AriOptions): AriStates => {
  const events = new Listeners<unknown>();
  const states = new Listeners<AriState>();
  let current: AriState = { is: 'disconnected', because: 'not connected yet' };
  let early: unknown[] = [];

  const become = (next: AriState): void => {
    if (current.is === 'replaced') return;
    const isNews = current.is !== next.is;
    current = next;
    if (!isNews) return;
    observer?.stateChanged?.(app, next);
    states.tell(next);
    if (next.is !== 'connected') return;
    const waiting = early;
    early = [];
    for (const message of waiting) events.tell(message);
  };

  return {
    get current() {
      return current;
    },
    get reason() {
      if (current.is === 'replaced') return 'another process has taken the name of this application';
      return current.is === 'disconnected' ? current.because : 'connecting again';
    },
    become,
    lost(because, againInMs) {
      early = [];
      if (current.is === 'replaced') return;
      observer?.connectionLost?.(app, because, againInMs);
      if (current.is === 'connected') become({ is: 'disconnected', because });
      else current = { is: 'disconnected', because };
    },
    heard(message) {
      const type = typeOf(message);
      observer?.eventReceived?.(type);
      if (type === 'ApplicationReplaced') become({ is: 'replaced' });
      else if (current.is === 'connected') events.tell(message);
      else if (early.length < mostEarly) early.push(message);
    },
    onEvent: (listener) => events.add(listener),
    onState: (listener) => {
      listener(current);
      return states.add(listener);
    },
  };
};

const typeOf = (message: unknown): string =>
  typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string'
    ? message.type
    : '';
