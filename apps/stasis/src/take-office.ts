import { setTimeout as pause } from 'node:timers/promises';
import { type LeaseStore, standBy, type Taken, Term } from '@cordboard/application';
import { openWaitingRoom, type WaitingRoomOptions } from '@cordboard/ari';
import type { Logger } from '@cordboard/telemetry';
import { keptLease } from './kept-lease.ts';
import { isGone, thisProcess } from './this-process.ts';

/** The application of whoever stands by: it takes the callers who come while nobody is in control. */
export const standbyOf = (app: string): string => `${app}-standby`;

export interface OfficeParts {
  readonly store: LeaseStore;
  /** Where this installation keeps what outlives its processes. */
  readonly folder: string;
  readonly asterisk: Omit<WaitingRoomOptions, 'onCaller'>;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Another process has taken over. */
  readonly onLost: () => void;
}

/** In control from now on. */
export interface Office {
  readonly term: Term;
  /** Why it was free. */
  readonly because: Taken['because'];
  /**
   * Asterisk gives calls to us by the application's own name now. Whoever was on the way to the one of who stands by is
   * looked for a moment longer; then it is free for the next.
   */
  settle(compare: () => void): Promise<void>;
}

/** From one application to the next the dialplan takes no time, but Asterisk may have a moment without a processor. */
const settleMs = 500;

/**
 * Waits until this process is in control: at once, unless another is. Meanwhile callers whom nobody else takes wait with
 * this one.
 */
export const takeOffice = async ({ store, folder, asterisk, signal, log, onLost }: OfficeParts): Promise<Office> => {
  const holder = thisProcess();
  const kept = keptLease(folder);
  const now = (): number => performance.now();
  let waitingRoom: { close(): Promise<void> } | undefined;
  let onCaller = (): void => undefined;
  const taken = await standBy({
    store,
    holder,
    isGone,
    now,
    pause: (ms) => pause(ms, undefined, { signal }),
    onStandingBy: ({ epoch }) => {
      log.info({ epoch }, 'another process is in control: this one stands by');
      waitingRoom = openWaitingRoom({ ...asterisk, onCaller: () => onCaller() });
    },
    onStoreAway: (error) => log.debug({ err: error }, 'the lease could not be looked at'),
    lastKnown: () => kept.last(),
  });
  const { epoch, since, because } = taken;
  log.info({ epoch, because }, 'this process is in control');
  kept.keep(epoch, holder).catch((error: unknown) => {
    log.warn({ err: error }, 'who is in control could not be kept on disk: free or repair the data folder');
  });
  const term = new Term({
    store,
    holder,
    epoch,
    since,
    now,
    onLost,
    onStoreAway: (error) => log.debug({ err: error }, 'the lease could not be renewed'),
  });
  return {
    term,
    because,
    async settle(compare) {
      const open = waitingRoom;
      waitingRoom = undefined;
      if (open === undefined) return;
      onCaller = compare;
      await pause(settleMs);
      await open.close();
      compare();
    },
  };
};
