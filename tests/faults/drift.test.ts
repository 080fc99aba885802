import { callerScenario, runSipp } from '@cordboard/sip-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Dice } from '../../apps/cli/src/demo/dice.ts';
import { type House, openHouse } from '../support/house.ts';
import { carrier } from '../support/house-people.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { type LossyAri, startLossyAri } from '../support/lossy-ari.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
let house: House;
let ari: LossyAri;
beforeAll(async () => {
  const dice = new Dice(seed);
  // Who has answered unheard must still be ringing when the two are compared, or is taken for somebody who did not answer.
  house = await openHouse({
    policy: housePolicy({ ringForMs: 10_000 }),
    environment: async ({ environment }) => {
      ari = await startLossyAri(environment.ARI_URL, () => dice.next());
      return { ARI_URL: ari.url };
    },
  });
});
afterAll(async () => {
  await house.close();
  await ari.close();
});

/** Call control compares every 5 s; what it then asks of Asterisk takes a moment. */
const healedWithinMs = 8000;

/** The callers of either view. */
const differences = async (): Promise<readonly string[]> => {
  const there = (await house.truth.channels())
    .filter(({ name }) => name.startsWith('PJSIP/trunk-carrier'))
    .map(({ caller }) => caller.number);
  const known = [...house.board.calls.values()].map(({ ani }) => ani);
  return [
    ...there.filter((number) => !known.includes(number)).map((number) => `${number} is not on the board`),
    ...known.filter((number) => !there.includes(number)).map((number) => `${number} is on the board alone`),
  ];
};

test(`[F17] of every five events from Asterisk one is lost (SEED=${seed}): within moments nothing differs, and in the end nothing is left`, async () => {
  for (const extension of ['101', '102', '103']) {
    const phone = await house.phone(extension, { answer: { afterMs: 300 } });
    expect(phone.extension).toBe(extension);
  }
  for (const agent of ['ana', 'ben', 'chloe']) await house.signIn(agent);
  ari.lose(0.2);
  const calls = 40;
  const calling = runSipp({
    spawn: house.lab.root.spawn,
    folder: `${house.lab.folder}/lab`,
    scenario: callerScenario({
      number: numbers.support,
      callerNumber: { field: 0 },
      stay: { minMs: 500, maxMs: 4000 },
      ringMs: 5000,
    }),
    lines: Array.from({ length: calls }, (_, index) => [`+3363998${3000 + index}`]),
    remote: house.servers.asterisk?.sip ?? { host: '', port: 0 },
    localHost: carrier,
    calls,
    rate: 4,
    timeoutMs: 60_000,
  });
  // No difference lasts, however many calls come and go.
  const since = new Map<string, number>();
  let longestMs = 0;
  let isOver = false;
  void calling.finally(() => (isOver = true));
  while (!isOver) {
    const now = Date.now();
    const differing = await differences();
    for (const gone of [...since.keys()].filter((difference) => !differing.includes(difference))) since.delete(gone);
    for (const difference of differing) since.set(difference, since.get(difference) ?? now);
    longestMs = Math.max(longestMs, ...[...since.values()].map((begin) => now - begin));
    await house.talk(100);
  }
  expect(longestMs).toBeLessThan(healedWithinMs);
  expect([...ari.lost.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(calls / 2);
  const hungUpAt = Date.now();
  await house.isEmpty();
  expect(Date.now() - hungUpAt).toBeLessThan(healedWithinMs);
  expect(await differences()).toEqual([]);
  // Nobody has become unable to take calls: each is rung again.
  await house.board.shows('all three ready', ({ agents }) =>
    ['ana', 'ben', 'chloe'].every((agent) => ['ready', 'wrap-up'].includes(agents.get(agent)?.state ?? '')),
  );
});
