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
