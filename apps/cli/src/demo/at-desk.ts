import { setTimeout as pause } from 'node:timers/promises';
import { type Phone, RegistrationFailed, type SpawnInRoot, startPhone } from '@cordboard/sip-lab';
import { PhoneBroken, sitDown, takeCalls } from './desk.ts';
import type { Dice } from './dice.ts';
import type { Seat } from './seats.ts';

/** Who sits where, and what they find there. */
export interface AtDeskOptions extends Seat {
  readonly password: string;
  /** What call control knows of the agent. */
  readonly presence: Parameters<typeof sitDown>[1];
  readonly spawn: SpawnInRoot;
  readonly folder: string;
  readonly exchange: { readonly host: string; readonly port: number };
  readonly dice: Dice;
  readonly signal: AbortSignal;
  /** The phone cannot be used, or not any more. */
  readonly onFailure: (error: unknown) => void;
}

/** Somebody at a desk. */
export interface AtDesk {
  /** Settles when they are ready for calls, or cannot be: whether they are. */
  readonly ready: Promise<boolean>;
  /** Unplugs the phone. */
  leave(): Promise<void>;
}

/** Puts somebody at a desk phone, who takes calls until the signal is aborted. A phone that breaks down is replaced. */
export const atDesk = (options: AtDeskOptions): AtDesk => {
  const { dice, signal, onFailure } = options;
  let plugging = plugIn(options);
  const begin = async (presence: AtDeskOptions['presence']): Promise<Phone> => {
    const phone = await plugging;
    await registered(phone, signal);
    await sitDown(phone, presence);
    return phone;
  };
  const work = async (phone: Phone): Promise<void> => {
    try {
      await takeCalls(phone, dice, signal);
    } catch (error) {
      if (!(error instanceof PhoneBroken)) throw error;
      onFailure(error);
      await phone.stop();
      plugging = plugIn(options);
      await work(await begin('paused'));
    }
  };
  const failed = (error: unknown): false => {
    if (!signal.aborted) onFailure(error);
    return false;
  };
  return {
    ready: begin(options.presence).then((phone) => {
      void work(phone).catch(failed);
      return true;
    }, failed),
    async leave() {
      const phone = await plugging.catch(() => undefined);
      await phone?.stop();
    },
  };
};

const plugIn = ({ spawn, folder, exchange, extension, password }: AtDeskOptions): Promise<Phone> =>
  startPhone({ spawn, folder, registrar: exchange, extension, password, codec: 'pcma', forgetful: true });

const tries = 20;
const betweenTriesMs = 1000;

/** Asterisk may not have been told of the phone yet. */
const registered = async (phone: Phone, signal: AbortSignal): Promise<void> => {
  let attempt = phone.registered;
  for (let left = tries; ; left -= 1) {
    try {
      return await attempt;
    } catch (error) {
      if (!(error instanceof RegistrationFailed) || left === 0) throw error;
      await pause(betweenTriesMs, undefined, { signal });
      await phone.unregister();
      attempt = phone.register();
    }
  }
};
