import type { CallControl, TelephonyEvent } from '@cordboard/application';
import type { AriTelephony } from '@cordboard/ari';
import type { Logger } from '@cordboard/telemetry';

/** Events are hints: so often they are held against what is there. */
const compareEveryMs = 5000;
const retryMs = 250;
/** Asterisk waits so long for its channels to go when it is stopped (asterisk.c: 15 s), and then goes itself. */
const shutDownWithinMs = 20_000;

export interface InStep {
  /** Whether calls are under this process's control now. */
  readonly isInControl: boolean;
  /** Compares now, beside the regular times. */
  compare(): void;
  stop(): void;
}

/**
 * Gives call control what Asterisk says, and compares the two: at each connection, and every few seconds. When another
 * process has taken this application's name, call control stops acting and stays stopped: to take the name back would
 * begin a fight in which calls are lost.
 */
export const keepInStep = (parts: {
  readonly control: Pick<CallControl, 'heard' | 'recover' | 'stop'>;
  readonly telephony: Pick<AriTelephony, 'onEvent'>;
  readonly log: Logger;
  /** Asterisk is there, or there again; it may have forgotten everything. */
  readonly onConnected: () => void;
}): InStep => {
  const { control, telephony, log, onConnected } = parts;
  let isConnected = false;
  let isInControl = false;
  /** Asterisk is taking down all its calls: whose hang-ups these are cannot be told, and what is asked of it is in vain. */
  let isShuttingDown = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  const takeControl = async (): Promise<void> => {
    if (!isConnected) return;
    if (await control.recover(true)) isInControl = isConnected;
    else again = setTimeout(() => void takeControl(), retryMs);
  };
  const connected = (version: string): void => {
    isConnected = true;
    log.info({ version }, 'Asterisk is there');
    onConnected();
    void takeControl();
  };
  const lost = (): void => {
    isConnected = false;
    isInControl = false;
    isShuttingDown = false;
    clearTimeout(again);
  };
  /** Heeds nothing more: what is then gone is found, as after a crash, when Asterisk is there again. */
  const shutsDown = (): void => {
    if (isShuttingDown) return;
    log.warn('Asterisk is being stopped, and its calls with it');
    isShuttingDown = true;
    isInControl = false;
    clearTimeout(again);
    // Somebody may have changed their mind.
    again = setTimeout(() => {
      isShuttingDown = false;
      void takeControl();
    }, shutDownWithinMs);
  };
  const hear = (event: TelephonyEvent): void => {
    switch (event.type) {
      case 'Connected':
        connected(event.version);
        return;
      case 'Disconnected':
        lost();
        log.warn({ because: event.because }, 'Asterisk is away');
        return;
      case 'Replaced':
        lost();
        log.error(
          'another process has taken over this application: this one acts no more; give each its own CORDBOARD_APP',
        );
        void control.stop();
        return;
      case 'ShuttingDown':
        shutsDown();
        return;
      default:
        if (!isShuttingDown) control.heard(event);
    }
  };

  const stopHearing = telephony.onEvent(hear);
  const compare = (): void => {
    if (isInControl) void control.recover(false);
  };
  const timer = setInterval(compare, compareEveryMs);
  return {
    get isInControl() {
      return isInControl;
    },
    compare,
    stop() {
      stopHearing();
      clearInterval(timer);
      lost();
    },
  };
};
