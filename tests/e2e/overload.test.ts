import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { callerScenario, sipTimes, startSipp } from '@cordboard/sip-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { carrier } from '../support/house-people.ts';
import { numbers } from '../support/house-policy.ts';
import { answerAt, lineUp } from '../support/line-up.ts';
import { onRecord } from '../support/on-record.ts';
import { until } from '../support/until.ts';

/** A policy that says nothing of admission. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Call control gets a tenth of a processor, as on a machine that others take. @returns how to end it */
const starve = (): (() => Promise<void>) => {
  const { stasis } = house.apps;
  let isOver = false;
  const going = (async () => {
    while (!isOver) {
      stasis.signal('SIGSTOP');
      await pause(180);
      stasis.signal('SIGCONT');
      await pause(20);
    }
  })();
  return async () => {
    isOver = true;
    await going;
  };
};

test('[S41] a house that cannot keep up turns new callers away by itself, who talks goes on talking, and soon all are let in again', async () => {
  const ana = await house.ready('101');
  const { dialled: talks } = await lineUp(house, numbers.support);
  const atPhone = await answerAt(ana);
  await talks.established({ withinMs: 5000 });
  const before = house.allFacts().length;

  const feed = starve();
  await house.talk(300);
  const began = Date.now();
  const burst = await startSipp({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    remote: house.asterisk.sip,
    localHost: carrier,
    scenario: callerScenario({ number: numbers.support, callerNumber: '+33639985000', stay: 1000 }),
    calls: 120,
    rate: 30,
    messages: true,
    timeoutMs: 25_000,
  });
  const { succeeded, failed, messages } = await burst.result;
  await hearsOnly(talks, tones.phone, began, Date.now());
  await hearsOnly(atPhone, tones.caller, began, Date.now());
  await feed();
  const fedAt = Date.now();
  expect(succeeded + failed).toBe(120);
  expect(failed).toBeGreaterThan(20);
  const refusals = [...sipTimes(messages).values()].flatMap(({ refused }) => refused?.status ?? []);
  expect(refusals).toEqual(Array(failed).fill(503));

  const again = await until('a new caller is let in', letIn, { withinMs: 5000, everyMs: 100 });
  expect(Date.now() - fedAt).toBeLessThan(5000);
  await again.hangUp();
  const facts = house.allFacts().slice(before);
  const turnedAway = facts.flatMap((fact) => (fact.type === 'CallTurnedAway' ? [fact] : []));
  expect(turnedAway.length).toBeGreaterThanOrEqual(failed);
  const because = expect.stringMatching(/^new calls noticed \d+ ms late, limit 150 ms$/);
  expect(turnedAway[0]).toMatchObject({ treatment: 'busy', because });
  expect(await onRecord(house, turnedAway[0]?.call ?? '')).toMatchObject({ disposition: 'rejected' });
  const log = await readFile(join(house.lab.folder, 'log', 'stasis.log'), 'utf8');
  const lines = log.split('\n').filter((line) => line.includes('"msg":"call turned away"'));
  expect(lines.length).toBeLessThanOrEqual(turnedAway.length / 2);

  await talks.hangUp();
  await house.isEmpty();
  await house.clear();
});

/** Somebody calls, and waits in line; false: they were turned away. */
const letIn = async () => {
  const caller = await house.caller();
  const dialled = await caller.dial(numbers.support);
  const isIn = await until('let in, or not', () => {
    const arrived = house.allFacts().find((fact) => fact.type === 'CallArrived' && fact.ani === caller.callerNumber);
    if (arrived === undefined || !('call' in arrived)) return false;
    const { call } = arrived;
    const types = house.allFacts().flatMap((fact) => ('call' in fact && fact.call === call ? [fact.type] : []));
    if (types.includes('CallQueued')) return 'in';
    return types.includes('CallTurnedAway') && 'turned away';
  });
  return isIn === 'in' && dialled;
};
