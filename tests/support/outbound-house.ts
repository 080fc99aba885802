import type { Outbound } from '@cordboard/core';
import { type Carrier, type CarrierOptions, startCarrier } from '@cordboard/sip-lab';
import type { House } from './house.ts';
import { housePolicy } from './house-policy.ts';
import { publishPolicy } from './publish-policy.ts';
import { until } from './until.ts';

/** The house's own numbers, as others see them. */
export const callerIds = { day: '+33170000010', night: '+33170000020', abroad: '+33170000011' } as const;

/** A carrier of the house's, which Asterisk knows by this name. */
export const openCarrier = async (
  house: House,
  id: string,
  options: CarrierOptions,
  trunk: Readonly<Record<string, unknown>> = {},
): Promise<Carrier> => {
  const carrier = await startCarrier(options);
  await house.admin.ask('POST', '/api/trunks', {
    id,
    name: id,
    addresses: [],
    server: `${carrier.host}:${carrier.port}`,
    ...trunk,
  });
  await until(`Asterisk knows ${id}`, async () => (await house.truth.endpoints()).includes(`trunk-${id}`));
  return carrier;
};

/** Publishes the small house's policy with this way to outside. */
export const publishOutbound = (
  house: House,
  outbound: Outbound,
  changes: Partial<ReturnType<typeof housePolicy>> = {},
): Promise<number> => publishPolicy(house, { ...housePolicy(), ...changes, outbound });
