import type { House } from './house.ts';
import { until } from './until.ts';

/**
 * A trunk to a party that answers there already, as Asterisk soon asks whether it does, and would call nobody who did
 * not. Resolves when Asterisk knows it.
 */
export const openTrunk = async (
  { admin, truth }: House,
  { id, host, sipPort }: { readonly id: string; readonly host: string; readonly sipPort: number },
): Promise<void> => {
  await admin.ask('POST', '/api/trunks', { id, name: id, addresses: [host], server: `${host}:${sipPort}` });
  await until(`Asterisk knows the trunk ${id}`, async () => (await truth.endpoints()).includes(`trunk-${id}`));
};
