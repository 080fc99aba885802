import { between, type PhoneCall, silence, tonePresence } from '@cordboard/sip-lab';
import { expect } from 'vitest';
import { describeSound } from './describe-sound.ts';
import type { House } from './house.ts';

/** One side of a conversation, and the tone that it says, in Hz. */
export interface Party {
  readonly name: string;
  readonly tone: number;
  readonly call: Pick<PhoneCall, 'heard'>;
}

/** Who is heard is heard most of the time: a busy machine drops a frame now and then. Who is not heard, never. */
const heardShare = 0.7;

interface Moments {
  readonly from: number;
  readonly to: number;
}

/** They talk for a while. @returns when it was, so that each may be asked what it heard. */
const listen = async (house: Pick<House, 'talk'>, afterMs = 400, writtenAfterMs = 400): Promise<Moments> => {
  // What was under way a moment ago has arrived, and what is heard now is written a quarter of a second later.
  await house.talk(afterMs);
  const from = Date.now();
  await house.talk(800);
  const to = Date.now();
  await house.talk(writtenAfterMs);
  return { from, to };
};

const share = async ({ call }: Party, tone: number, { from, to }: Moments): Promise<number> => {
  const heard = await call.heard();
  return tonePresence(heard, tone, between(heard, from, to));
};

/**
 * These two hear each other now, and neither hears any of the others.
 * @param least the share of the time in which each must hear the other
 */
export const expectTogether = async (
  house: Pick<House, 'talk'>,
  [one, other]: readonly [Party, Party],
  apart: readonly Pick<Party, 'name' | 'tone'>[] = [],
  least = heardShare,
): Promise<void> => {
  const pairs = [
    [one, other],
    [other, one],
  ] as const;
  let when = await listen(house);
  const shares = await Promise.all(pairs.map(([listener, speaker]) => share(listener, speaker.tone, when)));
  // A machine that was busy just then lost packets, or a phone began a new recording; two who do not hear each other do
  // not a moment later either.
  if (shares.some((heard) => heard <= least)) when = await listen(house, 400, 1500);
  for (const [listener, speaker] of pairs) {
    const what = `${listener.name} hears ${speaker.name}: ${describeSound(await listener.call.heard())}`;
    expect(await share(listener, speaker.tone, when), what).toBeGreaterThan(least);
    for (const { name, tone } of apart)
      expect(await share(listener, tone, when), `${listener.name} hears ${name}`).toBeLessThan(0.05);
  }
};

/** This one waits, and hears music: it is not silent, and none of the others is heard. */
export const expectMusic = async (
  house: Pick<House, 'talk'>,
  waiting: Party,
  apart: readonly Pick<Party, 'name' | 'tone'>[],
): Promise<void> => {
  // The music begins softly.
  const when = await listen(house, 1300);
  const heard = await waiting.call.heard();
  for (const { name, tone } of apart)
    expect(await share(waiting, tone, when), `${waiting.name} hears ${name}`).toBeLessThan(0.05);
  expect(silence(heard, between(heard, when.from, when.to)), describeSound(heard)).toBeLessThan(0.5);
};
