import {
  CallAnswer,
  CallerMove,
  CallPages,
  CallParty,
  CallQuery,
  LiveCallList,
  ParkingPlace,
  WhyShape,
} from '@cordboard/contracts';
import { type CallFact, type CallId, type CallView, whyOf } from '@cordboard/core';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { everyRole, leads, type Route, route } from '../http/route.ts';
import type { Person } from '../identity/people.ts';
import type { Parts } from '../parts.ts';
import { obeyed } from './obeyed.ts';

const ById = z.strictObject({ id: z.string().min(1).max(200) });

/** Supervisors and administrators see every call; agents those that were theirs. What one may not see does not exist. */
export const callRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/calls',
    summary: 'Records of ended calls, newest first; agents see their own',
    roles: everyRole,
    query: CallQuery,
    answer: CallPages,
    async handle({ query, person: { user } }, { database }) {
      const { limit, after, queue, number } = query;
      const agent = user.role === 'agent' ? (user.agentId ?? '') : query.agent;
      const { records, next } = await database.calls.list({ limit, after, queue, agent, number });
      return { items: [...records], next };
    },
  }),
  route({
    method: 'get',
    path: '/api/calls/live',
    summary: 'Calls that go on now; agents see their own',
    roles: everyRole,
    answer: LiveCallList,
    handle: ({ person: { user } }, { boards }) => ({ items: [...boards.snapshotFor(user).board.calls] }),
  }),
  route({
    method: 'get',
    path: '/api/calls/:id',
    summary: 'One call: as it stands, or its record',
    roles: everyRole,
    params: ById,
    answer: CallAnswer,
    async handle({ params: { id }, person }, { database, feed }) {
      const call = feed.board.call(id as CallId);
      if (call !== undefined && maySee(person, call)) return { is: 'live' as const, call };
      const record = await database.calls.byId(id);
      if (record === undefined || !maySee(person, record)) throw noSuchCall();
      return { is: 'ended' as const, record: { ...record, segments: [...record.segments] } };
    },
  }),
  route({
    method: 'get',
    path: '/api/calls/:id/why',
    summary: 'Why the call went as it went: every decision, in order, with its reason',
    roles: everyRole,
    params: ById,
    answer: WhyShape,
    async handle({ params: { id }, person }, parts) {
      const facts = (await factsOf(id as CallId, parts)) ?? [];
      const why = wasTheirs(person, facts) ? whyOf(facts) : undefined;
      if (why === undefined) throw noSuchCall();
      return why;
    },
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/move',
    summary: 'Give a waiting caller another priority, or another queue',
    roles: leads,
    params: ById,
    body: CallerMove,
    async handle({ params: { id }, body, person: { user } }, { control }) {
      obeyed(await control.ask({ type: 'move-caller', call: id, move: body }, user.username));
    },
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/park',
    summary: 'Park a call: the caller hears music until somebody dials *7 and the place; agents their own only',
    roles: everyRole,
    params: ById,
    answer: ParkingPlace,
    async handle({ params: { id }, person }, { control, feed }) {
      mustBeTheirs(person, feed.board.call(id as CallId));
      const { slot } = obeyed(await control.ask({ type: 'park', call: id }, person.user.username));
      return { slot: slot ?? 0 };
    },
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/conference',
    summary: 'Ring somebody who is to join a conversation: a phone, or a number outside; agents their own calls only',
    roles: everyRole,
    params: ById,
    body: CallParty,
    async handle({ params: { id }, body, person }, { control, feed }) {
      mustBeTheirs(person, feed.board.call(id as CallId));
      if ('number' in body && person.user.role === 'agent')
        throw new Refusal('forbidden', 'Ask a phone of the house to join; for a number outside, ask a supervisor.');
      obeyed(await control.ask({ type: 'add-party', call: id, party: body }, person.user.username));
    },
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/hang-up',
    summary: 'End a call; agents their own only',
    roles: everyRole,
    params: ById,
    async handle({ params: { id }, person }, { control, feed }) {
      mustBeTheirs(person, feed.board.call(id as CallId));
      obeyed(await control.ask({ type: 'hang-up', call: id }, person.user.username));
    },
  }),
];

const noSuchCall = (): Refusal =>
  new Refusal('no-such-call', 'There is no such call, or its record is not yet written. See /api/calls.');

/** What is kept here first: PostgreSQL hears of a call only when it has ended. */
const factsOf = async (id: CallId, { feed, database }: Parts): Promise<readonly CallFact[] | undefined> =>
  feed.factsOf(id) ?? (await database.calls.factsOf(id));

/** @throws Refusal when an agent asks something of a call of another's. */
const mustBeTheirs = (person: Person, call: CallView | undefined): void => {
  if (person.user.role === 'agent' && (call === undefined || !maySee(person, call))) throw noSuchCall();
};

const maySee = ({ user }: Person, { agent }: { readonly agent: CallView['agent'] | string }): boolean =>
  user.role !== 'agent' || (agent !== null && agent === user.agentId);

const wasTheirs = (person: Person, facts: readonly CallFact[]): boolean =>
  person.user.role !== 'agent' ||
  facts.some((fact) => (fact.type === 'CallAnswered' || fact.type === 'AgentOffered') && maySee(person, fact));
