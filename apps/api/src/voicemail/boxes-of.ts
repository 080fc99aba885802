import type { Session } from '@cordboard/contracts';
import type { Database } from '@cordboard/database';

/**
 * Whose messages somebody may hear: agents those of their own phone and of the queues that the policy puts them in.
 * @returns undefined: all
 */
export const boxesOf = async (
  user: Session['user'],
  { agents, policies }: Pick<Database, 'agents' | 'policies'>,
): Promise<readonly string[] | undefined> => {
  if (user.role !== 'agent') return undefined;
  if (user.agentId === null) return [];
  const [agent, policy] = await Promise.all([agents.byId(user.agentId), policies.current()]);
  const queues = Object.entries(policy?.queues ?? {}).flatMap(([id, { members }]) =>
    members.some((member) => member.agent === user.agentId) ? [id] : [],
  );
  return agent === undefined ? queues : [agent.extension, ...queues];
};

/** Whether a box is somebody's own: that of their phone. */
export const isOwnBox = async (
  user: Session['user'],
  box: string,
  { agents }: Pick<Database, 'agents'>,
): Promise<boolean> => user.agentId !== null && (await agents.byId(user.agentId))?.extension === box;
