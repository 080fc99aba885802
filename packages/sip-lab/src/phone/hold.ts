import { CommandRefused } from '../baresip/control.ts';
import type { CallContext } from './call-context.ts';
import { callReaches, isOver, type PhoneCall } from './phone-call.ts';

/** How a call is held and resumed. */
export type Holding = Pick<PhoneCall, 'hold' | 'resume'>;

/**
 * Hold for one call. Every step is over before the next begins: a call that is held begins its media anew twice, when
 * it asks and when it is answered, and one that is resumed takes the loudspeaker from whoever has it.
 * @param onThisCall gives a command that acts on this call
 */
export const holdingOf = (
  context: CallContext,
  id: string,
  onThisCall: (name: string, parameters?: string) => Promise<void>,
): Holding => {
  const { history, held } = context;
  const answered = async (ask: () => Promise<void>, what: string): Promise<void> => {
    const since = Date.now();
    await ask();
    await history.first(({ callId, type }) => callId === id && (type === 'answered' || type === 'ended'), {
      withinMs: answerWithinMs,
      since,
      what,
    });
    context.heard.mediaMayHaveBegun(id);
  };
  const ask = async (command: string): Promise<void> => {
    try {
      await onThisCall(command, id);
    } catch (error) {
      // It resumes, and yet complains when there is no other call to hold (uag_hold_resume, baresip 1.1 src/ua.c).
      if (!(error instanceof CommandRefused && error.message.endsWith('Invalid argument'))) throw error;
    }
  };
  return {
    async hold() {
      if (held.has(id)) return;
      held.add(id);
      await answered(() => ask('hold'), 'nobody agreed to hold');
    },
    async resume() {
      // baresip would hold the others in the same moment, and two loudspeakers would begin in one file.
      for (const other of context.calls())
        if (other.id !== id && isTalking(context, other.id)) await holdUnlessOver(context, other);
      held.delete(id);
      await answered(() => ask('resume'), 'nobody agreed to go on');
    },
  };
};

/** The other side may hang up in the same moment: then there is nobody to hold. */
const holdUnlessOver = async ({ history }: CallContext, { id, hold }: PhoneCall): Promise<void> => {
  try {
    await hold();
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    await callReaches(history, id, 'ended', { withinMs: answerWithinMs });
  }
};

const isTalking = ({ history, held }: CallContext, id: string): boolean =>
  history.all.some(({ callId, type }) => callId === id && type === 'established') &&
  !isOver(history, id) &&
  !held.has(id);

/** RFC 3261's timer B is 32 s; nobody on one machine takes so long. */
const answerWithinMs = 5_000;
