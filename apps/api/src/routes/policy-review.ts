import {
  type PolicyVersion,
  type PolicyVersionEntry,
  toDocument,
  toPolicy,
  type WholePolicyDocument,
} from '@cordboard/contracts';
import { checkPolicy, type Policy, type PolicyFault } from '@cordboard/core';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';

/** What is published, by whom, and why. */
export interface Publication {
  readonly document: WholePolicyDocument;
  readonly note: string;
  readonly by: string;
  readonly moveWaiting: boolean;
}

/** Whether the parts fit together, and whether the people, phones and trunks that it names are there. */
export const faultsOf = async (document: WholePolicyDocument, parts: Parts): Promise<readonly PolicyFault[]> => {
  const { agents, phones, trunks } = parts.database;
  const [people, desks, carriers] = await Promise.all([agents.list(), phones.list(), trunks.list()]);
  return checkPolicy(toPolicy(document, 0), {
    agents: new Set(people.map(({ id }) => id)),
    extensions: new Set(desks.map(({ extension }) => extension)),
    trunks: new Set(carriers.map(({ id }) => id)),
  });
};

/** @throws Refusal with every fault. */
export const publish = async (
  { document, note, by, moveWaiting }: Publication,
  parts: Parts,
): Promise<PolicyVersion> => {
  const faults = await faultsOf(document, parts);
  if (faults.length > 0)
    throw new Refusal('policy-has-faults', 'Mend what is listed, then publish again.', {
      errors: faults.map(({ path, message }) => ({ path: `document.${path}`, message })),
    });
  return described(await parts.database.policies.publish(document, by, note, { moveWaiting }), parts);
};

/** @throws Refusal when there is no such version. */
export const policyOf = async (version: number, { database }: Parts): Promise<Policy> => {
  const policy = await database.policies.byVersion(version);
  if (policy === undefined) throw noSuchVersion();
  return policy;
};

/** With who published it, when, and why. */
export const described = async (policy: Policy, { database }: Parts): Promise<PolicyVersion> => {
  const entries: readonly PolicyVersionEntry[] = await database.policies.versions();
  const entry = entries.find(({ version }) => version === policy.version);
  if (entry === undefined) throw noSuchVersion();
  return { ...entry, document: toDocument(policy) };
};

const noSuchVersion = (): Refusal => new Refusal('not-found', 'There is no such version. See /api/policy/versions.');
