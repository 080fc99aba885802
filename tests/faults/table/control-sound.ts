import type { Asterisk, Lasting } from '@cordboard/embedded';
import { between, gaps, type Phone } from '@cordboard/sip-lab';
import type { Metronome } from './metronome.ts';

/** A phone that hears itself by way of Asterisk, which alone sends its sound back: no part of the product is asked. */
export interface ControlSound {
  /** Begins anew; resolves when it hears itself. */
  begin(): Promise<void>;
  /**
   * The longest time, in ms, in which it did not hear itself between two moments (ms since the epoch), or in which this
   * machine did not wake who had asked for it.
   */
  gap(from: number, to: number): Promise<number>;
  end(): Promise<void>;
}

export const openControlSound = (asterisk: Lasting<Asterisk>, phone: Phone, metronome: Metronome): ControlSound => {
  const end = async (): Promise<void> => {
    for (const call of phone.calls)
      if (!phone.events.all.some(({ type, callId }) => type === 'ended' && callId === call.id)) await call.hangUp();
  };
  let prepared: number | undefined;
  /** What the product does not need, Asterisk has not loaded; nor has it after it was restarted. */
  const prepare = async (): Promise<void> => {
    if (prepared === asterisk.pid) return;
    for (const module of ['app_echo', 'res_clioriginate']) await asterisk.console(`module load ${module}.so`);
    prepared = asterisk.pid;
  };
  return {
    end,
    async begin() {
      await end();
      await prepare();
      const since = Date.now();
      await asterisk.console(`channel originate PJSIP/${phone.extension} application Echo`);
      await phone.events.first(({ type }) => type === 'established', {
        withinMs: 10_000,
        since,
        what: 'the phone that hears itself was not reached',
      });
    },
    async gap(from, to) {
      const heard = await phone.heard();
      const gap = heard.startedAt === undefined ? 0 : gaps(heard, controlTone, between(heard, from, to));
      return Math.max(gap, metronome.latest(from, to));
    },
  };
};

/** Its microphone, in Hz. */
export const controlTone = 620;
