import { join } from 'node:path';
import type { Admission, Fact, FlowId, NodeId, Policy } from '@cordboard/core';
import { readWav } from '@cordboard/sip-lab';
import { aFlow, anOutbound } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { answerAt, callIn, lineUp } from '../support/line-up.ts';
import { onRecord } from '../support/on-record.ts';
import { publishPolicy } from '../support/publish-policy.ts';
import { ratherLike } from '../support/sounds-like.ts';
import { until } from '../support/until.ts';

const busy = { is: 'busy', elsewhere: false } as const;
const limitedTo = (admission: Admission): Omit<Policy, 'version'> => {
  const policy = housePolicy();
  const elsewhere = aFlow('closed', {
    closed: { kind: 'say', sounds: ['cordboard/closed'], next: 'end' as NodeId },
    end: { kind: 'hangup' },
  });
  return {
    ...policy,
    flows: { ...policy.flows, ['elsewhere' as FlowId]: elsewhere },
    outbound: anOutbound(['carrier']),
    admission,
  };
};

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy: limitedTo({ mostCalls: 2, treatment: busy }) });
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** The call of a caller who may be gone before a board has shown it. */
const arrivalOf = (callerNumber: string): Promise<string> =>
  until(`${callerNumber} arrives`, () => {
    const arrived = house.allFacts().find((fact) => fact.type === 'CallArrived' && fact.ani === callerNumber);
    return arrived !== undefined && 'call' in arrived && arrived.call;
  });

/** Somebody calls for whom there is no place. */
const callInVain = async (number: string) => {
  const caller = await house.caller();
  const dialled = await caller.dial(number);
  return { dialled, call: await arrivalOf(caller.callerNumber) };
};

const alerts = () => house.allFacts().flatMap((fact: Fact) => (fact.type === 'SupervisorAlerted' ? [fact.alert] : []));
const metric = async (name: string): Promise<number> => {
  const text = await (await house.admin.send('GET', '/metrics')).text();
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);
};

describe('two calls are what the house may carry:', () => {
  test('the third caller is busy at once, in SIP, and the first two go on undisturbed', async () => {
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    const first = await lineUp(house, numbers.support);
    const atPhone = await Promise.race([answerAt(ana), answerAt(ben)]);
    const second = await callIn(house, numbers.sales);
    await house.factsOf(second.call, 'CallQueued');
    const began = Date.now();
    const { dialled, call } = await callInVain(numbers.support);
    expect((await dialled.ended({ withinMs: 3000 })).detail).toContain('486');
    await house.talk(1200);
    await hearsOnly(first.dialled, tones.phone, began, Date.now());
    await hearsOnly(atPhone, tones.caller, began, Date.now());
    expect(house.board.calls.get(second.call)).toMatchObject({ place: 'waiting', queue: 'sales' });
    expect(house.board.calls.has(call)).toBe(false);
    expect((await house.truth.channels()).length).toBe(3);

    expect(await onRecord(house, call)).toMatchObject({ disposition: 'rejected', endedBy: 'system', talkedMs: 0 });
    const { steps } = await house.why(call);
    expect(steps.map(({ is }) => is)).toEqual(['number-dialled', 'turned-away', 'ended']);
    expect(steps[1]).toMatchObject({ treatment: 'busy', because: '2 calls, limit 2' });
    expect(alerts()).toEqual([{ is: 'admission-limited', because: '2 calls, limit 2' }]);
    await until('the refusal is counted', async () => {
      return (await metric('cordboard_calls_turned_away_total{treatment="busy",process="stasis"}')) === 1;
    });

    await second.dialled.hangUp();
    const again = await lineUp(house, numbers.sales);
    await Promise.all([again.dialled.hangUp(), first.dialled.hangUp()]);
    await house.isEmpty();
    await until('the alert is over', () => alerts().some(({ is }) => is === 'admission-open'), { withinMs: 12_000 });
    expect(alerts()).toHaveLength(2);
  });

  test('a phone of the house hears busy too, but its feature codes and its calls for help go through', async () => {
    const spare = await house.phone('105');
    const ana = await house.phone('101');
    const waiting = [await lineUp(house, numbers.support), await lineUp(house, numbers.sales)];
    expect((await (await spare.dial('102')).ended({ withinMs: 3000 })).detail).toContain('486');
    await ana.dial('*11');
    await answerAt(ana);
    await spare.dial('112');
    await until('the call for help is routed', () =>
      house.allFacts().some((fact) => fact.type === 'OutboundRouted' && fact.class === 'emergency'),
    );
    for (const { dialled } of waiting) await dialled.hangUp();
  });

  test('a carrier that may try elsewhere is answered 503', async () => {
    await publishPolicy(house, limitedTo({ mostCalls: 1, treatment: { is: 'busy', elsewhere: true } }));
    const { dialled: stays } = await lineUp(house, numbers.support);
    const { dialled } = await callInVain(numbers.support);
    expect((await dialled.ended({ withinMs: 3000 })).detail).toContain('503');
    await stays.hangUp();
  });
});

test('whoever is turned away hears the message, in the language of the number, and is let go', async () => {
  const sounds = ['cordboard/call-back-later'];
  await publishPolicy(house, limitedTo({ mostCalls: 1, treatment: { is: 'message', sounds, atOnce: 1 } }));
  const { dialled: stays } = await lineUp(house, numbers.support);
  const { dialled, call } = await callInVain(numbers.support);
  await dialled.established({ withinMs: 3000 });
  const more = await callInVain(numbers.support);
  expect((await more.dialled.ended({ withinMs: 3000 })).detail).toContain('486');
  await dialled.ended({ withinMs: 10_000 });
  const spoken = (language: string) =>
    readWav(join(house.lab.media.path, 'sounds', language, 'cordboard', 'call-back-later.wav'));
  const [french, english] = [await spoken('fr'), await spoken('en')];
  expect(ratherLike(await dialled.heard(), french, english)).toBeGreaterThan(0.1);
  expect(await onRecord(house, call)).toMatchObject({ disposition: 'rejected' });
  await stays.hangUp();
  await house.isEmpty();
});

test('or goes by another flow, and leaves nothing behind', async () => {
  const flow = 'elsewhere' as FlowId;
  await publishPolicy(house, limitedTo({ mostCalls: 1, treatment: { is: 'overflow', flow, atOnce: 5 } }));
  const { dialled: stays } = await lineUp(house, numbers.support);
  const { dialled, call } = await callInVain(numbers.support);
  await dialled.established({ withinMs: 3000 });
  await dialled.ended({ withinMs: 12_000 });
  expect((await house.facts(call)).flatMap((fact) => (fact.type === 'FlowStepped' ? [fact.flow] : []))).toEqual([
    flow,
    flow,
  ]);
  expect((await house.facts(call)).at(-1)).toMatchObject({ disposition: 'completed-in-flow' });
  await stays.hangUp();
  await house.isEmpty();
});

test('more load than Asterisk’s machine may have: new callers are busy, who waits goes on waiting', async () => {
  await publishPolicy(house, limitedTo({ mostLoad: 0.001, treatment: busy }));
  // What load there is, Asterisk says as soon as somebody calls.
  const waiting = await lineUp(house, numbers.support);
  await until('Asterisk’s load is known', async () => (await metric('cordboard_asterisk_load{process="stasis"}')) > 0);
  await house.talk(1500);
  const { dialled, call } = await callInVain(numbers.support);
  expect((await dialled.ended({ withinMs: 3000 })).detail).toContain('486');
  const { steps } = await house.why(call);
  expect(steps[1]).toMatchObject({ because: expect.stringMatching(/^load of Asterisk \d+\.\d\d, limit 0\.001$/) });
  const ana = await house.ready('101');
  await answerAt(ana);
  await waiting.dialled.established({ withinMs: 3000 });
  await waiting.dialled.hangUp();
  await house.isEmpty();
});
