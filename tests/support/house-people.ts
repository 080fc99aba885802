import type { PolicyDocument } from '@cordboard/contracts';
import type { Policy } from '@cordboard/core';
import { type Database, hashPassword } from '@cordboard/database';
import { housePolicy } from './house-policy.ts';

/** Every person's. */
export const password = 'correct horse battery staple';

/** Who sits where. */
export const agentAt: Readonly<Record<string, string>> = {
  '101': 'ana',
  '102': 'ben',
  '103': 'chloe',
  '104': 'dan',
};

/** Phones without anybody. */
const spare = ['105', '106'] as const;

/** Where the carrier's calls come from; phones are at 127.0.0.1, as what is known by its address is not asked for its name. */
export const carrier = '127.0.0.2';

/** The customer whose calls are recognised. */
export const zoe = { name: 'Zoë Martin', company: 'Martin SARL', segment: 'vip', number: '+33639981234' } as const;

/**
 * Phones, agents, people, a trunk, a customer and a policy.
 * @returns the phones' passwords, by extension
 */
export const moveIn = async (
  database: Database,
  policy: Omit<Policy, 'version'> = housePolicy(),
): Promise<ReadonlyMap<string, string>> => {
  const { agents, customers, phones, policies, trunks, users } = database;
  const passwords = new Map<string, string>();
  for (const extension of [...Object.keys(agentAt), ...spare])
    passwords.set(extension, (await phones.create({ extension, name: `Phone ${extension}` })).password);
  const passwordHash = await hashPassword(password);
  const person = async (username: string, role: 'administrator' | 'supervisor' | 'agent', agentId: string | null) => {
    const { id } = await users.create({ username, name: username, role, agentId });
    await users.setPasswordHash(id, passwordHash);
  };
  await person('admin', 'administrator', null);
  await person('sue', 'supervisor', null);
  for (const [extension, id] of Object.entries(agentAt)) {
    await agents.create({ id, name: id, extension });
    await person(id, 'agent', id);
  }
  await trunks.create({ id: 'carrier', name: 'The carrier', addresses: [carrier] });
  const { number, ...known } = zoe;
  await customers.create({ ...known, numbers: [number] });
  await policies.publish(policy as unknown as PolicyDocument, 'admin', 'the first');
  return passwords;
};
