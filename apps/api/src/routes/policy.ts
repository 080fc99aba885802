import {
  PolicyDifference,
  PolicyDifferenceQuery,
  PolicyPublication,
  PolicyRepublication,
  PolicyVersion,
  PolicyVersionList,
  toDocument,
} from '@cordboard/contracts';
import { policyDifference } from '@cordboard/core';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, leads, type Route, route } from '../http/route.ts';
import { described, policyOf, publish } from './policy-review.ts';

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
    handle: ({ body, person }, parts) => publish({ ...body, by: person.user.username }, parts),
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
    method: 'get',
    path: '/api/policy/versions/:version/difference',
    summary: 'How a version differs from another, in words; from the one before, unless told otherwise',
    roles: leads,
    params: ByVersion,
    query: PolicyDifferenceQuery,
    answer: PolicyDifference,
    async handle({ params: { version }, query: { from = version - 1 } }, parts) {
      const [before, after] = await Promise.all([policyOf(from, parts), policyOf(version, parts)]);
      return { from, to: version, differences: [...policyDifference(before, after)] };
    },
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
      const document = toDocument(await policyOf(version, parts));
      const note = body?.note ?? `As version ${version}`;
      const moveWaiting = body?.moveWaiting ?? false;
      return publish({ document, note, moveWaiting, by: person.user.username }, parts);
    },
  }),
];
