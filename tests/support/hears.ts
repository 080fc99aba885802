import { between, type PhoneCall, tonePresence } from '@cordboard/sip-lab';
import { expect } from 'vitest';
import { describeSound } from './describe-sound.ts';

/** The microphones of the house, in Hz: of a caller, of a desk phone, and of a party outside. */
export const tones = { caller: 440, phone: 880, outside: 660, third: 1320 } as const;

/** In this call nothing but this tone was heard from `from` to `to`, ms since the epoch. */
export const hearsOnly = async (
  call: Pick<PhoneCall, 'heard'>,
  tone: number,
  from: number,
  to: number,
): Promise<void> => {
  const heard = await call.heard();
  expect(
    tonePresence(heard, tone, between(heard, from + 300, to)),
    describeSound(heard, Object.values(tones)),
  ).toBeGreaterThan(0.9);
};

/** In this call this tone was hardly heard from `from` to `to`. */
export const hearsNot = async (
  call: Pick<PhoneCall, 'heard'>,
  tone: number,
  from: number,
  to: number,
): Promise<void> => {
  const heard = await call.heard();
  expect(
    tonePresence(heard, tone, between(heard, from + 300, to)),
    describeSound(heard, Object.values(tones)),
  ).toBeLessThan(0.1);
};
