import { setTimeout as pause } from 'node:timers/promises';
import { type LeaseStore, standBy, Term } from '@cordboard/application';
import { openWaitingRoom, type WaitingRoomOptions } from '@cordboard/ari';
import type { Logger } from '@cordboard/telemetry';
import { isGone, thisProcess } from './this-process.ts';

/** The application of whoever stands by: it takes the callers who come while nobody is in control. */
export const standbyOf = (app: string): string => `${app}-standby`;

export interface OfficeParts {
  readonly store: LeaseStore;
  readonly asterisk: WaitingRoomOptions;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Another process has taken over. */
  readonly onLost: () => void;
}

/** In control from now on. */
export interface Office {
  readonly term: Term;
  /** Whether it was another's before. */
  readonly stoodBy: boolean;
  /** Asterisk gives calls to us by the application's own name now: the one of who stands by is free for the next. */
  settled(): Promise<void>;
}

/**
 * Waits until this process is in control: at once, unless another is. Meanwhile callers whom nobody else takes wait with
 * this one.
 */
export const takeOffice = async ({ store, asterisk, signal, log, onLost }: OfficeParts): Promise<Office> => {
  const holder = thisProcess();
  const now = (): number => performance.now();
  let waitingRoom: { close(): Promise<void> } | undefined;
  const taken = await standBy({
    store,
    holder,
    isGone,
    now,
    pause: (ms) => pause(ms, undefined, { signal }),
    onStandingBy: ({ epoch }) => {
      log.info({ epoch }, 'another process is in control: this one stands by');
      waitingRoom = openWaitingRoom(asterisk);
    },
    onStoreAway: (error) => log.debug({ err: error }, 'the lease could not be looked at'),
  });
  const { epoch, since, because } = taken;
  log.info({ epoch, because }, 'this process is in control');
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
    stoodBy: waitingRoom !== undefined,
    settled: async () => waitingRoom?.close(),
  };
};
