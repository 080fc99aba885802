import type { Extension } from '@cordboard/core';
import type { Phone } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../support/api.ts';
import { BoardWatch } from '../support/board-watch.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { answerAt, callIn, lineUp, type OnTheLine, startWork } from '../support/line-up.ts';
import { node, queueHousePolicy } from '../support/queue-house-policy.ts';

const numbers = { vips: '+33170000051', bound: '+33170000052', rescue: '+33170000053', phone: '+33170000054' } as const;
const boundMs = 1500;

const policy = queueHousePolicy({
  vips: { number: numbers.vips, queue: { members: ['ana'], priorityBySegment: { vip: 1 }, alertSegments: ['vip'] } },
  bound: {
    number: numbers.bound,
    queue: { members: ['ana'], priorityBySegment: { vip: 1 }, boostMs: boundMs },
  },
  rescue: { number: numbers.rescue, queue: { members: ['ben'] } },
  phone: {
    number: numbers.phone,
    nodes: { line: { kind: 'ring', extension: '101' as Extension, forMs: 5000, noAnswer: node('end') } },
  },
});

let house: House;
let sue: Person;
beforeAll(async () => {
  house = await openHouse({ policy });
  sue = await house.person('sue');
});
afterEach(() => house.clear());
afterAll(() => house.close());

const normal = (number: string): Promise<OnTheLine> => lineUp(house, number);
const vip = (number: string): Promise<OnTheLine> => lineUp(house, number, { callerNumber: zoe.number });

/** The phone is answered as often as it rings, and hung up at once. @returns whose calls they were. */
const serve = async (phone: Phone, calls: number): Promise<readonly string[]> => {
  const served: string[] = [];
  for (let call = 0; call < calls; call += 1) {
    const ringing = await answerAt(phone);
    served.push(ringing.fromNumber);
    await ringing.hangUp();
  }
  return served;
};
const numbersOf = (callers: readonly OnTheLine[]): readonly string[] =>
  callers.map(({ caller }) => caller.callerNumber);

describe('who is served next', () => {
  test('[S39] ten callers wait, a VIP comes last and is served next; the ten follow in their order', async () => {
    const ten: OnTheLine[] = [];
    for (let n = 0; n < 10; n += 1) ten.push(await normal(numbers.vips));
    await vip(numbers.vips);
    await house.board.shows('eleven waiting', ({ queues }) => queues.get('vips')?.waiting === 11);
    const ana = await startWork(house, '101');
    expect(await serve(ana, 11)).toEqual([zoe.number, ...numbersOf(ten)]);
  });

  test('[S39] nobody starves: who has waited for longer than a VIP’s lead is served before the VIP', async () => {
    const old = await normal(numbers.bound);
    await house.talk(boundMs + 100);
    const young = await normal(numbers.bound);
    const important = await vip(numbers.bound);
    const ana = await startWork(house, '101');
    expect(await serve(ana, 3)).toEqual(numbersOf([old, important, young]));
  });
});

describe('a supervisor', () => {
  test('[S21] is told within half a second that a VIP has come into line', async () => {
    const page = await BoardWatch.open(sue);
    const told = new Promise<{ at: number; alert: object }>((resolve) => {
      page.socket.once('supervisor:alert', ({ alert }) => resolve({ at: Date.now(), alert }));
    });
    await normal(numbers.vips);
    const { call } = await vip(numbers.vips);
    const { at, alert } = await told;
    expect(alert).toEqual({ is: 'segment-queued', queue: 'vips', call, segment: 'vip' });
    const [queued] = await house.factsOf(call, 'CallQueued');
    expect(at - (queued?.at ?? 0)).toBeLessThan(500);
    page.close();
  });

  test('[S48] puts two agents into a queue that drowns, and within a second their phones ring; taken out, they ring no more', async () => {
    const [chloe, dan] = [await house.ready('103'), await house.ready('104')];
    const callers = [await normal(numbers.rescue), await normal(numbers.rescue)];
    await house.board.shows('two waiting', ({ queues }) => queues.get('rescue')?.waiting === 2);
    const askedAt = Date.now();
    for (const agent of ['chloe', 'dan']) await sue.ask('PUT', `/api/queues/rescue/members/${agent}`, { is: 'in' });
    const ringing = await Promise.all([chloe, dan].map((phone) => phone.nextIncoming({ withinMs: 3000 })));
    for (const { at } of ringing) expect(at - askedAt).toBeLessThan(1000);
    expect(ringing.map(({ fromNumber }) => fromNumber)).toEqual(numbersOf(callers));
    for (const call of ringing) await call.answer();
    for (const agent of ['chloe', 'dan'])
      await sue.ask('PUT', `/api/queues/rescue/members/${agent}`, { is: 'by-policy' });
    for (const { dialled } of callers) await dialled.hangUp();
    await house.board.shows('both free', ({ agents }) =>
      ['chloe', 'dan'].every((id) => agents.get(id)?.state === 'ready'),
    );
    const { call } = await normal(numbers.rescue);
    expect((await house.facts(call)).map(({ type }) => type)).not.toContain('AgentOffered');
    expect(house.board.calls.get(call)?.place).toBe('waiting');
  });

  test('[S48] moves a waiting caller up, and another into a queue where somebody is free, with the wait already served', async () => {
    const [first, second, third] = [
      await normal(numbers.rescue),
      await normal(numbers.rescue),
      await normal(numbers.rescue),
    ];
    await sue.ask('POST', `/api/calls/${third.call}/move`, { to: 'priority', priority: 5 });
    const ben = await startWork(house, '102');
    const served = await answerAt(ben);
    expect(served.fromNumber).toBe(third.caller.callerNumber);

    const ana = await house.ready('101');
    const since = house.board.calls.get(second.call)?.queuedAt;
    const askedAt = Date.now();
    await sue.ask('POST', `/api/calls/${second.call}/move`, { to: 'queue', queue: 'vips' });
    const ringing = await ana.nextIncoming({ withinMs: 3000 });
    expect(ringing.at - askedAt).toBeLessThan(1000);
    expect(ringing.fromNumber).toBe(second.caller.callerNumber);
    const moved = await house.board.shows('the caller in the other queue', ({ calls }) => {
      const call = calls.get(second.call);
      return call?.queue === 'vips' && call;
    });
    expect(moved.queuedAt).toBe(since);
    expect(house.board.calls.get(first.call)).toMatchObject({ place: 'waiting', queue: 'rescue' });
    expect(JSON.stringify(await house.why(second.call))).toContain('moved by sue');
  });
});

test('[S72] who calls, and of what segment they are, is known while the phone rings and before anybody answers', async () => {
  const phone = await house.ready('101');
  const { caller, dialled, call } = await callIn(house, numbers.phone, { callerNumber: zoe.number });
  const ringing = await phone.nextIncoming({ withinMs: 3000 });
  const known = await house.board.shows('the customer', ({ calls }) => calls.get(call)?.customer ?? undefined);
  expect(known).toMatchObject({ name: zoe.name, segment: 'vip' });
  expect(caller.events.all.some(({ type }) => type === 'established')).toBe(false);
  await ringing.answer();
  await dialled.established({ withinMs: 3000 });
  const order = (await house.facts(call)).map(({ type }) => type);
  expect(order.indexOf('CallerIdentified')).toBeGreaterThan(0);
  expect(order.indexOf('CallerIdentified')).toBeLessThan(order.indexOf('ExtensionRung'));
});
