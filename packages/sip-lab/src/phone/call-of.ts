import { CommandRefused } from '../baresip/control.ts';
import type { CallContext } from './call-context.ts';
import { findDialog, replacing } from './dialog.ts';
import { holdingOf } from './hold.ts';
import { callReaches, isOver, type PhoneCall } from './phone-call.ts';

/** A call under command, by its Call-ID. */
export const callOf = (context: CallContext, start: Pick<PhoneCall, 'id' | 'direction' | 'at'>): PhoneCall => {
  const { id } = start;
  const { baresip, history } = context;
  let muted = false;

  /** Commands without a call-id of their own act on the selected call. The pair leaves in one go, so none comes between. */
  const onThisCall = async (name: string, parameters?: string): Promise<void> => {
    await Promise.all([baresip.command('callfind', id), baresip.command(name, parameters)]);
  };
  const hangUp = async (): Promise<void> => {
    try {
      await baresip.command('hangup', id);
    } catch (error) {
      // Both sides may hang up at once: a call that is over has been hung up.
      if (!(error instanceof CommandRefused && isOver(history, id))) throw error;
    }
  };
  const setMuted = async (wanted: boolean): Promise<void> => {
    if (muted === wanted) return;
    muted = wanted;
    await onThisCall('mute');
  };

  return {
    ...start,
    ringing: (patience) => callReaches(history, id, 'ringing', patience),
    established: (patience) => callReaches(history, id, 'established', patience),
    ended: (patience) => callReaches(history, id, 'ended', patience),
    answer: async () => {
      await baresip.command('accept', id);
    },
    decline: hangUp,
    hangUp,
    sendDigits: (digits) => onThisCall('sndcode', digits),
    ...holdingOf(context, id, onThisCall),
    mute: () => setMuted(true),
    unmute: () => setMuted(false),
    transfer: (target) => onThisCall('transfer', context.uriOf(target)),
    async transferTo(consultation) {
      const dialog = findDialog(context.messages(), consultation.id, consultation.direction);
      if (dialog === undefined) throw new TypeError('the consultation call is not established');
      await onThisCall('transfer', replacing(context.uriOf('consultation'), dialog));
    },
    digits: () =>
      history.all
        .filter((event) => event.type === 'digit-received' && event.callId === id)
        .map((event) => event.detail ?? '')
        .join(''),
    heard: () => context.heard.heard(id),
  };
};
