import type { PolicyDocument } from '@cordboard/contracts';
import type { AgentId, QueueId } from '@cordboard/core';
import { between, tonePresence } from '@cordboard/sip-lab';
import { aFlow, aQueue, flows } from '@cordboard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSound } from '../support/describe-sound.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy } from '../support/house-policy.ts';
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
  const ringing = await dan.nextIncoming({ withinMs: 5000 });
  expect(ringing.fromNumber).toBe(caller.callerNumber);
  expect(ana.calls).toEqual([]);
  await ringing.answer();
  const { at: since } = await ringing.established({ withinMs: 3000 });
  await house.talk(1000);

  house.apps.stasis.start();
  await until('call control', isInControl, { withinMs: 15_000 });
  // What the dialplan has in hand is not touched, and a new call is decided upon again.
  const second = await later.dial(newNumber);
  expect(await house.why(await house.callOf(later))).toBeDefined();
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
  await second.hangUp();
});
