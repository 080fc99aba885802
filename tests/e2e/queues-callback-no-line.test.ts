import type { Callback } from '@cordboard/contracts';
import type { Carrier } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callbackLine, leaveNumber } from '../support/callback-line.ts';
import { type House, openHouse } from '../support/house.ts';
import { openCarrier } from '../support/outbound-house.ts';
import { queueHousePolicy } from '../support/queue-house-policy.ts';
import { until } from '../support/until.ts';

/** Whoever is to be called back is tried once, and then given up. */
const policy = queueHousePolicy(callbackLine({ attempts: 1 }));

let house: House;
let network: Carrier | undefined;
beforeAll(async () => {
  house = await openHouse({ policy });
  network = await openCarrier(house, 'network', { host: '127.0.0.3' });
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await network?.stop();
});

const promises = async () => (await house.admin.ask<{ items: readonly Callback[] }>('GET', '/api/callbacks')).items;

describe('the carrier has no channel left when a customer is to be called back', () => {
  test('[F8] it is no attempt on the customer: the promise is kept, and who looks at it is told why it waits', async () => {
    network?.behave({ invite: { is: 'refuse', status: 503 } });
    await leaveNumber(house);
    await house.phone('101', { answer: { afterMs: 100 } });
    await house.signIn('ana');
    await until('the promise waits for a way out', async () => (await promises())[0]?.because === 'no-line-out');
    expect(await promises()).toMatchObject([{ state: 'resting', missed: 0 }]);
    const told = house.allFacts().flatMap((fact) => (fact.type === 'CallbackMissed' ? [fact.call] : []));
    const { steps } = await house.why(told[0] ?? '');
    expect(steps.filter(({ is }) => is === 'customer-rung')).toMatchObject([
      { trunk: 'network', because: 'answered 503' },
    ]);
    expect(steps.filter(({ is }) => is === 'callback-missed')).toMatchObject([{ because: 'no-line-out' }]);
    await house.isEmpty();
    // The agent has done nothing wrong.
    await house.board.shows('Ana ready', ({ agents }) => agents.get('ana')?.state === 'ready');
    const [promise] = await promises();
    await house.admin.ask('DELETE', `/api/callbacks/${promise?.id}`);
  });
});
