import { join } from 'node:path';
import type { FlowNode, OutsideNumber, QueueId } from '@cordboard/core';
import {
  between,
  type Caller,
  freeUdpPort,
  header,
  type Recording,
  startCaller,
  tonePresence,
} from '@cordboard/sip-lab';
import type { QueueChanges } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { answerAt, callIn, lineUp } from '../support/line-up.ts';
import { openTrunk } from '../support/open-trunk.ts';
import { node, queueHousePolicy } from '../support/queue-house-policy.ts';
import { pieceHeard, readSln16 } from '../support/sounds-like.ts';
import { until } from '../support/until.ts';

const numbers = {
  full: '+33170000061',
  slow: '+33170000062',
  offered: '+33170000063',
  sales: '+33170000064',
  billing: '+33170000065',
} as const;
/** Another call centre, who answers for this house when it cannot. */
const partner = { number: '+33199000001', host: '127.0.0.3', tone: 660 } as const;
const expectedWaitMs = 300;

const transfer: FlowNode = {
  kind: 'transfer',
  number: partner.number as OutsideNumber,
  trunk: 'partner',
  forMs: 10_000,
  attributes: ['order'],
  noAnswer: node('end'),
};
const callback: FlowNode = {
  kind: 'callback',
  queue: 'offered' as QueueId,
  priority: 0,
  sounds: ['beep'],
  confirm: { before: ['beep'], after: [] },
  numberSounds: ['beep'],
  waitMs: 3000,
  tries: 2,
  accepted: node('thanks'),
  declined: node('end'),
};
const one: QueueChanges = { members: ['ana'] };

const policy = queueHousePolicy({
  full: {
    number: numbers.full,
    queue: { ...one, limits: { length: 1 } },
    node: { full: node('partner') },
    nodes: { partner: transfer },
    attributes: { order: '47/11' },
  },
  slow: {
    number: numbers.slow,
    queue: { ...one, limits: { expectedWaitMs } },
    node: { tooLong: node('partner') },
    nodes: { partner: transfer },
  },
  offered: {
    number: numbers.offered,
    queue: { ...one, limits: { expectedWaitMs }, callback: { trunks: ['partner'] } },
    node: { tooLong: node('callback') },
    nodes: { callback, thanks: { kind: 'say', sounds: ['beep'], next: node('end') } },
  },
  sales: {
    number: numbers.sales,
    queue: {
      music: 'cold-day',
      treatments: [
        { segment: 'vip', music: 'morning-coffee' },
        { callsAtLeast: 1, music: 'simplicity' },
      ],
    },
  },
  billing: { number: numbers.billing, queue: { music: 'system' } },
});

let house: House;
/** Whoever answers at the partner's. */
let other: Caller;
beforeAll(async () => {
  house = await openHouse({ policy });
  const sipPort = await freeUdpPort(partner.host);
  const { host, tone } = partner;
  other = await startCaller({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    trunk: house.asterisk.sip,
    callerNumber: partner.number,
    host,
    sipPort,
    tone,
  });
  await openTrunk(house, { id: 'partner', host, sipPort });
});
afterEach(() => house.clear());
afterAll(async () => {
  await other.stop();
  await house.close();
});

/** Ana has handled one call, so that it is known how long one takes, and talks in another. */
const keepAnaBusy = async (number: string): Promise<void> => {
  const ana = await house.ready('101');
  const { dialled } = await lineUp(house, number);
  await answerAt(ana);
  await house.talk(2 * expectedWaitMs);
  await dialled.hangUp();
  await house.board.shows('Ana free', ({ agents }) => agents.get('ana')?.state === 'ready');
  await lineUp(house, number);
  await answerAt(ana);
};

describe('another house helps out', () => {
  test('[S36] the line is full: the next caller talks with the partner, who is told which call it is, for which line, and its order', async () => {
    await lineUp(house, numbers.full);
    const { caller, dialled, call } = await callIn(house, numbers.full);
    const ringing = await other.nextIncoming({ withinMs: 5000 });
    expect(ringing.fromNumber).toBe(caller.callerNumber);
    expect(header(ringing.invite, 'x-cordboard-context')).toBe(`call=${call}&queue=full&order=47%2F11`);
    await ringing.answer();
    const { at } = await dialled.established({ withinMs: 3000 });
    await house.talk(1200);
    const end = Date.now();
    await ringing.hangUp();
    await dialled.ended({ withinMs: 3000 });
    const [callerHeard, partnerHeard] = [await dialled.heard(), await ringing.heard()];
    const heardBy = (heard: Recording, tone: number) =>
      expect(
        tonePresence(heard, tone, between(heard, at + 300, end)),
        describeSound(heard, [440, partner.tone]),
      ).toBeGreaterThan(0.9);
    heardBy(callerHeard, partner.tone);
    heardBy(partnerHeard, 440);
    expect(JSON.stringify(await house.why(call))).toContain('no more may');
  });

  test('[S36] the wait would be too long: the caller talks with the partner', async () => {
    await keepAnaBusy(numbers.slow);
    const { dialled, call } = await callIn(house, numbers.slow);
    const ringing = await answerAt(other);
    expect(header(ringing.invite, 'x-cordboard-context')).toBe(`call=${call}&queue=slow`);
    await dialled.established({ withinMs: 3000 });
    const [refused] = await house.factsOf(call, 'QueueRefused');
    expect(refused).toMatchObject({ exit: 'tooLong' });
  });
});

test('[S70] a wait that would be too long: a callback is offered, taken with two keys, and kept when the agent is free', async () => {
  await keepAnaBusy(numbers.offered);
  const talker = house.phoneAt('101').calls.at(-1);
  const { dialled, call, caller } = await callIn(house, numbers.offered, { callerNumber: partner.number });
  await dialled.established({ withinMs: 3000 });
  await until('the callback is offered', async () =>
    (await house.facts(call)).some((fact) => fact.type === 'FlowStepped' && fact.kind === 'callback'),
  );
  await dialled.sendDigits('1');
  await dialled.sendDigits('1');
  await house.factsOf(call, 'CallbackRequested');
  await dialled.ended({ withinMs: 5000 });
  await caller.stop();

  await talker?.hangUp();
  await answerAt(house.phoneAt('101'));
  const rung = await answerAt(other);
  await house.talk(1200);
  await rung.hangUp();
  await rung.ended({ withinMs: 3000 });
  expect(tonePresence(await rung.heard(), 880), describeSound(await rung.heard())).toBeGreaterThan(0.3);
  const closed = await until('the promise is kept', () => house.allFacts().find(({ type }) => type === 'TicketClosed'));
  expect(closed).toMatchObject({ queue: 'offered', outcome: 'reached' });
});

test('[S37] a VIP, a caller about a bill, one who rings again and a stranger each wait with music of their own', async () => {
  const pieces = {
    'morning-coffee': await piece('manolo_camp-morning_coffee'),
    system: await piece('reno_project-system'),
    simplicity: await piece('macroform-the_simplicity'),
    'cold-day': await piece('macroform-cold_day'),
  };
  const again = await callIn(house, numbers.sales);
  await again.dialled.hangUp();
  await until('the first call is on record', async () => (await house.database.calls.byId(again.call)) !== undefined);
  const waiting = {
    'morning-coffee': await lineUp(house, numbers.sales, { callerNumber: zoe.number }),
    system: await lineUp(house, numbers.billing),
    simplicity: await lineUp(house, numbers.sales, { callerNumber: again.caller.callerNumber }),
    'cold-day': await lineUp(house, numbers.sales),
  };
  await house.talk(4000);
  for (const [music, { dialled }] of Object.entries(waiting)) {
    await dialled.hangUp();
    expect(pieceHeard(await dialled.heard(), pieces), describeSound(await dialled.heard())).toBe(music);
  }
});

const piece = (name: string): Promise<Recording> => readSln16(join(house.lab.media.path, 'moh', `${name}.sln16`));
