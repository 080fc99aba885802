import type { Why, WhyHappening, WhyStep } from '@cordboard/core';
import { callClasses, languages, queueExits } from '@cordboard/core';
import { z } from 'zod';
import { id, moment } from './fields.ts';

/** The core's explanation of a call, in a shape that can be described to others. The compiler keeps both alike. */
type Of<Is extends WhyHappening['is']> = Extract<WhyHappening, { is: Is }>;

const offerOutcome = z.enum([
  'accepted',
  'no-answer',
  'refused',
  'unreachable',
  'caller-left',
  'answered-elsewhere',
  'lost',
]);
const queue = id<Of<'queued'>['queue']>();
const agent = id<Of<'offered'>['agent']>();
const extension = id<Of<'offered'>['extension']>();
const party = id<Of<'party-rung'>['party']>();
const node = id<Of<'node-reached'>['node']>();

const levels = z.record(z.string(), z.number()) as unknown as z.ZodType<Of<'queued'>['requires']>;
const exit = z.enum([...queueExits, 'key', 'moved']);
const transferKind = z.enum(['blind', 'attended']);
type Rival = NonNullable<Of<'offered'>['decision']['rivals']>[number];

const step = { n: z.number().int(), at: moment<WhyStep['at']>() };
const rung = {
  rangAfterMs: z.number().nullable(),
  outcome: offerOutcome.nullable(),
  afterMs: z.number().nullable(),
};

const DecisionShape: z.ZodType<Of<'offered'>['decision']> = z
  .object({
    policyVersion: z.number().int(),
    strategy: z.string(),
    rule: z.string(),
    criteria: z.array(z.string()).exactOptional(),
    requires: levels.exactOptional(),
    rivals: z
      .array(
        z.object({
          queue,
          who: z.string() as unknown as z.ZodType<Rival['who']>,
          virtualArrival: moment<WhyStep['at']>(),
          aheadMs: z.number(),
          weighted: z.number(),
        }),
      )
      .exactOptional(),
    untold: z.number().int().exactOptional(),
    candidates: z.array(
      z.object({
        agent,
        name: z.string(),
        chosen: z.boolean(),
        reason: z.string(),
        idleMs: z.number().nullable(),
        score: z.array(z.number()).exactOptional(),
      }),
    ),
  })
  .meta({ id: 'Decision' });

const WhyStepShape: z.ZodType<WhyStep> = z
  .discriminatedUnion('is', [
    z.object({
      ...step,
      is: z.literal('number-dialled'),
      dnis: z.string(),
      ani: z.string(),
      from: z.enum(['trunk', 'phone']),
      source: z.string(),
      language: z.enum(languages),
      policyVersion: z.number().int(),
    }),
    z.object({
      ...step,
      is: z.literal('caller-identified'),
      customer: z.object({ id: z.string(), name: z.string() }).nullable(),
      tookMs: z.number(),
    }),
    z.object({
      ...step,
      is: z.literal('node-reached'),
      flow: id<Of<'node-reached'>['flow']>(),
      node,
      nodeKind: z.string(),
      because: z.string(),
    }),
    z.object({ ...step, is: z.literal('attributes-set'), node, attributes: z.record(z.string(), z.string()) }),
    z.object({
      ...step,
      is: z.literal('http-answered'),
      node,
      ok: z.boolean(),
      because: z.string(),
      tookMs: z.number(),
    }),
    z.object({
      ...step,
      is: z.literal('voicemail-left'),
      box: z.string(),
      recording: z.string(),
      durationMs: z.number(),
    }),
    z.object({ ...step, is: z.literal('survey-answered'), question: z.string(), score: z.number().int() }),
    z.object({
      ...step,
      is: z.literal('callback-requested'),
      queue,
      number: z.string(),
      virtualArrival: moment<WhyStep['at']>(),
    }),
    z.object({
      ...step,
      ...rung,
      is: z.literal('number-rung'),
      number: id<Of<'number-rung'>['number']>(),
      trunk: z.string(),
      because: z.string().nullable(),
    }),
    z.object({
      ...step,
      is: z.literal('forwarded'),
      extension,
      to: z.string(),
      occasion: z.enum(['always', 'busy', 'noAnswer']),
    }),
    z.object({ ...step, is: z.literal('picked-up'), extension, by: extension, agent: agent.nullable() }),
    z.object({ ...step, is: z.literal('parked'), slot: z.number().int(), by: extension }),
    z.object({
      ...step,
      is: z.literal('parking-ended'),
      slot: z.number().int(),
      outcome: z.enum(['fetched', 'too-long', 'caller-left']),
    }),
    z.object({ ...step, is: z.literal('party-rung'), party }),
    z.object({ ...step, is: z.literal('party-joined'), party }),
    z.object({ ...step, is: z.literal('party-left'), party }),
    z.object({ ...step, is: z.literal('confirmation-asked'), agent, number: id<Of<'confirmation-asked'>['number']>() }),
    z.object({ ...step, is: z.literal('held'), by: z.enum(['caller', 'agent']) }),
    z.object({ ...step, is: z.literal('resumed'), by: z.enum(['caller', 'agent']) }),
    z.object({
      ...step,
      is: z.literal('transfer-requested'),
      kind: transferKind,
      by: agent.nullable(),
      from: id<Of<'transfer-requested'>['from']>(),
      to: z.union([z.object({ extension }), z.object({ queue }), z.object({ number: z.string() })]),
    }),
    z.object({
      ...step,
      ...rung,
      is: z.literal('consultation-rung'),
      extension: id<Of<'consultation-rung'>['extension']>(),
      agent: agent.nullable(),
    }),
    z.object({
      ...step,
      is: z.literal('transfer-completed'),
      kind: transferKind,
      by: agent.nullable(),
      agent: agent.nullable(),
      extension: id<Of<'transfer-completed'>['extension']>(),
    }),
    z.object({
      ...step,
      is: z.literal('transfer-cancelled'),
      kind: transferKind,
      because: z.enum([
        'asked',
        'returned',
        'caller-left',
        'target-left',
        'no-answer',
        'refused',
        'unreachable',
        'lost',
      ]),
    }),
    z.object({ ...step, is: z.literal('merged'), into: id<Of<'merged'>['into']>() }),
    z.object({
      ...step,
      is: z.literal('outbound-routed'),
      number: id<Of<'outbound-routed'>['number']>(),
      class: z.enum([...callClasses, 'emergency']),
      route: z.string(),
      callerId: z.string(),
      because: z.string(),
    }),
    z.object({ ...step, is: z.literal('taken-alone'), extensions: z.array(extension) }),
    z.object({
      ...step,
      is: z.literal('turned-away'),
      treatment: z.enum(['busy', 'message', 'overflow']),
      because: z.string(),
    }),
    z.object({
      ...step,
      is: z.literal('outbound-refused'),
      because: z.enum(['not-a-number', 'not-permitted', 'no-route']),
    }),
    z.object({ ...step, is: z.literal('trunk-passed'), trunk: z.string(), because: z.string() }),
    z.object({ ...step, is: z.literal('conversation-ended'), agent: agent.nullable(), talkedMs: z.number() }),
    z.object({ ...step, is: z.literal('language-chosen'), language: z.enum(languages) }),
    z.object({ ...step, is: z.literal('key-pressed'), node, accepted: z.boolean() }),
    z.object({
      ...step,
      is: z.literal('queued'),
      queue,
      priority: z.number(),
      virtualArrival: moment<WhyStep['at']>(),
      position: z.number(),
      requires: levels,
      only: agent.nullable(),
      because: z.string().nullable(),
    }),
    z.object({ ...step, is: z.literal('policy-moved'), policyVersion: z.number().int() }),
    z.object({ ...step, is: z.literal('queue-refused'), queue, exit, because: z.string() }),
    z.object({
      ...step,
      is: z.literal('place-changed'),
      queue,
      priority: z.number(),
      virtualArrival: moment<WhyStep['at']>(),
      position: z.number(),
      because: z.string(),
    }),
    z.object({ ...step, is: z.literal('requirements-relaxed'), queue, requires: levels, step: z.number().int() }),
    z.object({ ...step, is: z.literal('owner-passed'), queue, agent }),
    z.object({
      ...step,
      is: z.literal('customer-rung'),
      number: z.string(),
      trunk: z.string(),
      because: z.string().nullable(),
    }),
    z.object({
      ...step,
      is: z.literal('callback-missed'),
      ticket: id<Of<'callback-missed'>['ticket']>(),
      because: z.enum(['no-agent', 'no-answer', 'no-line-out', 'lost', 'withdrawn']),
    }),
    z.object({ ...step, is: z.literal('callback-reclaimed'), ticket: id<Of<'callback-reclaimed'>['ticket']>() }),
    z.object({
      ...step,
      is: z.literal('position-announced'),
      position: z.number(),
      waitMinutes: z.number().nullable(),
    }),
    z.object({
      ...step,
      ...rung,
      is: z.literal('offered'),
      queue,
      agent,
      extension,
      attempt: z.number().int(),
      waitedMs: z.number(),
      decision: DecisionShape,
      winners: z.array(agent),
    }),
    z.object({ ...step, ...rung, is: z.literal('extension-rung'), extension, agent: agent.nullable() }),
    z.object({
      ...step,
      is: z.literal('queue-left'),
      queue,
      outcome: z.enum(['answered', 'abandoned', 'overflowed', 'called-back', 'not-reached', 'lost']),
      exit: exit.nullable(),
      waitedMs: z.number(),
    }),
    z.object({
      ...step,
      is: z.literal('answered'),
      agent: agent.nullable(),
      extension: id<Of<'answered'>['extension']>(),
      queue: queue.nullable(),
      waitedMs: z.number(),
    }),
    z.object({
      ...step,
      is: z.literal('ended'),
      disposition: z.enum([
        'answered',
        'abandoned',
        'overflowed',
        'rejected',
        'completed-in-flow',
        'lost',
        'not-reached',
      ]),
      endedBy: z.enum(['caller', 'agent', 'system']),
      talkedMs: z.number(),
    }),
  ])
  .meta({ id: 'WhyStep' });

export const WhyShape: z.ZodType<Why> = z
  .object({ call: id<Why['call']>(), ended: z.boolean(), complete: z.boolean(), steps: z.array(WhyStepShape) })
  .meta({ id: 'Why' });
