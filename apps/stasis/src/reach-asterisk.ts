import { setTimeout as pause } from 'node:timers/promises';
import { TelephonyUnavailable } from '@cordboard/application';
import { type AsteriskConnection, type ConnectOptions, connectAsterisk } from '@cordboard/ari';

const firstPauseMs = 100;
const longestPauseMs = 2000;

/**
 * Connects to Asterisk, however long it takes it to be there. From then on the connection looks after itself.
 * @throws AsteriskTooOld, which no waiting mends.
 */
export const reachAsterisk = async (
  options: ConnectOptions,
  signal: AbortSignal,
  onUnavailable: (error: TelephonyUnavailable) => void,
): Promise<AsteriskConnection> => {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    try {
      return await connectAsterisk(options);
    } catch (error) {
      if (!(error instanceof TelephonyUnavailable)) throw error;
      if (pauseMs === firstPauseMs) onUnavailable(error);
      await pause(pauseMs, undefined, { signal });
    }
  }
};
