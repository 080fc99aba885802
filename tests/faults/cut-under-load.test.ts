import { setTimeout as pause } from 'node:timers/promises';
import { callerScenario, startSipp } from '@cordboard/sip-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { carrier } from '../support/house-people.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { answerAt, lineUp } from '../support/line-up.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

let house: House;
let ari: TcpProxy;
beforeAll(async () => {
  house = await openHouse({
    policy: housePolicy(),
    environment: async ({ environment }) => {
      const { hostname, port } = new URL(environment.ARI_URL);
      ari = await startTcpProxy({ host: hostname, port: Number(port) });
      return { ARI_URL: `http://127.0.0.1:${ari.port}` };
    },
  });
});
afterAll(async () => {
  await house.close();
  await ari.close();
});

const recoveredWithinMs = 5000;
const agents = ['ana', 'ben', 'chloe'];

test('[S41] Asterisk breaks the connection again and again while many call: five seconds after the last of them nothing is left, and agents are rung', async () => {
  const [dan, eve] = [await house.phone('104'), await house.phone('105')];
  const atEve = await dan.dial('105');
  const atDan = await answerAt(eve);
  await atEve.established({ withinMs: 3000 });
  for (const extension of ['101', '102', '103']) await house.phone(extension, { answer: { afterMs: 100 } });
  for (const agent of agents) await house.signIn(agent);

  const began = Date.now();
  const burst = await startSipp({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    remote: house.asterisk.sip,
    localHost: carrier,
    scenario: callerScenario({
      number: numbers.support,
      callerNumber: '+33639985000',
      stay: { minMs: 300, maxMs: 1500 },
    }),
    calls: 100,
    rate: 25,
    timeoutMs: 30_000,
  });
  for (let cut = 0; cut < 4; cut += 1) {
    await pause(900);
    ari.cut();
  }
  await burst.result;
  const loadOverAt = Date.now();
  await hearsOnly(atEve, tones.phone, began, loadOverAt);
  await hearsOnly(atDan, tones.phone, began, loadOverAt);

  await until(
    'nobody but those who talk is in Asterisk, and all agents are free',
    async () => {
      const [channels, bridges] = await Promise.all([house.truth.channels(), house.truth.bridges()]);
      const free = agents.every((agent) => house.board.agents.get(agent)?.state === 'ready');
      return channels.length === 2 && bridges === 1 && free && house.board.calls.size === 1;
    },
    { withinMs: recoveredWithinMs },
  );
  const { dialled } = await lineUp(house, numbers.support);
  const { call } = await until(
    'an agent is rung',
    () =>
      house.allFacts().findLast((fact) => fact.type === 'AgentOffered' && fact.at >= loadOverAt) as { call: string },
    { withinMs: Math.max(1, loadOverAt + recoveredWithinMs - Date.now()) },
  );
  await house.factsOf(call as never, 'CallAnswered');
  await Promise.all([dialled.hangUp(), atEve.hangUp()]);
  await house.isEmpty();
  const { begun, ended } = count(house.allFacts());
  expect(ended).toBe(begun);
  await house.clear();
});

const count = (facts: ReturnType<House['allFacts']>) => ({
  begun: facts.filter(({ type }) => type === 'CallArrived').length,
  ended: facts.filter(({ type }) => type === 'CallEnded').length,
});
