import { between, type PhoneCall, type ToneSense, tonePresence, toneSense } from '@cordboard/sip-lab';
import { expect } from 'vitest';
import { describeSound } from './describe-sound.ts';

/** The microphones of the house, in Hz: of a caller, of a desk phone, and of a party outside. */
export const tones = { caller: 440, phone: 880, outside: 660, third: 1320 } as const;

/** A busy machine loses a packet now and then. */
const mostOfIt = 0.8;

type Heard = Pick<PhoneCall, 'heard'>;

/** In this call nothing but this tone was heard from `from` to `to`, ms since the epoch. */
export const hearsOnly = async (call: Heard, tone: number, from: number, to: number): Promise<void> => {
  const { share, shown } = await presence(call, tone, from, to, { minAmplitude: 0.01, minDominance: 0.8 });
  expect(share, shown).toBeGreaterThan(mostOfIt);
};

/** In this call this tone was heard from `from` to `to`, together with another one. */
export const hearsTone = async (call: Heard, tone: number, from: number, to: number): Promise<void> => {
  const { share, shown } = await presence(call, tone, from, to, { minAmplitude: 0.01, minDominance: 0.3 });
  expect(share, shown).toBeGreaterThan(mostOfIt);
};

/** In this call this tone was hardly heard from `from` to `to`. */
export const hearsNot = async (call: Heard, tone: number, from: number, to: number): Promise<void> => {
  const { share, shown } = await presence(call, tone, from, to, toneSense);
  expect(share, shown).toBeLessThan(0.1);
};

const presence = async (call: Heard, tone: number, from: number, to: number, sense: ToneSense) => {
  const heard = await call.heard();
  return {
    share: tonePresence(heard, tone, between(heard, from + 300, to), sense),
    shown: describeSound(heard, Object.values(tones)),
  };
};
