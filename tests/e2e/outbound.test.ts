import type { CallId, WhyStep } from '@cordboard/core';
import { between, type Carrier, tonePresence } from '@cordboard/sip-lab';
import { anOutbound } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '../support/api.ts';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy } from '../support/house-policy.ts';
import { callerIds, openCarrier, publishOutbound } from '../support/outbound-house.ts';

let house: House;
let alpha: Carrier;
let beta: Carrier;
beforeAll(async () => {
  house = await openHouse();
  alpha = await openCarrier(house, 'alpha', { host: '127.0.0.3' });
  beta = await openCarrier(house, 'beta', { host: '127.0.0.4' });
});
beforeEach(async () => {
  for (const carrier of [alpha, beta]) carrier.behave({ invite: { is: 'answer' } });
  await publishOutbound(house, anOutbound(['alpha', 'beta']));
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await Promise.all([alpha, beta].map((carrier) => carrier?.stop()));
});

/** Somebody outside, in fiction. */
const somebody = { dialled: '0639981234', number: '+33639981234' } as const;

const outgoingCall = (): Promise<{ readonly id: CallId }> =>
  house.board.shows('a call that goes out', ({ calls }) =>
    [...calls.values()].find(({ direction, place }) => direction === 'out' && place !== 'ended'),
  );

const stepsOf = async <Is extends WhyStep['is']>(
  call: string,
  is: Is,
): Promise<readonly Extract<WhyStep, { is: Is }>[]> => {
  const { steps } = await house.why(call);
  return steps.filter((step): step is Extract<WhyStep, { is: Is }> => step.is === is);
};

/** The next call that a carrier is brought. */
const brought = (carrier: Carrier, since: number) => carrier.calls.first(() => true, { withinMs: 5000, since });

describe('an agent dials a number outside', () => {
  test('[S6] both hear each other, the board shows where the call goes, and the record says so', async () => {
    const phone = await house.ready('101');
    const since = Date.now();
    const dialled = await phone.dial(somebody.dialled);
    const call = await outgoingCall();
    const { number, callerNumber } = await brought(alpha, since);
    expect({ number, callerNumber }).toEqual({ number: somebody.number, callerNumber: callerIds.day });
    const { at } = await dialled.established({ withinMs: 3000 });
    await house.board.shows('ana talks with the number', ({ calls, agents }) => {
      const shown = calls.get(call.id);
      return (
        shown?.place === 'talking' &&
        shown.extension === somebody.number &&
        shown.agent === 'ana' &&
        agents.get('ana')?.state === 'talking'
      );
    });
    await house.talk(1500);
    const until = Date.now();
    await dialled.hangUp();
    // The carrier sends back what it hears: it is one's own voice that has been there.
    const heard = await dialled.heard();
    expect(tonePresence(heard, 880, between(heard, at + 500, until)), describeSound(heard)).toBeGreaterThan(0.9);
    await house.factsOf(call.id, 'CallEnded');
    await house.board.shows('ana free', ({ agents }) => agents.get('ana')?.state === 'ready');
    await recordOf(call.id, {
      direction: 'out',
      agent: 'ana',
      source: '101',
      disposition: 'answered',
      endedBy: 'agent',
    });
  });

  test('whoever is called hangs up: the agent is free again', async () => {
    const phone = await house.ready('101');
    const dialled = await phone.dial(somebody.dialled);
    const call = await outgoingCall();
    await dialled.established({ withinMs: 3000 });
    const invite = alpha.calls.all.at(-1)?.invite;
    expect(invite).toBeDefined();
    if (invite !== undefined) await alpha.hangUp(invite);
    await dialled.ended({ withinMs: 3000 });
    await house.board.shows('ana free', ({ agents }) => agents.get('ana')?.state === 'ready');
    await recordOf(call.id, { disposition: 'answered', endedBy: 'caller' });
  });

  test('who is busy is heard as busy, and the call is not tried elsewhere', async () => {
    alpha.behave({ invite: { is: 'refuse', status: 486 } });
    const before = beta.calls.all.length;
    const phone = await house.ready('101');
    const dialled = await phone.dial(somebody.dialled);
    expect((await dialled.ended({ withinMs: 3000 })).detail).toContain('486');
    expect(beta.calls.all).toHaveLength(before);
  });

  test('a number of the house itself is not carried outside and in again', async () => {
    const before = alpha.calls.all.length;
    const [ana, ben] = [await house.ready('101'), await house.phone('102')];
    await ben.dial('0170000101');
    expect((await ana.nextIncoming({ withinMs: 3000 })).fromNumber).toBe('102');
    expect(alpha.calls.all).toHaveLength(before);
  });
});

describe('[S62] a trunk that fails', () => {
  test('answers 503: the call comes about by the next, and the story says why', async () => {
    alpha.behave({ invite: { is: 'refuse', status: 503 } });
    const phone = await house.ready('101');
    const since = Date.now();
    const dialled = await phone.dial(somebody.dialled);
    const { id } = await outgoingCall();
    const { at } = await dialled.established({ withinMs: 4000 });
    expect(at - since).toBeLessThan(4000);
    expect((await brought(beta, since)).number).toBe(somebody.number);
    const [first, second] = await stepsOf(id, 'number-rung');
    expect(first).toMatchObject({ trunk: 'alpha', because: 'answered 503', outcome: 'unreachable' });
    expect(second).toMatchObject({ trunk: 'beta', because: null, outcome: 'accepted' });
  });

  test('says nothing: the call comes about by the next within 4 s, and the story says why', async () => {
    alpha.behave({ invite: { is: 'silent' } });
    const phone = await house.ready('101');
    const since = Date.now();
    const dialled = await phone.dial(somebody.dialled);
    const { id } = await outgoingCall();
    const { at } = await dialled.established({ withinMs: 4000 });
    expect(at - since).toBeLessThan(4000);
    const [first, second] = await stepsOf(id, 'number-rung');
    expect(first).toMatchObject({ trunk: 'alpha', because: 'no answer to the INVITE' });
    expect(second).toMatchObject({ trunk: 'beta', outcome: 'accepted' });
  });

  test('takes its time, but says so: it is waited for', async () => {
    alpha.behave({ invite: { is: 'take-long', tryMs: 4500 } });
    const before = beta.calls.all.length;
    const phone = await house.ready('101');
    const dialled = await phone.dial(somebody.dialled);
    await dialled.established({ withinMs: 8000 });
    expect(beta.calls.all).toHaveLength(before);
  });

  test('and all others too: the phone is told so, and the call is over', async () => {
    for (const carrier of [alpha, beta]) carrier.behave({ invite: { is: 'refuse', status: 503 } });
    const phone = await house.ready('101');
    const dialled = await phone.dial(somebody.dialled);
    const { id } = await outgoingCall();
    await dialled.established({ withinMs: 4000 });
    const [ended] = await house.factsOf(id, 'CallEnded');
    expect(ended?.disposition).toBe('not-reached');
    await dialled.ended({ withinMs: 3000 });
  });

  test('has all its channels taken: the next call goes by another', async () => {
    await publishOutbound(house, anOutbound(['alpha', 'beta'], { channels: { alpha: 1 } }));
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    const since = Date.now();
    await (await ana.dial(somebody.dialled)).established({ withinMs: 3000 });
    await (await ben.dial('0639985678')).established({ withinMs: 3000 });
    expect((await brought(beta, since)).number).toBe('+33639985678');
    const { id } = await house.board.shows('the second call', ({ calls }) =>
      [...calls.values()].find(({ agent }) => agent === 'ben'),
    );
    expect(await stepsOf(id, 'trunk-passed')).toMatchObject([
      { trunk: 'alpha', because: 'all its 1 channels are taken' },
    ]);
  });
});

describe('[S35] a call by the page leaves by the trunk and the number that fit', () => {
  const place = async (body: Record<string, unknown>): Promise<string> =>
    (await house.admin.ask<{ call: string }>('POST', '/api/calls', body)).call;
  /** Ana picks up her own phone, and the call goes out. */
  const callByPage = async (body: Record<string, unknown>): Promise<string> => {
    const call = await place({ agent: 'ana', ...body });
    const ringing = await house.phoneAt('101').nextIncoming({ withinMs: 3000 });
    await ringing.answer();
    await house.factsOf(call, 'CallAnswered');
    await ringing.hangUp();
    await house.factsOf(call, 'CallEnded');
    return call;
  };
  const calendar = (from: string, to: string) => ({
    timeZone: 'UTC',
    open: [{ days: [1, 2, 3, 4, 5, 6, 7], from, to }],
    holidays: [],
    exceptions: [],
  });
  const route = { to: [], skills: {} };
  const dayAndNight = anOutbound(['alpha', 'beta'], {
    routes: [
      { ...route, name: 'day', calendar: 'day', callerId: callerIds.day, trunks: ['alpha'] },
      { ...route, name: 'night', callerId: callerIds.night, trunks: ['beta'] },
    ],
  });
  const { calendars } = housePolicy();

  test('by the hour', async () => {
    await house.ready('101');
    await publishOutbound(house, dayAndNight, { calendars: { ...calendars, day: calendar('00:00', '24:00') } });
    let since = Date.now();
    const byDay = await callByPage({ number: somebody.dialled });
    expect(await brought(alpha, since)).toMatchObject({ number: somebody.number, callerNumber: callerIds.day });
    // At any other hour than this one the same policy is closed.
    const hour = new Date().getUTCHours();
    const [from, to] = hour < 12 ? ['13:00', '23:00'] : ['01:00', '11:00'];
    await publishOutbound(house, dayAndNight, { calendars: { ...calendars, day: calendar(from, to) } });
    since = Date.now();
    const byNight = await callByPage({ number: somebody.dialled });
    expect(await brought(beta, since)).toMatchObject({ number: somebody.number, callerNumber: callerIds.night });
    expect(await stepsOf(byDay, 'outbound-routed')).toMatchObject([{ route: 'day', because: 'day: fits' }]);
    const [{ route: taken, because } = { route: '', because: '' }] = await stepsOf(byNight, 'outbound-routed');
    expect(taken).toBe('night');
    expect(because).toMatch(/^day: closed: .*; night: fits$/);
  });

  test('by the country, by the language, and by what the agent can do', async () => {
    await house.ready('101');
    await publishOutbound(
      house,
      anOutbound(['alpha', 'beta'], {
        routes: [
          { ...route, name: 'britain', to: ['+44'], callerId: callerIds.abroad, trunks: ['beta'] },
          { ...route, name: 'english', language: 'en', callerId: callerIds.night, trunks: ['beta'] },
          { ...route, name: 'claims', skills: { claims: 5 } as never, callerId: callerIds.abroad, trunks: ['alpha'] },
          { ...route, name: 'rest', callerId: callerIds.day, trunks: ['alpha'] },
        ],
      }),
      {
        skills: { claims: { name: 'Claims' } } as never,
        agents: { ben: { skills: { claims: 7 } } } as never,
      },
    );
    const expected = [
      [{ number: '+44 7700 900123' }, beta, callerIds.abroad],
      [{ number: somebody.dialled, language: 'en' }, beta, callerIds.night],
      [{ number: somebody.dialled }, alpha, callerIds.day],
    ] as const;
    for (const [body, carrier, callerId] of expected) {
      const since = Date.now();
      await callByPage(body);
      expect((await brought(carrier, since)).callerNumber).toBe(callerId);
    }
    const ben = await house.ready('102');
    const since = Date.now();
    await (await ben.dial(somebody.dialled)).established({ withinMs: 3000 });
    expect((await brought(alpha, since)).callerNumber).toBe(callerIds.abroad);
  });

  test('and is refused in words when it cannot be', async () => {
    const refusal = async (body: Record<string, unknown>): Promise<string> => {
      const refused = await place(body).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(refused instanceof Refused)) throw new Error(`not refused: ${refused}`);
      return refused.problem.code;
    };
    expect(await refusal({ agent: 'ana', number: somebody.dialled })).toBe('phone-not-registered');
    await house.ready('101');
    expect(await refusal({ agent: 'ana', number: '0639981234@127.0.0.3' })).toBe('not-a-number');
    expect(await refusal({ agent: 'ana', number: '1234' })).toBe('not-a-number');
    expect(await refusal({ extension: '199', number: somebody.dialled })).toBe('no-such-phone');
    expect(await refusal({ agent: 'nobody', number: somebody.dialled })).toBe('no-such-agent');
    const ben = await house.person('ben');
    await expect(ben.ask('POST', '/api/calls', { agent: 'ana', number: somebody.dialled })).rejects.toThrow(
      'forbidden',
    );
  });
});

describe('permissions', () => {
  test('an agent who may not call abroad is told so, and may always call for help', async () => {
    const outbound = anOutbound(['alpha', 'beta']);
    await publishOutbound(house, {
      ...outbound,
      emergency: { numbers: ['112', '15', '17', '18'], trunks: ['beta'], callerId: callerIds.abroad },
      permissions: { roles: { few: ['national'] }, everyone: 'few', agents: {}, phones: {} } as never,
    });
    const phone = await house.ready('101');
    const before = alpha.calls.all.length;
    for (const number of ['0033639981234', '+447700900123', '0899701234']) {
      const dialled = await phone.dial(number);
      await dialled.established({ withinMs: 3000 });
      const { id } = await outgoingCall();
      const [refused] = await house.factsOf(id, 'OutboundRefused');
      expect(refused?.because).toBe('not-permitted');
      await dialled.hangUp();
      await house.factsOf(id, 'CallEnded');
    }
    expect(alpha.calls.all).toHaveLength(before);
    for (const number of ['112', '15']) {
      const since = Date.now();
      const dialled = await phone.dial(number);
      await dialled.established({ withinMs: 3000 });
      expect(await brought(beta, since)).toMatchObject({ number, callerNumber: callerIds.abroad });
      await dialled.hangUp();
      await house.board.shows('the call over', ({ calls }) => calls.size === 0);
    }
  });

  test('a caller from a trunk cannot be carried on to another', async () => {
    const caller = await house.caller();
    const before = alpha.calls.all.length + beta.calls.all.length;
    const dialled = await caller.dial(somebody.number);
    expect((await dialled.ended({ withinMs: 3000 })).detail).toContain('404');
    expect(alpha.calls.all.length + beta.calls.all.length).toBe(before);
  });
});

const recordOf = async (call: string, expected: Record<string, unknown>): Promise<void> => {
  await expect
    .poll(
      async () => {
        const answer = await house.admin.send('GET', `/api/calls/${call}`);
        const body = (await answer.json()) as { is?: string; record?: unknown };
        return body.is === 'ended' ? body.record : undefined;
      },
      { timeout: 10_000 },
    )
    .toMatchObject(expected);
};
