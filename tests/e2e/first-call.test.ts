import { between, gaps, silence, tonePresence } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** Long enough for Asterisk's first packets to have passed, short enough to keep the suite quick. */
const talkMs = 1500;

describe('an extension', () => {
  test('[S1] a call to the number of an extension rings that phone within a second, and both hear each other', async () => {
    const phone = await house.phone('101');
    const caller = await house.caller();
    const dialled = await caller.dial('+33170000101');
    const ringing = await phone.nextIncoming({ withinMs: 5000 });
    expect(ringing.at - dialled.at).toBeLessThan(1000);
    expect(ringing.fromNumber).toBe(caller.callerNumber);
    await ringing.answer();
    const { at } = await dialled.established({ withinMs: 3000 });
    await house.talk(talkMs);
    const until = Date.now();
    await dialled.hangUp();
    await ringing.ended({ withinMs: 3000 });
    const [callerHeard, phoneHeard] = [await dialled.heard(), await ringing.heard()];
    expect(
      tonePresence(phoneHeard, 440, between(phoneHeard, at + 300, until)),
      describeSound(phoneHeard),
    ).toBeGreaterThan(0.94);
    expect(
      tonePresence(callerHeard, 880, between(callerHeard, at + 300, until)),
      describeSound(callerHeard),
    ).toBeGreaterThan(0.94);
    expect(tonePresence(phoneHeard, 880)).toBe(0);
    expect(tonePresence(callerHeard, 440)).toBe(0);
    expect(gaps(phoneHeard, 440, between(phoneHeard, at + 300, until)), describeSound(phoneHeard)).toBeLessThanOrEqual(
      60,
    );
  });
});

describe('the menu', () => {
  test('[S17] pressing 2, then waiting, leads to the support queue; the agent hears the caller and no music', async () => {
    const phone = await house.ready('101');
    const caller = await house.caller();
    const dialled = await caller.dial('+33170000010');
    await dialled.established({ withinMs: 5000 });
    const call = await house.board.shows('the call in the menu', ({ calls }) =>
      [...calls.values()].find(({ ani }) => ani === caller.callerNumber),
    );
    await house.inMenu(call.id);
    await dialled.sendDigits('2');
    const ringing = await phone.nextIncoming({ withinMs: 5000 });
    expect(ringing.fromName).toContain('Support');
    await ringing.answer();
    const { at } = await ringing.established({ withinMs: 3000 });
    await house.talk(talkMs);
    const end = Date.now();
    await ringing.hangUp();
    await dialled.ended({ withinMs: 3000 });
    const [callerHeard, phoneHeard] = [await dialled.heard(), await ringing.heard()];
    expect(
      tonePresence(phoneHeard, 440, between(phoneHeard, at + 300, end)),
      describeSound(phoneHeard),
    ).toBeGreaterThan(0.94);
    // Music that went on under the agent's voice would spoil the tone's dominance.
    expect(
      tonePresence(callerHeard, 880, between(callerHeard, at + 300, end)),
      describeSound(callerHeard),
    ).toBeGreaterThan(0.94);
  });

  test('[S17] three wrong keys lead to the way out, and so do three silences', async () => {
    const wrong = await house.caller();
    const silent = await house.caller();
    const dialled = [await wrong.dial('+33170000010'), await silent.dial('+33170000010')] as const;
    await dialled[0].established({ withinMs: 5000 });
    const call = await house.board.shows('the call', ({ calls }) =>
      [...calls.values()].find(({ ani }) => ani === wrong.callerNumber),
    );
    for (const tries of [1, 2, 3]) {
      await house.inMenu(call.id, tries);
      await dialled[0].sendDigits('9');
    }
    await house.board.shows(
      'the caller with wrong keys in line',
      ({ calls }) => calls.get(call.id)?.queue === 'support',
    );
    await house.board.shows(
      'the silent caller in line',
      ({ calls }) => [...calls.values()].some(({ ani, queue }) => ani === silent.callerNumber && queue === 'support'),
      60_000,
    );
    const why = await house.why(call.id);
    expect(JSON.stringify(why)).toContain('3 tries');
  });
});

describe('the queue', () => {
  test('[S18] a waiting caller hears music and a position, and the position is said again when it is better', async () => {
    const [first, second] = [await house.caller(), await house.caller()];
    const one = await first.dial('+33170000011');
    await house.board.shows('one waiting', ({ queues }) => queues.get('support')?.waiting === 1);
    const two = await second.dial('+33170000011');
    const waiting = await house.board.shows(
      'two waiting',
      ({ calls, queues }) =>
        queues.get('support')?.waiting === 2 && [...calls.values()].find(({ ani }) => ani === second.callerNumber),
    );
    await house.factsOf(waiting.id, 'PositionAnnounced', 1);
    await one.hangUp();
    await house.factsOf(waiting.id, 'PositionAnnounced', 2);
    const announced = (await house.facts(waiting.id)).filter(({ type }) => type === 'PositionAnnounced');
    expect(announced).toMatchObject([{ position: 2 }, { position: 1 }]);
    await two.hangUp();
    const heard = await two.heard();
    expect(silence(heard, { fromMs: 500 })).toBeLessThan(0.5);
  });

  test('[S4] of a ready, a paused and a busy agent only the ready one is ever rung', async () => {
    const [ready, paused, busy] = [await house.ready('101'), await house.ready('102'), await house.ready('103')];
    await house.ask('ben', { to: 'pause', reason: 'training' });
    await house.ask('ana', { to: 'pause', reason: 'later' });
    const talker = await house.caller();
    const talking = await talker.dial('+33170000011');
    await (await busy.nextIncoming({ withinMs: 5000 })).answer();
    await talking.established({ withinMs: 3000 });
    await house.ask('ana', { to: 'be-ready' });
    const callers = await Promise.all(Array.from({ length: 5 }, () => house.caller()));
    for (const caller of callers) await caller.dial('+33170000011');
    for (let served = 0; served < 3; served += 1) {
      const ringing = await ready.nextIncoming({ withinMs: 10_000 });
      await ringing.answer();
      await ringing.established({ withinMs: 3000 });
      await ringing.hangUp();
    }
    expect(paused.calls).toHaveLength(0);
    expect(busy.calls).toHaveLength(1);
  });

  test('[F6] a phone that is not answered gives way to the next, the caller keeps the wait, and who misses twice is paused', async () => {
    const [silent, next] = [await house.ready('101'), await house.phone('102')];
    const caller = await house.caller();
    await caller.dial('+33170000011');
    const missed = await silent.nextIncoming({ withinMs: 5000 });
    await house.signIn('ben');
    const ringing = await next.nextIncoming({ withinMs: 20_000 });
    await missed.ended({ withinMs: 2000 });
    const call = await house.board.shows('the call at the second phone', ({ calls }) =>
      [...calls.values()].find(({ agent }) => agent === 'ben'),
    );
    expect(call.queuedAt).not.toBeNull();
    expect(Date.now() - (call.queuedAt ?? 0)).toBeGreaterThan(house.ringForMs);
    await house.board.shows('ana still ready after one miss', ({ agents }) => agents.get('ana')?.state === 'ready');
    const second = await silent.nextIncoming({ withinMs: 20_000 });
    await ringing.ended({ withinMs: 2000 });
    await second.ended({ withinMs: 20_000 });
    await house.board.shows('ana paused', ({ agents }) => agents.get('ana')?.reason === 'no-answer');
  });

  test('[F12] every decision says why: the number, the key pressed, and each candidate', async () => {
    const phone = await house.ready('101');
    await house.ready('102');
    await house.ask('ben', { to: 'pause', reason: 'lunch' });
    const caller = await house.caller();
    await caller.dial('+33170000011');
    const ringing = await phone.nextIncoming({ withinMs: 5000 });
    const call = await house.board.shows('the ringing call', ({ calls }) =>
      [...calls.values()].find(({ place }) => place === 'ringing'),
    );
    const live = JSON.stringify(await house.why(call.id));
    for (const said of ['+33170000011', 'idle longest', 'paused: lunch', 'signed out']) expect(live).toContain(said);
    await ringing.decline();
    await caller.hangUp();
    const ended = await until('the record', async () => (await house.admin.send('GET', `/api/calls/${call.id}`)).ok);
    expect(ended).toBe(true);
    expect(JSON.stringify(await house.why(call.id))).toContain('paused: lunch');
  });
});

describe('hanging up', () => {
  test.each(['greeting', 'menu', 'queue', 'ringing', 'answer', 'talking'] as const)(
    '[F15] the caller hangs up in the %s: nothing is left behind',
    async (place) => {
      const phone = await house.ready('101');
      const caller = await house.caller();
      if (place === 'queue') await house.ask('ana', { to: 'pause', reason: 'test' });
      const dialled = await caller.dial(place === 'greeting' || place === 'menu' ? '+33170000010' : '+33170000011');
      if (place === 'greeting' || place === 'queue') await dialled.established({ withinMs: 5000 });
      if (place === 'menu') {
        const call = await house.board.shows('the call', ({ calls }) => [...calls.values()][0]);
        await house.inMenu(call.id);
      }
      if (place === 'ringing' || place === 'answer' || place === 'talking') {
        const ringing = await phone.nextIncoming({ withinMs: 5000 });
        if (place === 'answer') await Promise.all([ringing.answer(), dialled.hangUp()]);
        if (place === 'talking') {
          await ringing.answer();
          await ringing.established({ withinMs: 3000 });
        }
      }
      if (place !== 'answer') await dialled.hangUp();
      await house.isEmpty();
    },
  );
});

describe('feature codes', () => {
  test('[F4] signing in, pausing and being ready again from the desk phone, each confirmed by voice', async () => {
    const phone = await house.phone('101');
    for (const [code, state] of [
      ['*11', 'ready'],
      ['*12', 'paused'],
      ['*13', 'ready'],
      ['*11', 'signed-out'],
    ] as const) {
      const dialled = await phone.dial(code);
      await dialled.established({ withinMs: 3000 });
      await house.board.shows(`ana ${state}`, ({ agents }) => agents.get('ana')?.state === state);
      await dialled.ended({ withinMs: 8000 });
      const heard = await dialled.heard();
      expect(silence(heard)).toBeLessThan(0.8);
    }
  });
});
