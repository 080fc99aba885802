import {
  PolicyCandidate,
  PolicyDocument,
  PolicyDraftEntry,
  PolicyDraftInput,
  PolicyRepublication,
  PolicyReview,
  PolicyVersion,
  toPolicy,
} from '@cordboard/contracts';
import { policyDifference } from '@cordboard/core';
import { Refusal } from '../http/refusal.ts';
import { administrators, leads, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';
import { faultsOf, publish } from './policy-review.ts';

/** The policy that is being worked on, before any call goes by it. */
export const policyDraftRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/policy/check',
    summary: 'What is wrong with a policy, and how it differs from the one that new calls go by',
    roles: leads,
    body: PolicyCandidate,
    answer: PolicyReview,
    handle: async ({ body: { document } }, parts) => review(document, parts),
  }),
  route({
    method: 'get',
    path: '/api/policy/draft',
    summary: 'The policy that is being worked on',
    roles: leads,
    answer: PolicyDraftEntry,
    handle: (_, parts) => draftOf(parts),
  }),
  route({
    method: 'put',
    path: '/api/policy/draft',
    summary: 'Keep a policy that is being worked on; it may have faults',
    roles: administrators,
    body: PolicyDraftInput,
    answer: PolicyDraftEntry,
    handle: ({ body: { document, basedOn, note }, person }, { database }) =>
      database.draft.save({ document, basedOn, note, by: person.user.username }),
  }),
  route({
    method: 'delete',
    path: '/api/policy/draft',
    summary: 'Give up the policy that is being worked on',
    roles: administrators,
    handle: (_, { database }) => database.draft.discard(),
  }),
  route({
    method: 'get',
    path: '/api/policy/draft/review',
    summary: 'What is wrong with the draft, and how it differs from the policy that new calls go by',
    roles: leads,
    answer: PolicyReview,
    handle: async (_, parts) => review((await draftOf(parts)).document, parts),
  }),
  route({
    method: 'post',
    path: '/api/policy/draft/publish',
    summary: 'Publish the draft, unless somebody has published since it was begun',
    roles: administrators,
    body: PolicyRepublication.optional(),
    answer: PolicyVersion,
    status: 201,
    async handle({ body, person }, parts) {
      const { draft, policies } = parts.database;
      const { document, basedOn, note } = await draftOf(parts);
      const [newest] = await policies.versions();
      if (newest !== undefined && newest.version !== basedOn)
        throw new Refusal(
          'policy-moved-on',
          `The draft was made from version ${basedOn}, and ${newest.publishedBy} has published version ${newest.version} since: look at the difference, and keep the draft with basedOn ${newest.version}.`,
        );
      const moveWaiting = body?.moveWaiting ?? false;
      const published = await publish(
        { document: PolicyDocument.parse(document), note: body?.note ?? note, moveWaiting, by: person.user.username },
        parts,
      );
      await draft.discard();
      return published;
    },
  }),
];

const draftOf = async ({ database }: Parts): Promise<PolicyDraftEntry> => {
  const draft = await database.draft.read();
  if (draft === undefined) throw new Refusal('not-found', 'There is no draft: PUT one to /api/policy/draft.');
  return draft;
};

const review = async (document: PolicyDraftEntry['document'], parts: Parts): Promise<PolicyReview> => {
  const whole = PolicyDocument.parse(document);
  const [faults, current] = await Promise.all([faultsOf(whole, parts), parts.database.policies.current()]);
  return {
    faults: faults.map(({ path, message }) => ({ path: `document.${path}`, message })),
    differences: current === undefined ? [] : [...policyDifference(current, toPolicy(whole, 0))],
  };
};
