import type { PolicyDocument } from '@cordboard/contracts';
import type { AgentId, QueueId } from '@cordboard/core';
import { between, type Caller, tonePresence } from '@cordboard/sip-lab';
import { aFlow, aQueue, flows } from '@cordboard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAri } from '../integration/embedded-lab.ts';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const isInControl = async (): Promise<boolean> => {
  const { checks } = (await (await fetch(`${house.url}/readyz`)).json()) as {
    checks: { callControl: { ok: boolean } };
  };
  return checks.callControl.ok;
};

const { support } = numbers;
const newNumber = '+33170000077';

test('[F16] a number published just now rings its own queue’s phones while call control is away, and calls go on when it is back', async () => {
  const policy = housePolicy();
  const evening = 'evening' as QueueId;
  await house.database.policies.publish(
    {
      ...policy,
      numbers: [...policy.numbers, { number: newNumber, name: 'Evening', language: 'en', flow: 'evening' }],
      flows: {
        ...policy.flows,
        ...flows({ evening: aFlow('line', { line: { kind: 'queue', queue: evening, priority: 0 } }) }),
      },
      queues: { ...policy.queues, [evening]: aQueue({ members: ['dan' as AgentId], name: 'Evening' }) },
    } as unknown as PolicyDocument,
    'admin',
    'a number for the evening',
  );
  await until('Asterisk knowing the number', async () =>
    (await house.truth.endpoints()).includes(`fallback-${newNumber.slice(1)}-1`),
  );
  const [ana, dan] = [await house.ready('101'), await house.ready('104')];
  const [caller, later] = [await house.caller(), await house.caller()];

  await house.apps.stasis.kill();
  await until('nobody in control', async () => !(await isInControl()), { withinMs: 6000 });
  const dialled = await caller.dial(newNumber);
  const ringing = await dan.nextIncoming({ withinMs: 8000 });
  expect(ringing.fromNumber).toBe(caller.callerNumber);
  expect(ana.calls).toEqual([]);
  await ringing.answer();
  const { at: since } = await ringing.established({ withinMs: 3000 });
  await house.talk(1000);

  house.apps.stasis.start();
  await until('call control', isInControl, { withinMs: 15_000 });
  // What the dialplan has in hand is not touched, and a new call is decided upon again.
  const second = await later.dial(newNumber);
  const waiting = await house.callOf(later);
  expect(await house.why(waiting)).toBeDefined();
  // Who talks in a call of the dialplan's is not offered another one.
  await house.factsOf(waiting, 'CallQueued');
  await house.talk(1500);
  expect(dan.calls).toHaveLength(1);
  const end = Date.now();
  await dialled.hangUp();
  await ringing.ended({ withinMs: 3000 });
  const [agentHeard, callerHeard] = [await ringing.heard(), await dialled.heard()];
  expect(
    tonePresence(agentHeard, 440, between(agentHeard, since + 300, end)),
    describeSound(agentHeard),
  ).toBeGreaterThan(0.94);
  expect(
    tonePresence(callerHeard, 880, between(callerHeard, since + 300, end)),
    describeSound(callerHeard),
  ).toBeGreaterThan(0.94);
  // And is again, when that is over.
  const offered = await dan.nextIncoming({ withinMs: 10_000 });
  await second.hangUp();
  await offered.ended({ withinMs: 3000 });
  await isForgotten();
});

/** The records of a caller's calls. */
const recordsOf = async ({ callerNumber }: Pick<Caller, 'callerNumber'>) =>
  (await house.database.calls.list({ limit: 10, number: callerNumber })).records;

const family = 'cordboard-1-alone';

/** The calls that Asterisk's own database holds; undefined while call control is away. It lists keys only for a channel. */
const kept = async (): Promise<readonly string[] | undefined> => {
  const ask = async (path: string) =>
    ((await askAri(house.asterisk, 'GET', path)).body as { value?: string }).value ?? '';
  const app = 'cordboard-1-watch';
  const channelId = 'test-reader';
  const made = await askAri(house.asterisk, 'POST', 'channels/create', { endpoint: 'Local/h@lamp/n', app, channelId });
  if (made.status !== 200) return undefined;
  const keys = await ask(`channels/${channelId}/variable?variable=${encodeURIComponent(`DB_KEYS(${family})`)}`);
  await askAri(house.asterisk, 'DELETE', `channels/${channelId}`);
  return keys.split(',').filter((key) => key !== '');
};

const isForgotten = () =>
  until('Asterisk having forgotten the calls', async () => (await kept())?.length === 0, { withinMs: 15_000 });

test('[F16] who gave up while the dialplan rang has a record as abandoned', async () => {
  await house.clear();
  const [ana, caller] = [await house.ready('101'), await house.caller()];
  await house.apps.stasis.kill();
  const dialled = await caller.dial(support);
  const ringing = await ana.nextIncoming({ withinMs: 8000 });
  await house.talk(1000);
  await dialled.hangUp();
  await ringing.ended({ withinMs: 3000 });
  house.apps.stasis.start();
  await until('the record', async () => (await recordsOf(caller)).length > 0, { withinMs: 20_000 });
  expect(await recordsOf(caller)).toMatchObject([
    { alone: true, disposition: 'abandoned', endedBy: 'caller', agent: null, answeredAt: null, talkedMs: 0 },
  ]);
  await isForgotten();
});

test('[F16] a call that the dialplan put through alone has one record, with who answered and for how long', async () => {
  await house.clear();
  const [ana, caller] = [await house.ready('101'), await house.caller()];
  await house.apps.stasis.kill();
  const cameAt = Date.now();
  const dialled = await caller.dial(support);
  const ringing = await ana.nextIncoming({ withinMs: 8000 });
  await ringing.answer();
  const { at: answeredAt } = await ringing.established({ withinMs: 3000 });
  await house.talk(2500);
  const endedAt = Date.now();
  await dialled.hangUp();
  await ringing.ended({ withinMs: 3000 });

  house.apps.stasis.start();
  const [record] = await until(
    'the record',
    async () => {
      const records = await recordsOf(caller);
      return records.length > 0 ? records : undefined;
    },
    { withinMs: 20_000 },
  );
  expect(record).toMatchObject({
    from: 'trunk',
    direction: 'in',
    dnis: support,
    disposition: 'answered',
    endedBy: 'caller',
    extension: '101',
    agent: 'ana',
    alone: true,
  });
  for (const [is, was] of [
    [record?.arrivedAt, cameAt],
    [record?.answeredAt, answeredAt],
    [record?.endedAt, endedAt],
  ] as const)
    expect(Math.abs((is ?? 0) - was)).toBeLessThan(1000);
  const { steps } = await house.why(record?.id ?? '');
  expect(steps).toContainEqual(expect.objectContaining({ is: 'taken-alone', extensions: ['101'] }));
  await isForgotten();
  // Told again by a process that ended before it had forgotten, it is there once all the same.
  await house.apps.stasis.kill();
  await until('nobody in control', async () => !(await isInControl()), { withinMs: 6000 });
  const channel = record?.id.replace('c', '').replace('-', '.') ?? '';
  for (const line of [
    `began:trunk:trunk-carrier:${caller.callerNumber}:${support}:${((record?.arrivedAt ?? 0) / 1000).toFixed(3)}`,
    `ended:${((record?.endedAt ?? 0) / 1000).toFixed(3)}:caller`,
  ])
    await askAri(house.asterisk, 'POST', 'asterisk/variable', {
      variable: `DB(${family}/${channel}/${line})`,
      value: '1',
    });
  house.apps.stasis.start();
  await until('call control', isInControl, { withinMs: 15_000 });
  await isForgotten();
  expect(await recordsOf(caller)).toEqual([record]);
});
