import type { Database } from '../database.ts';
import { DatabaseRefusal } from '../errors.ts';
import { demoAgents, demoCustomers, demoSupervisor, demoTrunk } from './people.ts';
import { demoPolicy } from './policy.ts';

/**
 * Gives a database without a policy something to begin with: phones, agents, a trunk, customers, a policy. The policy
 * comes last, so that a moving in that was cut off is gone on with the next time. Nobody is given a password: none of
 * these users can sign in until an administrator sets one.
 *
 * @returns whether there was anything to do.
 */
export const moveInDemo = async ({
  agents,
  customers,
  phones,
  policies,
  trunks,
  users,
}: Database): Promise<boolean> => {
  if ((await policies.versions()).length > 0) return false;
  for (const { id, name, extension, language } of demoAgents) {
    await unlessThere(phones.create({ extension, name: `Desk phone ${extension}` }));
    await unlessThere(agents.create({ id, name, extension }));
    await unlessThere(users.create({ username: id, name, role: 'agent', agentId: id, language }));
  }
  await unlessThere(users.create({ ...demoSupervisor, role: 'supervisor' }));
  await unlessThere(trunks.create(demoTrunk));
  for (const customer of demoCustomers) await unlessThere(customers.create(customer));
  await unlessThere(policies.publish(demoPolicy, 'cordboard', 'The demo', { asFirst: true }));
  return true;
};

const unlessThere = async (creating: Promise<unknown>): Promise<void> => {
  try {
    await creating;
  } catch (error) {
    if (!(error instanceof DatabaseRefusal && error.reason === 'already-there')) throw error;
  }
};
