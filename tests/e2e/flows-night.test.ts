import { join } from 'node:path';
import { durationMs, readWav, tonePresence } from '@cordboard/sip-lab';
import { alwaysOpen, rulesNumber } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { comesTo } from '../support/comes-to.ts';
import { describeSound } from '../support/describe-sound.ts';
import { DeskWatch } from '../support/desk-watch.ts';
import { rulesHousePolicy } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { callIn, lineUp } from '../support/line-up.ts';
import { onRecord } from '../support/on-record.ts';
import { ratherLike } from '../support/sounds-like.ts';
import { until } from '../support/until.ts';

/** Open day and night, unless the switch closes it. */
const policy = rulesHousePolicy({
  calendars: { office: { ...alwaysOpen, closedBy: 'night' } },
  switches: { night: { name: 'Night service', digits: '1' } },
});

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy });
});
afterEach(async () => {
  await turn(false);
  await house.clear();
});
afterAll(() => house.close());

const turn = (on: boolean): Promise<unknown> => house.admin.ask('PUT', '/api/switches/night', { on });

describe('[S24] at a closed hour', () => {
  test('a VIP hears no menu; those on call are rung in their order, and card and history lie before them as the phone rings', async () => {
    const earlier = await lineUp(house, rulesNumber, { callerNumber: zoe.number });
    await earlier.dialled.hangUp();
    await onRecord(house, earlier.call);
    await turn(true);
    const [first, second] = [await house.ready('102'), await house.ready('103')];
    const desk = await DeskWatch.open(await house.person('chloe'));
    const { call, dialled } = await callIn(house, rulesNumber, { callerNumber: zoe.number });
    await first.nextIncoming({ withinMs: 5000 });
    expect(second.calls).toHaveLength(0);
    const ringing = await second.nextIncoming({ withinMs: 5000 });
    const opened = await desk.hears('open', (news) => news.call === call);
    expect(opened.at - ringing.at).toBeLessThan(300);
    expect(opened.card).toMatchObject({ identified: true, customer: { name: zoe.name, segment: zoe.segment } });
    const withHistory = await desk.hears('update', ({ card }) => card.call === call && card.history !== null);
    expect(withHistory.at - ringing.at).toBeLessThan(500);
    expect(withHistory.card.history).toMatchObject([{ call: earlier.call, disposition: 'abandoned' }]);
    desk.close();
    await ringing.answer();
    await dialled.established({ withinMs: 3000 });
    const steps = (await house.facts(call)).flatMap((fact) => (fact.type === 'FlowStepped' ? [fact.kind] : []));
    expect(steps).toEqual(['identify', 'hours', 'branch', 'on-call']);
    expect(JSON.stringify(await house.why(call))).toContain('closed: the switch \\"night\\" is on');
  });

  test('a stranger hears that the house is closed, and leaves a message that can be listened to', async () => {
    await turn(true);
    const onCall = await house.phone('102');
    const { call, dialled } = await callIn(house, rulesNumber);
    await comesTo(house, call, 'closed');
    await until(
      'the message is said',
      async () => (await house.truth.playing(`${call}.p1`)) === 'sound:cordboard/closed',
    );
    await comesTo(house, call, 'message');
    // A beep of its own precedes what is recorded.
    await house.talk(3500);
    await dialled.hangUp();
    const [left] = await house.factsOf(call, 'VoicemailLeft');
    expect(left).toMatchObject({ box: 'night' });
    expect(left?.durationMs).toBeGreaterThan(2000);
    expect((await house.why(call)).steps).toContainEqual(
      expect.objectContaining({ is: 'voicemail-left', box: 'night', recording: left?.recording }),
    );
    const file = join(house.asterisk.folder, 'spool', 'recording', `${left?.recording}.wav`);
    const message = await until('the message is whole', async () => {
      const recording = await readWav(file);
      return durationMs(recording) > 2000 && recording;
    });
    expect(tonePresence(message, 440), describeSound(message)).toBeGreaterThan(0.9);
    expect(onCall.calls).toHaveLength(0);
  });
});

describe('night service', () => {
  test('is turned on and off by an administrator: the next call goes by it, and one that waits is not disturbed', async () => {
    await house.signIn('ana');
    const waiting = await lineUp(house, rulesNumber);
    await turn(true);
    const late = await callIn(house, rulesNumber);
    await comesTo(house, late.call, 'closed');
    expect(house.board.calls.get(waiting.call)).toMatchObject({ place: 'waiting', queue: 'support' });
    const listed = await house.admin.ask<{ items: object[] }>('GET', '/api/switches');
    expect(listed.items).toMatchObject([{ id: 'night', name: 'Night service', on: true, turnedBy: 'admin' }]);
    await turn(false);
    await comesTo(house, (await callIn(house, rulesNumber)).call, 'support');
  });

  test('is turned on and off by *281 at any desk phone, which says so, and the next call goes by it', async () => {
    const spare = await house.phone('105');
    await house.signIn('ana');
    for (const [destination, said, on] of [
      ['closed', 'switch-on', true],
      ['support', 'switch-off', false],
    ] as const) {
      const dialled = await spare.dial('*281');
      await dialled.established({ withinMs: 3000 });
      await until(`the switch stands so: ${on}`, async () => {
        const { items } = await house.admin.ask<{ items: { on: boolean; turnedBy: string }[] }>('GET', '/api/switches');
        return items[0]?.on === on && items[0]?.turnedBy === 'phone 105';
      });
      await dialled.ended({ withinMs: 8000 });
      const spoken = (name: string) => readWav(join(house.lab.media.path, 'sounds', 'fr', 'cordboard', `${name}.wav`));
      const [own, other] = [await spoken(said), await spoken(on ? 'switch-off' : 'switch-on')];
      expect(ratherLike(await dialled.heard(), own, other)).toBeGreaterThan(0.1);
      await comesTo(house, (await callIn(house, rulesNumber)).call, destination);
    }
  });
});
