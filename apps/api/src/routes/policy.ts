import {
  PolicyPublication,
  PolicyRepublication,
  PolicyVersion,
  type PolicyVersionEntry,
  PolicyVersionList,
  toPolicy,
  type WholePolicyDocument,
} from '@cordboard/contracts';
import { checkPolicy, type Policy } from '@cordboard/core';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, leads, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';

const ByVersion = z.strictObject({ version: z.coerce.number().int().min(1).max(2_147_483_647) });

export const policyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/policy',
    summary: 'The policy that new calls go by',
    roles: leads,
    answer: PolicyVersion,
    async handle(_, parts) {
      const policy = await parts.database.policies.current();
      if (policy === undefined) throw new Refusal('not-found', 'No policy is published yet: POST one to /api/policy.');
      return described(policy, parts);
    },
  }),
  route({
    method: 'post',
    path: '/api/policy',
    summary: 'Check a policy and publish it; every fault is listed with its path',
    roles: administrators,
    body: PolicyPublication,
    answer: PolicyVersion,
    status: 201,
    handle: ({ body: { document, note }, person }, parts) => publish(document, note, person.user.username, parts),
  }),
  route({
    method: 'get',
    path: '/api/policy/versions',
    summary: 'All versions, newest first',
    roles: leads,
    answer: PolicyVersionList,
    handle: async (_, { database }) => ({ items: [...(await database.policies.versions())] }),
  }),
  route({
    method: 'get',
    path: '/api/policy/versions/:version',
    summary: 'One version',
    roles: leads,
    params: ByVersion,
    answer: PolicyVersion,
    handle: async ({ params }, parts) => described(await policyOf(params.version, parts), parts),
  }),
  route({
    method: 'post',
    path: '/api/policy/versions/:version/publish',
    summary: 'Roll back: publish an old version anew',
    roles: administrators,
    params: ByVersion,
    body: PolicyRepublication.optional(),
    answer: PolicyVersion,
    status: 201,
    async handle({ params: { version }, body, person }, parts) {
      const policy = await policyOf(version, parts);
      return publish(documentOf(policy), body?.note ?? `As version ${version}`, person.user.username, parts);
    },
  }),
];

/** @throws Refusal with every fault, when the parts do not fit together, or people and phones that it names are no more. */
const publish = async (
  document: WholePolicyDocument,
  note: string,
  by: string,
  parts: Parts,
): Promise<PolicyVersion> => {
  const { agents, phones, policies } = parts.database;
  const [people, desks] = await Promise.all([agents.list(), phones.list()]);
  const faults = checkPolicy(toPolicy(document, 0), {
    agents: new Set(people.map(({ id }) => id)),
    extensions: new Set(desks.map(({ extension }) => extension)),
  });
  if (faults.length > 0)
    throw new Refusal('policy-has-faults', 'Mend what is listed, then publish again.', {
      errors: faults.map(({ path, message }) => ({ path: `document.${path}`, message })),
    });
  return described(await policies.publish(document, by, note), parts);
};

const policyOf = async (version: number, { database }: Parts): Promise<Policy> => {
  const policy = await database.policies.byVersion(version);
  if (policy === undefined) throw new Refusal('not-found', 'There is no such version. See /api/policy/versions.');
  return policy;
};

/** With who published it, when, and why. */
const described = async (policy: Policy, { database }: Parts): Promise<PolicyVersion> => {
  const entries: readonly PolicyVersionEntry[] = await database.policies.versions();
  const entry = entries.find(({ version }) => version === policy.version);
  if (entry === undefined) throw new Refusal('not-found', 'There is no such version. See /api/policy/versions.');
  return { ...entry, document: documentOf(policy) };
};

const documentOf = ({ version: _, ...document }: Policy): WholePolicyDocument =>
  document as unknown as WholePolicyDocument;
