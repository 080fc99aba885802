import type {
  AdmissionLimit,
  AgentView,
  Board,
  CallView,
  Customer,
  Healing,
  QueueSnapshot,
  StateCounts,
} from '@cordboard/core';
import { languages } from '@cordboard/core';
import { z } from 'zod';
import type { BoardSnapshot } from '../socket.ts';
import { id, moment } from './fields.ts';
import { TrunkStateShape } from './trunks.ts';

/** What the core shows the world, in a shape that can be described to others. The compiler keeps both alike. */
export const CustomerShape: z.ZodType<Customer> = z
  .object({
    id: z.string(),
    name: z.string(),
    company: z.string().exactOptional(),
    segment: z.string().exactOptional(),
    notes: z.string().exactOptional(),
    owner: id<AgentView['id']>().exactOptional(),
    openCase: z.string().exactOptional(),
  })
  .meta({ id: 'Customer' });

export const AgentStateShape = z.enum(['signed-out', 'ready', 'offered', 'talking', 'wrap-up', 'paused']);

export const AgentViewShape: z.ZodType<AgentView> = z
  .object({
    id: id<AgentView['id']>(),
    name: z.string(),
    extension: id<AgentView['extension']>(),
    site: z.string().exactOptional(),
    state: AgentStateShape,
    reason: z.string().nullable(),
    since: moment<AgentView['since']>(),
    until: moment<AgentView['since']>().nullable(),
    call: id<CallView['id']>().nullable(),
    queue: id<QueueSnapshot['id']>().nullable(),
    reachable: z.boolean(),
    codeWanted: z
      .object({
        call: id<CallView['id']>(),
        queue: id<QueueSnapshot['id']>(),
        codes: z.array(z.string()),
        required: z.boolean(),
      })
      .exactOptional(),
  })
  .meta({ id: 'AgentView' });

export const CallViewShape: z.ZodType<CallView> = z
  .object({
    id: id<CallView['id']>(),
    from: z.enum(['trunk', 'phone']),
    direction: z.enum(['in', 'out', 'internal']),
    source: z.string(),
    ani: z.string(),
    aniName: z.string(),
    dnis: z.string(),
    language: z.enum(languages),
    customer: CustomerShape.nullable(),
    place: z.enum(['menu', 'waiting', 'ringing', 'talking', 'ended']),
    since: moment<CallView['since']>(),
    arrivedAt: moment<CallView['since']>(),
    queue: id<QueueSnapshot['id']>().nullable(),
    queuedAt: moment<CallView['since']>().nullable(),
    agent: id<AgentView['id']>().nullable(),
    extension: id<NonNullable<CallView['extension']>>().nullable(),
    answeredAt: moment<CallView['since']>().nullable(),
    onHold: z.boolean(),
    heldSince: moment<CallView['since']>().nullable(),
    consulting: id<NonNullable<CallView['consulting']>>().nullable(),
    consultAnswered: z.boolean(),
    third: z.object({ party: id<NonNullable<CallView['third']>['party']>(), joined: z.boolean() }).nullable(),
    policyVersion: z.number().int(),
    attributes: z.record(z.string(), z.string()),
  })
  .meta({ id: 'CallView' });

const count = z.number().int().min(0);

export const StateCountsShape: z.ZodType<StateCounts> = z
  .object({ ready: count, offered: count, talking: count, wrapUp: count, paused: count, signedOut: count })
  .meta({ id: 'StateCounts' });

export const QueueSnapshotShape: z.ZodType<QueueSnapshot> = z
  .object({
    id: id<QueueSnapshot['id']>(),
    name: z.string(),
    target: z.object({ answerWithinMs: z.number(), goal: z.number() }),
    waiting: count,
    longest: z.object({ call: id<CallView['id']>(), since: moment<CallView['since']>() }).nullable(),
    members: StateCountsShape,
    today: z.object({
      date: z.string(),
      offered: count,
      answered: count,
      answeredWithin: count,
      abandoned: count,
      shortAbandoned: count,
      overflowed: count,
      turnedAway: count,
      callbacks: count,
      calledBack: count,
      serviceLevel: z.number().nullable(),
      serviceLevels: z.object({
        general: z.number().nullable(),
        ofAnswered: z.number().nullable(),
        withAbandoned: z.number().nullable(),
      }),
      abandonRate: z.number().nullable(),
      asaMs: z.number().nullable(),
    }),
  })
  .meta({ id: 'QueueSnapshot' });

const HealingShape: z.ZodType<Healing> = z
  .object({
    at: moment<Healing['at']>(),
    afterOutage: z.boolean(),
    count,
    last: z.object({
      is: z.enum(['event-missed', 'request-lost', 'left-over', 'caller-unknown']),
      call: id<Healing['last']['call']>(),
      what: z.string(),
    }),
  })
  .meta({ id: 'Healing' });

const AdmissionLimitShape: z.ZodType<AdmissionLimit> = z
  .object({ since: moment<AdmissionLimit['since']>(), because: z.string(), turnedAway: count })
  .meta({ id: 'AdmissionLimit' });

const BoardShape: z.ZodType<Board> = z
  .object({
    queues: z.array(QueueSnapshotShape),
    agents: z.array(AgentViewShape),
    calls: z.array(CallViewShape),
    trunks: z.array(TrunkStateShape),
    healings: z.array(HealingShape),
    admission: AdmissionLimitShape.nullable(),
    policyVersion: z.number().int(),
  })
  .meta({ id: 'Board' });

export const BoardSnapshotShape: z.ZodType<BoardSnapshot> = z
  .object({ epoch: z.string(), seq: z.number().int(), at: z.number(), board: BoardShape })
  .meta({ id: 'BoardSnapshot' });
