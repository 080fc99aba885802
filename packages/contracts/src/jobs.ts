import { languages } from '@cordboard/core';
import { z } from 'zod';
import { Desk } from './rest/desk.ts';

/** What must happen, not what must happen now. At least once, in any order: the id makes a second delivery harmless. */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** BullMQ refuses `:` in ids. */
  readonly id: (payload: Payload) => string;
}

const job = <Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  id: (payload: Payload) => string,
): JobDefinition<Payload> => ({ name, payload, id });

/** Keep how a phone was set at the phone itself. Of two, the one dialled last holds, in whatever order they are kept. */
export const saveDesk = job(
  'save-desk',
  z.object({ extension: z.string(), at: z.number(), desk: Desk }),
  ({ extension, at }) => `desk-${extension}-${at}`,
);

/** Add to the record of a call what its conversation was about; tried again while the record is not written. */
export const noteWrapUpCode = job(
  'note-wrap-up-code',
  z.object({ call: z.string(), code: z.string(), at: z.number() }),
  ({ call, at }) => `wrap-up-code-${call}-${at}`,
);

/** Write the record of an ended call and its segments; made by the worker from the facts. */
export const recordCall = job(
  'record-call',
  z.object({ call: z.string(), facts: z.array(z.unknown()) }),
  ({ call }) => `record-${call}`,
);

/** Take a caller's message from Asterisk into our own keeping; made by the worker from the facts. */
export const keepVoicemail = job(
  'keep-voicemail',
  z.object({
    recording: z.string(),
    box: z.string(),
    call: z.string(),
    caller: z.string(),
    callerName: z.string(),
    language: z.enum(languages),
    leftAt: z.number(),
    durationMs: z.number(),
  }),
  ({ recording }) => `keep-${recording}`,
);

/** Delete the sound of a message that has been deleted: our file, and Asterisk's. */
export const eraseVoicemail = job(
  'erase-voicemail',
  z.object({ recording: z.string() }),
  ({ recording }) => `erase-${recording}`,
);

/** Send a message to the address of its box. */
export const mailVoicemail = job(
  'mail-voicemail',
  z.object({ recording: z.string() }),
  ({ recording }) => `mail-${recording}`,
);
