import { type AgentId, candidatesOf, decisionAbout, type Forwarding } from '@cordboard/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deskIs } from '../support/desk-set.ts';
import { hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { answerAt, callIn } from '../support/line-up.ts';
import { openPartner, type Partner } from '../support/partner.ts';
import { until } from '../support/until.ts';

let house: House;
let partner: Partner;
beforeAll(async () => {
  house = await openHouse();
  partner = await openPartner(house);
});
afterEach(async () => {
  for (const extension of ['101', '102']) {
    await house.admin.ask('PUT', `/api/phones/${extension}/forwarding`, {});
    await house.admin.ask('PUT', `/api/phones/${extension}/do-not-disturb`, { on: false });
  }
  await house.clear();
});
afterAll(async () => {
  await partner.party.stop();
  await house.close();
});

const forward = async (extension: string, forwarding: Forwarding): Promise<void> => {
  await house.admin.ask('PUT', `/api/phones/${extension}/forwarding`, forwarding);
  await deskIs(
    house,
    extension,
    'forwards as asked',
    ({ forwarding: now }) => JSON.stringify(now) === JSON.stringify(forwarding),
  );
};

describe('calls to a phone are forwarded', () => {
  test('[S25] when it is busy: set by API, the next call goes to the other phone without any reload, and both hear each other', async () => {
    const [ana, ben] = [await house.phone('101'), await house.phone('102')];
    const first = await callIn(house, numbers.ana);
    await answerAt(ana);
    await forward('101', { busy: { number: '102' } });
    const second = await callIn(house, numbers.ana);
    const atBen = await answerAt(ben);
    const { at } = await second.dialled.established({ withinMs: 3000 });
    await house.talk(1200);
    const end = Date.now();
    expect(ana.calls).toHaveLength(1);
    const why = await house.why(second.call);
    expect(why.steps.find(({ is }) => is === 'forwarded')).toMatchObject({
      extension: '101',
      to: '102',
      occasion: 'busy',
    });
    await second.dialled.hangUp();
    await first.dialled.hangUp();
    await hearsOnly(atBen, tones.caller, at, end);
    await hearsOnly(second.dialled, tones.phone, at, end);
    await house.isEmpty();
  });

  test('[S25] when it is declined at the phone', async () => {
    const [ana, ben] = [await house.phone('101'), await house.phone('102')];
    await forward('101', { busy: { number: '102' } });
    const { dialled } = await callIn(house, numbers.ana);
    await (await ana.nextIncoming({ withinMs: 5000 })).decline();
    await answerAt(ben);
    await dialled.hangUp();
    await house.isEmpty();
  });

  test('[S25] when nobody answers for as long as was set', async () => {
    const [ana, ben] = [await house.phone('101'), await house.phone('102')];
    await forward('101', { noAnswer: { number: '102', afterMs: 3000 } });
    const caller = await house.phone('105');
    const dialled = await caller.dial('101');
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    const atBen = await ben.nextIncoming({ withinMs: 8000 });
    expect(atBen.at - atAna.at).toBeGreaterThan(2800);
    expect(atBen.at - atAna.at).toBeLessThan(4500);
    await atAna.ended({ withinMs: 2000 });
    await atBen.answer();
    await dialled.established({ withinMs: 3000 });
    await dialled.hangUp();
    await house.isEmpty();
  });

  test('[S25] always, to the line of a queue, and to a number outside', async () => {
    const [ben] = [await house.ready('102'), await house.phone('101')];
    await forward('101', { always: { number: numbers.support } });
    const first = await callIn(house, numbers.ana);
    await answerAt(ben);
    await first.dialled.hangUp();

    await forward('101', { always: { number: partner.number, trunk: partner.trunk } });
    const second = await callIn(house, numbers.ana);
    const rung = await answerAt(partner.party);
    const { at } = await second.dialled.established({ withinMs: 3000 });
    await house.talk(1000);
    const end = Date.now();
    await rung.hangUp();
    await second.dialled.ended({ withinMs: 3000 });
    await hearsOnly(second.dialled, tones.outside, at, end);
    await house.isEmpty();
  });

  test('[S25] in a circle: the caller hears a sentence and is let go, and no phone rings', async () => {
    const [ana, ben] = [await house.phone('101'), await house.phone('102')];
    await forward('101', { always: { number: '102' } });
    await forward('102', { always: { number: '101' } });
    const { dialled, call } = await callIn(house, numbers.ana);
    await dialled.established({ withinMs: 3000 });
    await dialled.ended({ withinMs: 15_000 });
    expect((await house.factsOf(call, 'CallForwarded', 5)).length).toBe(5);
    expect([...ana.calls, ...ben.calls]).toEqual([]);
    await house.isEmpty();
  });
});

describe('a phone sets itself', () => {
  test('[F10] *21*102# sends its calls on and #21# ends it, and both are kept in the database', async () => {
    const [ana, ben] = [await house.phone('101'), await house.phone('102')];
    await (await ana.dial('*21*102#')).established({ withinMs: 3000 });
    const { dialled } = await callIn(house, numbers.ana);
    await answerAt(ben);
    await dialled.hangUp();
    await until(
      'the forwarding in the database',
      async () => (await house.database.phones.byExtension('101'))?.desk.forwarding.always?.number === '102',
    );
    await house.isEmpty();
    await (await ana.dial('#21#')).established({ withinMs: 3000 });
    await until('no forwarding in the database', async () => {
      const phone = await house.database.phones.byExtension('101');
      return phone !== undefined && phone.desk.forwarding.always === undefined;
    });
    const again = await callIn(house, numbers.ana);
    const atAna = await until('Ana’s phone rings', () => ana.calls.find(({ direction }) => direction === 'incoming'));
    await again.dialled.hangUp();
    await atAna.ended({ withinMs: 3000 });
    await house.isEmpty();
  });

  test('[F10] *25: who calls the phone meets it as busy, and the queue passes its agent over and says why', async () => {
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    await (await ana.dial('*25')).established({ withinMs: 3000 });
    const direct = await callIn(house, numbers.ana);
    await direct.dialled.ended({ withinMs: 15_000 });
    const { dialled, call } = await callIn(house, numbers.support);
    await answerAt(ben);
    expect(ana.calls.filter(({ direction }) => direction === 'incoming')).toEqual([]);
    const [offered] = await house.factsOf(call, 'AgentOffered');
    expect(offered && candidatesOf(decisionAbout(offered.decision, 'ana' as AgentId))[0]?.reason).toBe(
      'does not want to be disturbed',
    );
    await dialled.hangUp();
    await house.isEmpty();
  });
});

test('[S27] an agent who goes to another phone has the calls rung there, and the old phone is silent', async () => {
  const old = await house.ready('101');
  const other = await house.phone('105');
  await house.admin.ask('PUT', '/api/agents/ana', { name: 'ana', extension: '105' });
  await house.board.shows('Ana at 105', ({ agents }) => agents.get('ana')?.extension === '105');
  const { dialled } = await callIn(house, numbers.support);
  await answerAt(other);
  expect(old.calls).toEqual([]);
  await dialled.hangUp();
  await house.isEmpty();
  await house.admin.ask('PUT', '/api/agents/ana', { name: 'ana', extension: '101' });
  await house.board.shows('Ana at 101', ({ agents }) => agents.get('ana')?.extension === '101');
});
