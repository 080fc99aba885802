import { neverOpen, rulesNumber } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { rulesHousePolicy } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { callIn, lineUp } from '../support/line-up.ts';
import { publishPolicy } from '../support/publish-policy.ts';

/** A customer whose case is open, and nothing else is known of. */
const yann = { name: 'Yann', number: '+33639981235' } as const;

const byDay = rulesHousePolicy();
const byNight = rulesHousePolicy({ calendars: { office: neverOpen } });

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy: byDay });
  await house.database.customers.create({ name: yann.name, openCase: 'C-7', numbers: [yann.number] });
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** The call comes to a node of this name; @returns why it went there, as the API says it. */
const arrivesAt = async (call: string, destination: string): Promise<string> => {
  await house.board.shows(`the call at ${destination}`, () =>
    house.allFacts().some((fact) => fact.type === 'FlowStepped' && fact.call === call && fact.node === destination),
  );
  const { steps } = await house.why(call);
  const reached = steps.find((step) => step.is === 'node-reached' && step.node === destination);
  return reached?.is === 'node-reached' ? reached.because : '';
};

describe('[S11] calls that differ by one thing alone go to different places, and it is said which rule sent them', () => {
  test('a stranger, a VIP, a customer with an open case, a caller in a crowd, and a caller at night', async () => {
    await house.signIn('ana');
    const stranger = await lineUp(house, rulesNumber);
    expect(await arrivesAt(stranger.call, 'support')).toBe('no case holds');

    const vip = await lineUp(house, rulesNumber, { callerNumber: zoe.number });
    expect(await arrivesAt(vip.call, 'vips')).toBe('VIPs have a line of their own: customer.segment equals vip');

    const withCase = await lineUp(house, rulesNumber, { callerNumber: yann.number });
    expect(await arrivesAt(withCase.call, 'cases')).toBe(
      'Open cases go to who knows them: customer.open-case is present',
    );

    await lineUp(house, rulesNumber);
    const inACrowd = await lineUp(house, rulesNumber);
    expect(await arrivesAt(inACrowd.call, 'sales')).toBe('Support is crowded: queue:support.length at least 2');

    await publishPolicy(house, byNight);
    const late = await callIn(house, rulesNumber);
    expect(await arrivesAt(late.call, 'closed')).toBe('no case holds');
    expect(await arrivesAt(late.call, 'night')).toMatch(/^closed: day \d, \d\d:\d\d local time$/);
    await publishPolicy(house, byDay);
  });
});

describe('[S15] cells of the table of hour, caller, presence and length of line, on real phones', () => {
  test.each([
    ['by day, a stranger, Ana at work, nobody waiting', 'day', undefined, 'ready', 'support'],
    ['by day, a stranger, Ana at lunch', 'day', undefined, 'paused', 'sales'],
    ['by day, a stranger, Ana gone home', 'day', undefined, 'signed out', 'sales'],
    ['by day, a VIP, Ana gone home', 'day', zoe.number, 'signed out', 'vips'],
    ['by night, a VIP, Ana at work', 'night', zoe.number, 'ready', 'on-call'],
    ['by night, a stranger, Ana at work', 'night', undefined, 'ready', 'closed'],
  ] as const)('%s', async (_, hour, callerNumber, presence, destination) => {
    const onDuty = await house.phone('102');
    const ana = presence === 'signed out' ? undefined : await house.ready('101');
    if (presence === 'paused') await house.ask('ana', { to: 'pause', reason: 'lunch' });
    if (hour === 'night') await publishPolicy(house, byNight);
    const { call } = await callIn(house, rulesNumber, callerNumber === undefined ? {} : { callerNumber });
    await arrivesAt(call, destination);
    if (destination === 'support') await ana?.nextIncoming({ withinMs: 5000 });
    if (destination === 'on-call') await onDuty.nextIncoming({ withinMs: 5000 });
    expect(ana?.calls ?? []).toHaveLength(destination === 'support' ? 1 : 0);
    if (hour === 'night') await publishPolicy(house, byDay);
  });
});
