import { randomUUID } from 'node:crypto';
import {
  CallAnswer,
  CallerMove,
  CallPages,
  CallParty,
  CallPlaced,
  CallQuery,
  CallRequest,
  type ControlRequest,
  LiveCallList,
  ParkingPlace,
  TransferBeginning,
  WhyShape,
} from '@cordboard/contracts';
import { type CallFact, type CallId, type CallView, placedOf, whyOf } from '@cordboard/core';
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
    method: 'post',
    path: '/api/calls',
    summary: "Call a number: the agent's phone rings first; agents call for themselves only",
    roles: everyRole,
    body: CallRequest,
    answer: CallPlaced,
    status: 202,
    async handle({ body, person }, parts) {
      const extension = await phoneFor(body, person, parts);
      const request = randomUUID();
      const { number, language } = body;
      const ask = {
        type: 'place-call',
        request,
        extension,
        number,
        ...(language === undefined ? {} : { language }),
      } as const;
      obeyed(await parts.control.ask(ask, person.user.username));
      return { call: placedOf(request) };
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
      theirs(person, id, feed);
      obeyed(await control.ask({ type: 'hang-up', call: id }, person.user.username));
    },
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/transfer',
    summary: 'Give a call to a phone, a queue or a number: at once, or after a word with them; agents their own only',
    roles: everyRole,
    params: ById,
    body: TransferBeginning,
    handle: ({ params: { id }, body, person }, parts) => transfer(id, { is: 'begin', ...body }, person, parts),
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/transfer/complete',
    summary: 'Whoever is being consulted takes the call',
    roles: everyRole,
    params: ById,
    handle: ({ params: { id }, person }, parts) => transfer(id, { is: 'complete' }, person, parts),
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/transfer/cancel',
    summary: 'Back to the caller: whoever is being consulted is let go',
    roles: everyRole,
    params: ById,
    handle: ({ params: { id }, person }, parts) => transfer(id, { is: 'cancel' }, person, parts),
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/hold',
    summary: 'Let the caller wait with music; agents their own only',
    roles: everyRole,
    params: ById,
    handle: ({ params: { id }, person }, parts) => hold(id, true, person, parts),
  }),
  route({
    method: 'post',
    path: '/api/calls/:id/resume',
    summary: 'Talk on with a caller who was held; agents their own only',
    roles: everyRole,
    params: ById,
    handle: ({ params: { id }, person }, parts) => hold(id, false, person, parts),
  }),
];

type Transfer = Extract<ControlRequest['ask'], { type: 'transfer' }>['request'];

const transfer = async (id: string, request: Transfer, person: Person, { control, feed }: Parts): Promise<void> => {
  theirs(person, id, feed);
  const { agentId, username } = person.user;
  obeyed(await control.ask({ type: 'transfer', call: id, request, agent: agentId }, username));
};

const hold = async (id: string, on: boolean, person: Person, { control, feed }: Parts): Promise<void> => {
  theirs(person, id, feed);
  obeyed(await control.ask({ type: 'hold', call: id, on }, person.user.username));
};

/** @throws Refusal when an agent means a call that is not theirs. */
const theirs = (person: Person, id: string, feed: Parts['feed']): void => {
  const call = feed.board.call(id as CallId);
  if (person.user.role === 'agent' && (call === undefined || !maySee(person, call))) throw noSuchCall();
};

/** The phone to ring first: the one named, or the agent's. */
const phoneFor = async (asked: CallRequest, { user }: Person, { database }: Parts): Promise<string> => {
  const own = user.agentId ?? undefined;
  const id = asked.agent ?? (asked.extension === undefined ? own : undefined);
  if (user.role === 'agent' && (id === undefined || id !== own))
    throw new Refusal('forbidden', 'Call from your own phone only; for others, ask a supervisor.');
  if (asked.extension !== undefined) return asked.extension;
  if (id === undefined) throw new Refusal('invalid', 'Say from whose phone to call: name an agent or an extension.');
  const agent = await database.agents.byId(id);
  if (agent === undefined) throw new Refusal('no-such-agent', 'There is no such agent. See /api/agents.');
  return agent.extension;
};

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
