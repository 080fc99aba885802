import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { instant, localTime } from '@cordboard/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportDay } from '../../apps/cli/src/commands/export-day.ts';
import { readDay } from '../../apps/cli/src/simulate/day-file.ts';
import { runSimulation } from '../../apps/cli/src/simulate/run-simulation.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { housePolicy, numbers, wrapUpMs } from '../support/house-policy.ts';
import { answerAt, callIn, lineUp } from '../support/line-up.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('[F14] a day of real calls is written down without the callers’ names and numbers, and replayed by the same policy it decides the same', async () => {
  await aDay();
  const timeZone = housePolicy().timeZone;
  const { REDIS_URL, DATABASE_URL } = house.servers.environment;
  const date = localTime(timeZone, instant(Date.now())).date;
  const file = join(house.lab.folder, 'day.jsonl');
  const environment = { REDIS_URL, DATABASE_URL, CORDBOARD_HOME: join(house.lab.folder, 'exporter') };
  expect(await exportDay.run({ args: ['--date', date, '--out', file], environment })).toBe(0);

  const written = await readFile(file, 'utf8');
  const callers = house.allFacts().flatMap((fact) => (fact.type === 'CallArrived' ? [fact.ani] : []));
  expect(callers).toContain(zoe.number);
  for (const secret of [zoe.name, zoe.company, ...callers]) expect(written).not.toContain(secret);

  const day = await readDay(file);
  expect(day.calls).toHaveLength(callers.length);
  const offered = house
    .allFacts()
    .flatMap((fact) => (fact.type === 'AgentOffered' ? [`${fact.at} ${fact.call} ${fact.agent}`] : []));
  const recorded = day.calls.flatMap(({ id, decided }) =>
    decided.flatMap((each) => (each.is === 'offered' ? [`${each.at} ${id} ${each.agent}`] : [])),
  );
  expect(recorded.toSorted()).toEqual(offered.toSorted());

  const asItWas = runSimulation(day, { rows: 20 });
  expect(asItWas.text).toMatch(/every decision is as recorded: (\d+) of \1\./);
  expect(asItWas.asRecorded).toBe(true);
  const sameAgain = runSimulation(day, { policy: { ...housePolicy(), version: 99 }, rows: 20 });
  expect(sameAgain.asRecorded).toBe(true);

  const { queues, ...rest } = housePolicy();
  const [support] = Object.keys(queues) as (keyof typeof queues)[];
  const rules = support === undefined ? undefined : queues[support];
  if (support === undefined || rules === undefined) throw new Error('the house has no queue');
  const onlyBen = { ...rules, members: rules.members.filter(({ agent }) => agent === 'ben') };
  const otherwise = runSimulation(day, {
    policy: { ...rest, version: 1, queues: { ...queues, [support]: onlyBen } },
    rows: 20,
  });
  expect(otherwise.asRecorded).toBeUndefined();
  expect(otherwise.text).toMatch(/ana after .*s +ben after .*s/);
}, 180_000);

/** Answered at once, after a refusal, after ringing out, out of a menu; given up; called by name; paused and back. */
const aDay = async (): Promise<void> => {
  const [ana, ben] = [await house.ready('101'), await house.ready('102')];
  const zoeCalls = await callIn(house, numbers.support, { callerNumber: zoe.number });
  await house.factsOf(zoeCalls.call, 'CallerIdentified');
  const toZoe = await answerAt(ana);
  const second = await callIn(house, numbers.support);
  await (await ben.nextIncoming({ withinMs: 5000 })).decline();
  const third = await lineUp(house, numbers.support);
  const fourth = await lineUp(house, numbers.support);
  await fourth.dialled.hangUp();
  await toZoe.hangUp();
  // Both wait, and both agents come free within seconds.
  const [withAna, withBen] = await Promise.all([answerAt(ana, 10_000), answerAt(ben, 10_000)]);
  await house.ask('ana', { to: 'pause', reason: 'tea' });
  await withAna.hangUp();
  await withBen.hangUp();
  await Promise.all([second, third].map(({ dialled }) => dialled.ended({ withinMs: 3000 })));
  await house.talk(wrapUpMs);

  // Ben lets it ring; when Ana is back she has it.
  const fifth = await callIn(house, numbers.main);
  await house.inMenu(fifth.call);
  await fifth.dialled.sendDigits('2');
  await house.factsOf(fifth.call, 'AgentOffered');
  await house.ask('ana', { to: 'be-ready' });
  await house.factsOf(fifth.call, 'AgentOffered', 2);
  const toFifth = await answerAt(ana, 8000);
  await fifth.dialled.hangUp();
  await toFifth.ended({ withinMs: 3000 });

  // Nobody presses anything in the menu, and Ana's own phone.
  const sixth = await callIn(house, numbers.main);
  const toSixth = await answerAt(ana, 30_000);
  await toSixth.hangUp();
  await sixth.dialled.ended({ withinMs: 3000 });
  await house.ask('ana', { to: 'sign-out' });
  const seventh = await callIn(house, numbers.ana);
  const toSeventh = await answerAt(ana);
  await seventh.dialled.hangUp();
  await toSeventh.ended({ withinMs: 3000 });
  await house.isEmpty();
  await until('everything has been told', async () => {
    const facts = house.allFacts();
    const arrived = facts.filter(({ type }) => type === 'CallArrived').length;
    return arrived === 7 && facts.filter(({ type }) => type === 'CallEnded').length === arrived;
  });
};
