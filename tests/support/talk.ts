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

/** In ms after now: who speaks to whom is heard by then; what was under way before has surely ended a little later. */
const heardMs = 250;
const settledMs = 400;
/** The last quarter of a second is not written yet, and the loudspeaker is a moment late. */
const writtenMs = 300;

interface Moments {
  readonly from: number;
  readonly to: number;
}

const share = async ({ call }: Party, tone: number, { from, to }: Moments): Promise<number> => {
  const heard = await call.heard();
  return tonePresence(heard, tone, between(heard, from, to));
};

/** Nobody apart was heard, by any of these, in all that time. */
const expectApart = async (
  listeners: readonly Party[],
  apart: readonly Pick<Party, 'name' | 'tone'>[],
  when: Moments,
): Promise<void> => {
  for (const listener of listeners)
    for (const { name, tone } of apart)
      expect(await share(listener, tone, when), `${listener.name} hears ${name}`).toBeLessThan(0.05);
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
  const begun = Date.now();
  const pairs = [
    [one, other],
    [other, one],
  ] as const;
  const sharesOf = (when: Moments) =>
    Promise.all(pairs.map(([listener, speaker]) => share(listener, speaker.tone, when)));
  const listen = async (afterMs: number, forMs: number): Promise<Moments> => {
    await house.talk(afterMs);
    const from = Date.now();
    await house.talk(forMs);
    const to = Date.now();
    await house.talk(writtenMs);
    return { from, to };
  };
  let when = await listen(heardMs, 400);
  // A machine that was busy just then lost packets, or a phone began a new recording; two who do not hear each other do
  // not a moment later either.
  let shares = await sharesOf(when);
  for (let again = 0; again < 2 && shares.some((heard) => heard <= least); again += 1) {
    when = await listen(settledMs, 800);
    shares = await sharesOf(when);
  }
  for (const [index, [listener, speaker]] of pairs.entries()) {
    const what = `${listener.name} hears ${speaker.name}: ${describeSound(await listener.call.heard())}`;
    expect(shares[index], what).toBeGreaterThan(least);
  }
  await expectApart([one, other], apart, { from: begun + settledMs, to: when.to });
};

/** This one waits, and hears music: it is not silent, and none of the others is heard. */
export const expectMusic = async (
  house: Pick<House, 'talk'>,
  waiting: Party,
  apart: readonly Pick<Party, 'name' | 'tone'>[],
): Promise<void> => {
  const begun = Date.now();
  const lately = 400;
  const quiet = async (): Promise<number> => {
    const to = Date.now() - writtenMs;
    const heard = await waiting.call.heard();
    return silence(heard, between(heard, to - lately, to));
  };
  await house.talk(settledMs + lately + writtenMs);
  // The music begins softly.
  let silent = await quiet();
  while (silent >= 0.5 && Date.now() < begun + 3000) {
    await house.talk(100);
    silent = await quiet();
  }
  expect(silent, describeSound(await waiting.call.heard())).toBeLessThan(0.5);
  await expectApart([waiting], apart, { from: begun + settledMs, to: Date.now() - writtenMs });
};
