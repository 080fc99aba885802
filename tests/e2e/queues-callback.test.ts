import type { Fact } from '@cordboard/core';
import { agentScenario, freeUdpPort, header, type Phone, parseAddress, type Sipp, startSipp } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callbackLine, callbackNumber, leaveNumber } from '../support/callback-line.ts';
import { type House, openHouse } from '../support/house.ts';
import { lineUp } from '../support/line-up.ts';
import { openTrunk } from '../support/open-trunk.ts';
import { queueHousePolicy } from '../support/queue-house-policy.ts';
import { until } from '../support/until.ts';

/** Where the telephone network is that reaches customers. */
const network = '127.0.0.3';

const policy = queueHousePolicy(callbackLine());

let house: House;
let sipPort: number;
let phones: Sipp;
beforeAll(async () => {
  house = await openHouse({ policy });
  sipPort = await freeUdpPort(network);
  phones = await customersPhones(100);
  await openTrunk(house, { id: 'network', host: network, sipPort });
});
afterEach(() => house.clear());
afterAll(async () => {
  await phones.abort();
  await house.close();
});

/** Every customer's phone: whoever is rung answers after a while, and stays until the agent hangs up. */
const customersPhones = (ringMs: number): Promise<Sipp> =>
  startSipp({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    localHost: network,
    localPort: sipPort,
    scenario: agentScenario({ behaviour: { type: 'answer-and-stay', ringMs } }),
    messages: true,
    timeoutMs: 90_000,
  });

/** Whose calls agents have answered, in order. */
const answered = (): readonly string[] => {
  const facts = house.allFacts();
  const numberOf = new Map(
    facts.flatMap((fact) => (fact.type === 'CallArrived' ? [[fact.call, fact.ani] as const] : [])),
  );
  return facts.flatMap((fact) => (fact.type === 'CallAnswered' ? [numberOf.get(fact.call) ?? fact.call] : []));
};
/** The agent talks with each for a moment, and hangs up. */
const serveAll = async (phone: Phone, calls: number): Promise<void> => {
  for (let call = 1; call <= calls; call += 1) {
    await until(`conversation ${call}`, () => answered().length >= call, { withinMs: 20_000 });
    await house.talk(300);
    await phone.hangUp();
  }
};

const told = (wanted: Fact['type']): number => house.allFacts().filter(({ type }) => type === wanted).length;

describe('callers who hold on and callers who asked to be called back', () => {
  test('[F8] are served in the order in which they came; call control killed twice meanwhile calls nobody twice and forgets nobody', async () => {
    const order: string[] = [];
    const promises: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { caller: holder } = await lineUp(house, callbackNumber);
      const { caller: promised } = await leaveNumber(house);
      order.push(holder.callerNumber, promised.callerNumber);
      promises.push(promised.callerNumber);
    }
    const ana = await house.phone('101', { answer: { afterMs: 100 } });
    await house.signIn('ana');
    const served = serveAll(ana, order.length);
    // Killed when a caller is to be taken down and the agent's phone is to ring for a promise, and while two talk.
    const moments: readonly (readonly [string, () => boolean])[] = [
      ['the agent is about to be rung for the first promise', () => told('AgentOffered') >= 2],
      ['the sixth of them talks', () => answered().length >= 6],
    ];
    for (const [moment, hasCome] of moments) {
      await until(moment, hasCome, { withinMs: 30_000, everyMs: 1 });
      await house.apps.stasis.kill();
      house.apps.stasis.start();
    }
    await served;
    await house.isEmpty();
    expect(answered()).toEqual(order);

    const closed = house.allFacts().flatMap((fact) => (fact.type === 'TicketClosed' ? [fact] : []));
    expect(closed.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'reached'));
    expect(new Set(closed.map(({ ticket }) => ticket)).size).toBe(6);
    expect((await rungNumbers()).toSorted()).toEqual(promises.toSorted());
  });

  test('[F8] call control killed while a customer’s phone rings: the customer is rung on, and talks with the agent who waits', async () => {
    phones = await customersPhones(8000);
    const { caller } = await leaveNumber(house);
    const before = told('CallAnswered');
    await house.phone('101', { answer: { afterMs: 100 } });
    await house.signIn('ana');
    await until('the customer’s phone rings', async () =>
      (await house.truth.channels()).some(
        ({ name, state }) => name.startsWith('PJSIP/trunk-network') && state === 'Ringing',
      ),
    );
    await house.apps.stasis.kill();
    house.apps.stasis.start();
    await until('they talk', () => told('CallAnswered') > before, { withinMs: 20_000 });
    await house.phoneAt('101').hangUp();
    await house.isEmpty();
    expect(await rungNumbers()).toEqual([caller.callerNumber]);
  });
});

/** Whose phones have been rung, each as often as it was. Ends the phones. */
const rungNumbers = async (): Promise<readonly string[]> => {
  const { messages } = await phones.finish();
  const rung = new Map(
    messages.flatMap(({ message, direction }) =>
      direction === 'received' && message.method === 'INVITE'
        ? [[header(message, 'call-id') ?? '', parseAddress(header(message, 'to') ?? '').user] as const]
        : [],
    ),
  );
  return [...rung.values()];
};
