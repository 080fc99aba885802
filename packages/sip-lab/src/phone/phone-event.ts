import type { BaresipEvent } from '../baresip/control.ts';

/** What can happen to a phone, in the order in which a call meets it. */
export type PhoneEventType =
  | 'registered'
  | 'registration-failed'
  | 'unregistered'
  | 'incoming'
  | 'ringing'
  | 'early-media'
  | 'answered'
  | 'established'
  | 'media-received'
  | 'changed-by-peer'
  | 'digit-received'
  | 'transfer-asked'
  | 'transfer-failed'
  | 'ended'
  /** baresip itself has ended, unasked. */
  | 'died';

/** Something that happened to a phone. */
export interface PhoneEvent {
  readonly type: PhoneEventType;
  /** When it was told to us, ms since the epoch: a millisecond or so after it happened. */
  readonly at: number;
  /** The SIP Call-ID, for what happens to a call. */
  readonly callId?: string;
  /** The digit, the reason, the target: whatever belongs to the type. */
  readonly detail?: string;
}

/** baresip's names for what we listen to (uag_event_str, baresip 1.1 src/event.c). */
const types: Readonly<Record<string, PhoneEventType>> = {
  REGISTER_OK: 'registered',
  REGISTER_FAIL: 'registration-failed',
  UNREGISTERING: 'unregistered',
  CALL_INCOMING: 'incoming',
  CALL_RINGING: 'ringing',
  CALL_PROGRESS: 'early-media',
  CALL_ANSWERED: 'answered',
  CALL_ESTABLISHED: 'established',
  CALL_RTPESTAB: 'media-received',
  CALL_REMOTE_SDP: 'changed-by-peer',
  CALL_DTMF_START: 'digit-received',
  TRANSFER: 'transfer-asked',
  TRANSFER_FAILED: 'transfer-failed',
  CALL_CLOSED: 'ended',
};

/** In our words; undefined for what we do not listen to. */
export const toPhoneEvent = (event: BaresipEvent, at: number): PhoneEvent | undefined => {
  const type = types[event.type];
  if (type === undefined) return undefined;
  return {
    type,
    at,
    ...(event.id === undefined ? {} : { callId: event.id }),
    ...(event.param === undefined ? {} : { detail: event.param }),
  };
};
