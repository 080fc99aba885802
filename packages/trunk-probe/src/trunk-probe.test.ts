import { type Carrier, type CarrierOptions, startCarrier } from '@cordboard/sip-lab';
import { afterEach, expect, test } from 'vitest';
import { askCarrier, askRegistration, findings, type ProbedTrunk } from './index.ts';

const carriers: Carrier[] = [];
afterEach(async () => {
  await Promise.all(carriers.splice(0).map((carrier) => carrier.stop()));
});

const carrierThat = async (options: Partial<CarrierOptions> = {}): Promise<Carrier> => {
  const carrier = await startCarrier({ host: '127.0.0.1', ...options });
  carriers.push(carrier);
  return carrier;
};

const serverOf = ({ host, port }: Carrier): string => `${host}:${port}`;

const found = async (trunk: ProbedTrunk, lastCall: string | null = null): Promise<readonly string[]> =>
  findings(await askCarrier(trunk), lastCall).map(({ code }) => code);

const account = { username: 'house', password: 'right' };

test('a carrier that is there and speaks our codecs: nothing is wrong', async () => {
  const carrier = await carrierThat();
  expect(await found({ server: serverOf(carrier) })).toEqual([]);
});

test('[S26] each thing that can be wrong has a name of its own', async () => {
  const silent = await carrierThat({ options: 'silent' });
  const strange = await carrierThat({ codecs: [18] });
  const inside = await carrierThat({ mediaAddress: '10.1.2.3' });
  const ours = await carrierThat();
  const [server, ...others] = [silent, strange, inside, ours].map(serverOf);
  expect(await found({ server: server ?? '' })).toEqual(['no-answer']);
  expect(await found({ server: 'nobody.invalid:5060' })).toEqual(['name-not-found']);
  expect(await found({ server: others[0] ?? '' })).toEqual(['no-common-codec']);
  expect(await found({ server: others[1] ?? '' })).toEqual(['private-address']);
  expect(await found({ server: others[2] ?? '' }, 'answered 488')).toEqual(['no-common-codec']);
}, 20_000);

test('[S26] a password that is not taken, and a house that may not come in', async () => {
  const asks = await carrierThat({ account });
  const again = await carrierThat({ account, wrongPassword: 401 });
  const wrong = { ...account, password: 'wrong' };
  expect(await found({ server: serverOf(asks), registration: wrong })).toEqual(['forbidden']);
  expect(await found({ server: serverOf(again), registration: wrong })).toEqual(['unauthorized']);
  expect(await found({ server: serverOf(asks), registration: account })).toEqual(['not-registered']);
});

test('asking for a registration makes none', async () => {
  const carrier = await carrierThat({ account });
  const trunk = { server: serverOf(carrier), registration: account };
  expect(await askRegistration(trunk)).toEqual({ is: 'unregistered' });
  expect(await askRegistration(trunk)).toEqual({ is: 'unregistered' });
  expect(await askRegistration({ ...trunk, registration: { ...account, password: 'wrong' } })).toEqual({
    is: 'rejected',
    status: 403,
  });
});
