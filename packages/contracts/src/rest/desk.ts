import { noAnswerBetweenMs, usualNoAnswerMs } from '@cordboard/core';
import { z } from 'zod';
import { Slug } from './fields.ts';

const DialledNumber = z.string().regex(/^\+?\d{2,20}$/, 'an extension, or a number with digits and at most a + before');

/** An extension or another number of the house; with a trunk, a number outside. */
const ForwardTarget = z.strictObject({ number: DialledNumber, trunk: Slug.exactOptional() });

/** What is left out is not forwarded. */
export const Forwarding = z
  .strictObject({
    always: ForwardTarget.exactOptional(),
    busy: ForwardTarget.exactOptional(),
    noAnswer: ForwardTarget.extend({
      /** How long the phone rings first. */
      afterMs: z.number().int().min(noAnswerBetweenMs.least).max(noAnswerBetweenMs.most).default(usualNoAnswerMs),
    }).exactOptional(),
  })
  .meta({ id: 'Forwarding' });
export type Forwarding = z.infer<typeof Forwarding>;

/** Whether something of a phone's is on. */
export const DeskSwitch = z.strictObject({ on: z.boolean() }).meta({ id: 'DeskSwitch' });

/** How a phone is set. */
export const Desk = z
  .object({ forwarding: Forwarding, doNotDisturb: z.boolean(), autoAnswer: z.boolean() })
  .meta({ id: 'Desk' });
export type Desk = z.infer<typeof Desk>;
