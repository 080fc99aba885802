import { join } from 'node:path';
import {
  between,
  type Caller,
  gaps,
  type IncomingCall,
  type PhoneCall,
  readWav,
  silence,
  tonePresence,
} from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { numbers, wrapUpMs } from '../support/house-policy.ts';
import { ratherLike } from '../support/sounds-like.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** Two people who talk: the caller's side, the agent's side, and since when. */
interface Conversation {
  readonly caller: Caller;
  readonly outside: PhoneCall;
  readonly inside: IncomingCall;
  readonly since: number;
}

/** The carrier brings a call to support, and Ana answers. */
const talkWithAna = async (): Promise<Conversation> => {
  const phone = await house.ready('101');
  const caller = await house.caller();
  const outside = await caller.dial(numbers.support);
  const inside = await phone.nextIncoming({ withinMs: 5000 });
  await inside.answer();
  await outside.established({ withinMs: 3000 });
  const { at: since } = await inside.established({ withinMs: 3000 });
  return { caller, outside, inside, since };
};

describe('what is heard', () => {
  test('each hears the other and not themselves, without a gap, and with no music under the voice', async () => {
    const { caller, outside, inside, since } = await talkWithAna();
    const [channel] = (await house.truth.channels()).filter((one) => one.caller.number === caller.callerNumber);
    const sentBefore = await house.truth.packetsSentTo(channel?.id ?? '');
    const countedFrom = performance.now();
    await house.talk(2000);
    const sent = (await house.truth.packetsSentTo(channel?.id ?? '')) - sentBefore;
    const perSecond = (sent * 1000) / (performance.now() - countedFrom);
    // A voice is 50 packets in a second; music beside it would make 100 (and did, once).
    expect(perSecond).toBeGreaterThan(45);
    expect(perSecond).toBeLessThan(55);
    const until = Date.now();
    await inside.hangUp();
    await outside.ended({ withinMs: 3000 });
    const [agentHeard, callerHeard] = [await inside.heard(), await outside.heard()];
    const [ofAgent, ofCaller] = [between(agentHeard, since + 300, until), between(callerHeard, since + 300, until)];
    expect(tonePresence(agentHeard, 440, ofAgent), describeSound(agentHeard)).toBeGreaterThan(0.94);
    expect(tonePresence(callerHeard, 880, ofCaller), describeSound(callerHeard)).toBeGreaterThan(0.94);
    expect(tonePresence(agentHeard, 880)).toBe(0);
    expect(tonePresence(callerHeard, 440, ofCaller), describeSound(callerHeard)).toBe(0);
    expect(gaps(agentHeard, 440, ofAgent), describeSound(agentHeard)).toBeLessThanOrEqual(60);
    expect(gaps(callerHeard, 880, ofCaller), describeSound(callerHeard)).toBeLessThanOrEqual(60);
  });

  test('an agent who mutes the phone sends silence, and no stray sound comes in its place', async () => {
    const { outside, inside, since } = await talkWithAna();
    await inside.mute();
    const mutedAt = Date.now();
    await house.talk(1500);
    const until = Date.now();
    await inside.hangUp();
    await outside.ended({ withinMs: 3000 });
    const heard = await outside.heard();
    expect(mutedAt).toBeGreaterThan(since);
    expect(silence(heard, between(heard, mutedAt + 500, until)), describeSound(heard)).toBeGreaterThan(0.98);
  });

  test('[S17] callers are greeted in the language of the number they dial', async () => {
    const reference = (language: string) =>
      readWav(join(house.lab.media.path, 'sounds', language, 'cordboard', 'welcome.wav'));
    const [inFrench, inEnglish] = [await reference('fr'), await reference('en')];
    const greeting = async (number: string) => {
      const caller = await house.caller();
      const dialled = await caller.dial(number);
      await dialled.established({ withinMs: 5000 });
      await house.inMenu(await house.callOf(caller));
      await dialled.hangUp();
      await dialled.ended({ withinMs: 3000 });
      return dialled.heard();
    };
    const [french, english] = await Promise.all([greeting(numbers.main), greeting(numbers.english)]);
    expect(ratherLike(french, inFrench, inEnglish)).toBeGreaterThan(0.25);
    expect(ratherLike(english, inEnglish, inFrench)).toBeGreaterThan(0.25);
  });
});

describe('the end of a conversation', () => {
  test('the agent hangs up, has time for after-call work, and only then the next caller rings', async () => {
    const { outside, inside } = await talkWithAna();
    const next = await house.caller();
    await next.dial(numbers.support);
    await house.board.shows('the next caller in line', ({ queues }) => queues.get('support')?.waiting === 1);
    const hungUpAt = Date.now();
    await inside.hangUp();
    await outside.ended({ withinMs: 2000 });
    await house.board.shows('ana in wrap-up', ({ agents }) => agents.get('ana')?.state === 'wrap-up');
    const ringing = await house.phoneAt('101').nextIncoming({ withinMs: 5000 });
    expect(ringing.fromNumber).toBe(next.callerNumber);
    expect(ringing.at - hungUpAt).toBeGreaterThanOrEqual(wrapUpMs);
    expect(ringing.at - hungUpAt).toBeLessThan(wrapUpMs + 1000);
  });

  test('the caller hangs up: the agent’s phone is free at once, and the call is written down as answered', async () => {
    const { caller, outside, inside } = await talkWithAna();
    const call = await house.callOf(caller);
    await outside.hangUp();
    await inside.ended({ withinMs: 1000 });
    await house.isEmpty();
    const [ended] = await house.factsOf(call, 'CallEnded');
    expect(ended).toMatchObject({ disposition: 'answered', endedBy: 'caller' });
  });
});

describe('one agent, two callers', () => {
  test('the second waits while the agent talks, and is rung when the first has gone', async () => {
    const phone = await house.ready('104');
    const [first, second] = [await house.caller(), await house.caller()];
    const one = await first.dial(numbers.sales);
    const talking = await phone.nextIncoming({ withinMs: 5000 });
    await talking.answer();
    await one.established({ withinMs: 3000 });
    const two = await second.dial(numbers.sales);
    const call = await house.callOf(second);
    await house.factsOf(call, 'CallQueued');
    await two.established({ withinMs: 3000 });
    await house.factsOf(call, 'PositionAnnounced');
    expect(phone.calls).toHaveLength(1);
    await one.hangUp();
    const ringing = await phone.nextIncoming({ withinMs: 5000 });
    expect(ringing.fromNumber).toBe(second.callerNumber);
    await ringing.answer();
    await ringing.established({ withinMs: 3000 });
  });
});

describe('desk phones', () => {
  test('one dials another by its extension, and both hear each other', async () => {
    const [ana, ben] = [await house.phone('101'), await house.phone('102')];
    const dialled = await ana.dial('102');
    const ringing = await ben.nextIncoming({ withinMs: 3000 });
    expect(ringing.fromNumber).toBe('101');
    await ringing.answer();
    const { at } = await dialled.established({ withinMs: 3000 });
    await house.talk(1000);
    const until = Date.now();
    await dialled.hangUp();
    await ringing.ended({ withinMs: 3000 });
    for (const heard of [await dialled.heard(), await ringing.heard()])
      expect(tonePresence(heard, 880, between(heard, at + 300, until)), describeSound(heard)).toBeGreaterThan(0.94);
  });

  test('an agent whose own phone dials out is not offered a call meanwhile', async () => {
    const ana = await house.ready('101');
    await house.phone('105');
    const dialled = await ana.dial('105');
    await house.board.shows('ana busy', ({ agents }) => agents.get('ana')?.state === 'talking');
    const caller = await house.caller();
    await caller.dial(numbers.support);
    await house.factsOf(await house.callOf(caller), 'PositionAnnounced');
    expect(ana.calls).toHaveLength(1);
    await dialled.hangUp();
    expect((await ana.nextIncoming({ withinMs: 3000 })).fromNumber).toBe(caller.callerNumber);
  });

  test('[F4] a phone that belongs to no agent is told so when it dials the sign-in code', async () => {
    const spare = await house.phone('105');
    const dialled = await spare.dial('*11');
    await dialled.established({ withinMs: 3000 });
    await dialled.ended({ withinMs: 8000 });
    const prompt = (name: string) => readWav(join(house.lab.media.path, 'sounds', 'fr', 'cordboard', `${name}.wav`));
    const [refusal, confirmation] = [await prompt('not-an-agent'), await prompt('signed-in')];
    expect(ratherLike(await dialled.heard(), refusal, confirmation)).toBeGreaterThan(0.25);
  });
});
