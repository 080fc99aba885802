import type { PolicyDocument } from '@cordboard/contracts';
import { between, gaps, tonePresence } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { lineUp } from '../support/line-up.ts';
import { onRecord } from '../support/on-record.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** Call control says that it lives, and that it has seen what is there. */
const isInControl = async (): Promise<boolean> => {
  const readiness = await fetch(`${house.url}/readyz`);
  const { checks } = (await readiness.json()) as { checks: { callControl: { ok: boolean } } };
  return checks.callControl.ok;
};

const inControlAgain = (withinMs = 10_000): Promise<true> =>
  until('call control', async () => (await isInControl()) && true, { withinMs });

const outOfControl = (): Promise<true> =>
  until('nobody in control', async () => !(await isInControl()) && true, { withinMs: 6000 });

/** Publishes the house's policy with phones that ring for so long. */
const ringingFor = async (ringForMs: number): Promise<void> => {
  const { version } = await house.database.policies.publish(
    housePolicy({ ringForMs }) as unknown as PolicyDocument,
    'admin',
    'phones ring longer',
  );
  await until('the policy', async () => {
    const { board } = await house.admin.ask<{ board: { policyVersion: number } }>('GET', '/api/board');
    return board.policyVersion === version;
  });
};

describe('call control is killed', () => {
  test('[F15] who talks goes on talking, who waits keeps the place, and the phone that rings is answered', async () => {
    await ringingFor(30_000);
    // Ana talks, Ben's phone rings, and one caller waits: there is nobody else.
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    const [talker, ringer, waiter] = [await house.caller(), await house.caller(), await house.caller()];
    const talking = await talker.dial(numbers.support);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    await atAna.answer();
    const { at: since } = await atAna.established({ withinMs: 3000 });
    const ringing = await ringer.dial(numbers.support);
    const waiting = await waiter.dial(numbers.support);
    const waitingCall = await house.callOf(waiter);
    await house.board.shows('the caller who waits', ({ calls }) => calls.get(waitingCall)?.place === 'waiting');
    const queuedAt = house.board.calls.get(waitingCall)?.queuedAt;
    const atBen = await ben.nextIncoming({ withinMs: 5000 });

    await house.apps.stasis.kill();
    await outOfControl();
    house.apps.stasis.start();
    await inControlAgain();
    await atBen.answer();
    await atBen.established({ withinMs: 5000 });
    await ringing.established({ withinMs: 5000 });
    await house.board.shows('Ben talking', ({ agents }) => agents.get('ben')?.state === 'talking');
    expect(ben.calls).toHaveLength(1);
    expect(house.board.calls.get(waitingCall)?.queuedAt).toBe(queuedAt);

    await house.talk(500);
    const end = Date.now();
    await atAna.hangUp();
    await talking.ended({ withinMs: 3000 });
    const [agentHeard, callerHeard] = [await atAna.heard(), await talking.heard()];
    const [ofAgent, ofCaller] = [between(agentHeard, since + 300, end), between(callerHeard, since + 300, end)];
    expect(gaps(agentHeard, 440, ofAgent), describeSound(agentHeard)).toBeLessThanOrEqual(100);
    expect(gaps(callerHeard, 880, ofCaller), describeSound(callerHeard)).toBeLessThanOrEqual(100);
    expect(tonePresence(callerHeard, 880, ofCaller)).toBeGreaterThan(0.94);

    // Ana is free again, and who kept the place is next.
    const next = await ana.nextIncoming({ withinMs: 10_000 });
    expect(next.fromNumber).toBe(waiter.callerNumber);
    await next.answer();
    await waiting.established({ withinMs: 3000 });
    for (const call of [ringing, waiting]) await call.hangUp();
    await house.isEmpty();
  });

  test('[F15] who hangs up meanwhile is found gone: the agent is free, the other side is let go, nothing is left', async () => {
    const ana = await house.ready('101');
    const [talker, waiter] = [await house.caller(), await house.caller()];
    const talking = await talker.dial(numbers.support);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    await atAna.answer();
    await atAna.established({ withinMs: 3000 });
    const waiting = await waiter.dial(numbers.support);
    const waitingCall = await house.callOf(waiter);
    await house.board.shows('the caller who waits', ({ calls }) => calls.get(waitingCall)?.place === 'waiting');

    await house.apps.stasis.kill();
    await talking.hangUp();
    await waiting.hangUp();
    house.apps.stasis.start();
    await atAna.ended({ withinMs: 10_000 });
    await house.isEmpty();
    await house.board.shows('Ana free', ({ agents }) => agents.get('ana')?.state === 'ready', 10_000);
  });

  test('[F16] meanwhile a new caller reaches the phones by the dialplan alone, and the pages say that nobody is in control', async () => {
    const ana = await house.ready('101');
    // Else what is seen is the outage of the test before.
    await inControlAgain();
    await house.apps.stasis.kill();
    await outOfControl();
    const caller = await house.caller();
    const dialled = await caller.dial(numbers.support);
    const ringing = await ana.nextIncoming({ withinMs: 5000 });
    expect(ringing.fromNumber).toBe(caller.callerNumber);
    await ringing.answer();
    const { at: since } = await ringing.established({ withinMs: 3000 });
    await house.talk(1000);
    house.apps.stasis.start();
    await inControlAgain();
    const end = Date.now();
    // What the dialplan has in hand is not touched.
    await dialled.hangUp();
    await ringing.ended({ withinMs: 3000 });
    const heard = await ringing.heard();
    expect(tonePresence(heard, 440, between(heard, since + 300, end)), describeSound(heard)).toBeGreaterThan(0.94);
  });
});

describe('a server is killed', () => {
  test('Redis: calls go on, new ones are answered, and the board is right when it is back', async () => {
    const ana = await house.ready('101');
    const { redis } = house.servers;
    const [first, second] = [await house.caller(), await house.caller()];
    const one = await first.dial(numbers.support);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    await atAna.answer();
    await atAna.established({ withinMs: 3000 });
    redis?.kill('SIGKILL');
    await one.hangUp();
    await atAna.ended({ withinMs: 5000 });
    const two = await second.dial(numbers.support);
    const again = await ana.nextIncoming({ withinMs: 10_000 });
    await again.answer();
    await two.established({ withinMs: 3000 });
    await house.board.shows(
      'the second call',
      ({ calls }) => [...calls.values()].some(({ ani, place }) => ani === second.callerNumber && place === 'talking'),
      15_000,
    );
    await two.hangUp();
    await house.isEmpty();
  });

  test('PostgreSQL: calls go on without it, and the record of each is written when it is back', async () => {
    const ana = await house.ready('101');
    const { postgres } = house.servers;
    postgres?.kill('SIGKILL');
    const caller = await house.caller();
    const dialled = await caller.dial(numbers.support);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    await atAna.answer();
    await dialled.established({ withinMs: 3000 });
    const call = await house.callOf(caller);
    await dialled.hangUp();
    await until('the record', async () => (await house.admin.send('GET', `/api/calls/${call}`)).ok, {
      withinMs: 40_000,
    });
    await house.isEmpty();
  });

  test('Asterisk: its calls are lost, and all is found again: phones, trunks, agents, and the next call', async () => {
    const ana = await house.ready('101');
    const [first, second] = [await house.caller(), await house.caller()];
    await first.dial(numbers.support);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    await atAna.answer();
    await atAna.established({ withinMs: 3000 });
    house.asterisk.kill('SIGKILL');
    await house.board.shows('no call', ({ calls }) => calls.size === 0, 20_000);
    await inControlAgain(20_000);
    await atAna.hangUp();
    await first.hangUp();
    await ana.unregister();
    await ana.register();
    await house.board.shows('Ana ready', ({ agents }) => agents.get('ana')?.state === 'ready', 15_000);
    const dialled = await second.dial(numbers.support);
    const again = await ana.nextIncoming({ withinMs: 10_000 });
    await again.answer();
    await dialled.established({ withinMs: 3000 });
    await dialled.hangUp();
    await house.isEmpty();
  });

  test('Asterisk: who waited is recorded as lost, not as having given up, and who rings again stands where they stood', async () => {
    const ana = await house.ready('101');
    const talking = await house.caller();
    await talking.dial(numbers.support);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    await atAna.answer();
    const cutOff = await lineUp(house, numbers.support);
    house.asterisk.kill('SIGKILL');
    await house.board.shows('no call', ({ calls }) => calls.size === 0, 20_000);
    await inControlAgain(20_000);
    for (const one of [atAna, cutOff.dialled]) await one.hangUp();
    expect(await onRecord(house, cutOff.call)).toMatchObject({ disposition: 'lost', endedBy: 'system' });
    await house.board.shows('Ana free', ({ agents }) => agents.get('ana')?.state === 'ready', 15_000);
    await house.ask('ana', { to: 'pause', reason: 'break' });
    const late = await lineUp(house, numbers.support);
    const dialledAgain = await cutOff.caller.dial(numbers.support);
    const again = await house.callOf(cutOff.caller);
    const [queued] = await house.factsOf(again, 'CallQueued');
    expect(queued).toMatchObject({ position: 1, because: expect.stringContaining('the call was lost') });
    await dialledAgain.hangUp();
    await late.dialled.hangUp();
    await house.isEmpty();
  });
});
