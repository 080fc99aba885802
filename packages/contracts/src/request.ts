import { z } from 'zod';
import { LanguageName } from './rest/fields.ts';
import { AgentStateRequest, CallerMove, CallParty, MemberPlacement, TransferBeginning } from './rest.ts';

/** What a person asks of call control, carried from the API to the process that holds the calls. */
export const ControlRequest = z.object({
  id: z.string(),
  /** Milliseconds; a request older than `controlRequestTimeoutMs` is not obeyed any more. */
  at: z.number(),
  by: z.string(),
  replyTo: z.string(),
  ask: z.discriminatedUnion('type', [
    z.object({ type: z.literal('agent-state'), agent: z.string(), request: AgentStateRequest }),
    z.object({ type: z.literal('hang-up'), call: z.string() }),
    z.object({ type: z.literal('park'), call: z.string() }),
    z.object({ type: z.literal('add-party'), call: z.string(), party: CallParty }),
    z.object({ type: z.literal('withdraw-callback'), callback: z.string() }),
    z.object({ type: z.literal('hold'), call: z.string(), on: z.boolean() }),
    z.object({
      type: z.literal('transfer'),
      call: z.string(),
      /** Who asks, when it is one of the agents. */
      agent: z.string().nullable(),
      request: z.discriminatedUnion('is', [
        z.object({ is: z.literal('begin'), ...TransferBeginning.shape }),
        z.object({ is: z.literal('complete') }),
        z.object({ is: z.literal('cancel') }),
      ]),
    }),
    z.object({
      type: z.literal('place-call'),
      /** The request's own id, so that asking twice places one call. */
      request: z.string().regex(/^[0-9a-f-]{1,64}$/),
      extension: z.string(),
      number: z.string(),
      language: LanguageName.optional(),
    }),
    z.object({ type: z.literal('turn-switch'), switch: z.string(), on: z.boolean() }),
    z.object({ type: z.literal('move-caller'), call: z.string(), move: CallerMove }),
    z.object({
      type: z.literal('place-member'),
      queue: z.string(),
      agent: z.string(),
      placement: MemberPlacement,
    }),
  ]),
});
export type ControlRequest = z.infer<typeof ControlRequest>;

export const ControlReply = z.object({
  id: z.string(),
  result: z.discriminatedUnion('ok', [
    /** `slot`: where a call was parked. */
    z.object({ ok: z.literal(true), slot: z.number().int().exactOptional() }),
    z.object({ ok: z.literal(false), code: z.string(), detail: z.string() }),
  ]),
});
export type ControlReply = z.infer<typeof ControlReply>;

export const controlRequestTimeoutMs = 2000;
