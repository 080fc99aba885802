import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The event loop is looked at so often; a lag below that is not seen. */
const resolutionMs = 10;

/** How long the event loop has been held up. Who wants to begin anew without another's noticing has a watch of their own. */
export interface LagWatch {
  /** The longest since the watch was begun, in ms. */
  longestMs(): number;
  /** Begins anew. */
  reset(): void;
  close(): void;
}

export const watchLag = (): LagWatch => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  return {
    // The histogram counts the wait of its own timer too: what is above that is lag.
    longestMs: () => (delay.count === 0 ? 0 : Math.max(0, delay.max / 1e6 - resolutionMs)),
    reset: () => delay.reset(),
    close: () => {
      delay.disable();
    },
  };
};
