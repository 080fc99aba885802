import { readFile } from 'node:fs/promises';
import { PolicyDocument, toPolicy } from '@cordboard/contracts';
import { type AgentId, checkPolicy, type Day, type Extension, type Policy } from '@cordboard/core';

/** A policy that cannot be simulated. The message names the node, or the part. */
export class PolicyRefused extends Error {
  override readonly name = 'PolicyRefused';
}

/** So many faults are named at once. */
const mostFaults = 10;

/**
 * The policy that a file holds: the document alone, or as the API gives it, with the document in it.
 * @throws PolicyRefused
 */
export const readPolicy = async (file: string, day: Day): Promise<Policy> => {
  const { data, error } = PolicyDocument.safeParse(documentIn(await readJson(file)));
  if (error !== undefined)
    throw new PolicyRefused(
      refusal(
        file,
        error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      ),
    );
  const policy = toPolicy(data, day.opening.policy.version);
  const faults = checkPolicy(policy, knownIn(day));
  if (faults.length > 0) throw new PolicyRefused(refusal(file, faults));
  return policy;
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const because = error instanceof SyntaxError ? `holds no JSON (${error.message})` : 'cannot be opened';
    throw new PolicyRefused(`${file} ${because}: give a policy, as the console exports it.`, { cause: error });
  }
};

const documentIn = (json: unknown): unknown => {
  if (typeof json !== 'object' || json === null) return json;
  const { version: _, moveWaiting: __, ...rest } = json as Record<string, unknown>;
  return 'document' in rest ? rest.document : rest;
};

const refusal = (file: string, faults: readonly { readonly path: string; readonly message: string }[]): string =>
  [
    `${file} cannot be simulated: correct ${faults.length === 1 ? 'this' : 'these'} and try again.`,
    ...faults.slice(0, mostFaults).map(({ path, message }) => `  ${path}: ${message}`),
    ...(faults.length > mostFaults ? [`  and ${faults.length - mostFaults} more.`] : []),
  ].join('\n');

/** Whom the record knows, and whom the policies of that day name: they were checked when they were published. */
const knownIn = ({ opening, happenings }: Day) => {
  const agents = new Set<AgentId>(opening.agents.map(({ id }) => id));
  const extensions = new Set<Extension>([...opening.phones, ...opening.agents.map(({ extension }) => extension)]);
  const policies = [opening.policy];
  for (const happening of happenings)
    if (happening.is === 'policy') policies.push(happening.policy);
    else if (happening.is === 'people')
      for (const { id, extension } of happening.people.agents) {
        agents.add(id);
        extensions.add(extension);
      }
  for (const policy of policies) {
    for (const { members } of Object.values(policy.queues)) for (const { agent } of members) agents.add(agent);
    for (const agent of Object.keys(policy.agents) as AgentId[]) agents.add(agent);
    for (const [, extension] of JSON.stringify(policy).matchAll(/"extension":"(\d+)"/g))
      extensions.add(extension as Extension);
    for (const [, list = ''] of JSON.stringify(policy).matchAll(/"extensions":\[([^\]]*)\]/g))
      for (const [, extension] of list.matchAll(/"(\d+)"/g)) extensions.add(extension as Extension);
  }
  return { agents, extensions };
};
