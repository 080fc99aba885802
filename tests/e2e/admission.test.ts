import { join } from 'node:path';
import type { Admission, Fact, FlowId, NodeId, Policy } from '@cordboard/core';
import { callerScenario, readWav, sipTimes, startSipp } from '@cordboard/sip-lab';
import { aFlow, anOutbound } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { carrier } from '../support/house-people.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { answerAt, callIn, lineUp, startWork } from '../support/line-up.ts';
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
  test('[S41] the third caller is busy at once, in SIP, and the first two go on undisturbed', async () => {
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
});

test('[S41] three times as many callers as the house may carry: the others are told to try elsewhere, the board keeps up, and nothing is left', async () => {
  await publishPolicy(house, limitedTo({ mostCalls: 6, treatment: { is: 'busy', elsewhere: true } }));
  const before = house.allFacts().length;
  const shownAt = new Map<string, number>();
  house.board.socket.on('board:delta', ({ calls = [] }) => {
    for (const { id } of calls) if (!shownAt.has(id)) shownAt.set(id, Date.now());
  });
  const burst = await startSipp({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    remote: house.asterisk.sip,
    localHost: carrier,
    scenario: callerScenario({ number: numbers.support, callerNumber: '+33639985000', stay: 4000 }),
    calls: 18,
    rate: 18,
    messages: true,
    timeoutMs: 20_000,
  });
  const { succeeded, failed, messages } = await burst.result;
  await house.isEmpty();
  expect({ succeeded, failed }).toEqual({ succeeded: 6, failed: 12 });
  const refusals = [...sipTimes(messages).values()].flatMap(({ refused }) => refused?.status ?? []);
  expect(refusals).toEqual(Array(12).fill(503));
  const facts = house.allFacts().slice(before);
  const ended = facts.flatMap((fact) => (fact.type === 'CallEnded' ? [fact.disposition] : []));
  expect(ended.toSorted()).toEqual([...Array(6).fill('abandoned'), ...Array(12).fill('rejected')]);
  const behind = facts.flatMap((fact) => {
    const at = fact.type === 'CallArrived' ? shownAt.get(fact.call) : undefined;
    return at === undefined ? [] : [at - fact.at];
  });
  expect(behind.length).toBeGreaterThanOrEqual(6);
  expect(Math.max(...behind)).toBeLessThan(2000);
});

test('[S41] whoever is turned away hears the message, in the language of the number, and is let go', async () => {
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

test('[S41] or goes by another flow, and leaves nothing behind', async () => {
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

test('[S41] more load than Asterisk’s machine may have: new callers are busy, who waits goes on waiting', async () => {
  await publishPolicy(house, limitedTo({ mostLoad: 10_000, treatment: busy }));
  const waiting = await lineUp(house, numbers.support);
  await publishPolicy(house, limitedTo({ mostLoad: 0.001, treatment: busy }));
  // What load there is, Asterisk says within two seconds.
  const { dialled, call } = await until('a caller is turned away', callAndSee, { withinMs: 10_000, everyMs: 500 });
  expect((await dialled.ended({ withinMs: 3000 })).detail).toContain('486');
  const { steps } = await house.why(call);
  expect(steps[1]).toMatchObject({ because: expect.stringMatching(/^load of Asterisk \d+\.\d\d, limit 0\.001$/) });
  await answerAt(await startWork(house, '101'));
  await waiting.dialled.established({ withinMs: 3000 });
  await waiting.dialled.hangUp();
  await house.isEmpty();
  const load = () => metric('cordboard_asterisk_load{process="stasis"}');
  await until('the load is among the figures', async () => (await load()) > 0, { withinMs: 8000 });
});

/** Somebody calls, and hangs up again when let in. @returns false then */
const callAndSee = async () => {
  const tried = await callInVain(numbers.support);
  const isIn = await until('let in, or not', async () => {
    const types = (await house.facts(tried.call)).map(({ type }) => type);
    if (types.includes('CallQueued')) return 'in';
    return types.includes('CallTurnedAway') && 'turned away';
  });
  if (isIn === 'turned away') return tried;
  await tried.dialled.hangUp();
  return false;
};
