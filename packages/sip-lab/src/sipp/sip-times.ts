import { header, parseAddress } from '../sip/message.ts';
import type { SippMessage } from './message-log.ts';

/** When what happened in one call, as one side saw it: ms since the epoch, the first time each. */
export interface SipTimes {
  readonly callId: string;
  /** The user parts of the INVITE's From and To. */
  readonly fromNumber: string;
  readonly toNumber: string;
  /** Which way the INVITE went. */
  readonly direction: 'sent' | 'received';
  readonly inviteAt: number;
  /** 180 or 183. */
  readonly ringingAt?: number;
  /** 200 to the INVITE. */
  readonly answeredAt?: number;
  readonly cancelAt?: number;
  readonly byeAt?: number;
  /** Whose BYE it was. */
  readonly byeDirection?: 'sent' | 'received';
  /** A final refusal of the INVITE, other than a demand to authenticate. */
  readonly refused?: { readonly at: number; readonly status: number };
}

/** The times of each call in a message log, by Call-ID, in the order in which they began. Without an INVITE, no call. */
export const sipTimes = (messages: readonly SippMessage[]): ReadonlyMap<string, SipTimes> => {
  const times = new Map<string, SipTimes>();
  for (const entry of messages) {
    const callId = header(entry.message, 'call-id');
    if (callId === undefined) continue;
    const known = times.get(callId);
    const next = known ? { ...moments(entry), ...known } : begin(callId, entry);
    if (next) times.set(callId, next);
  }
  return times;
};

const begin = (callId: string, { at, direction, message }: SippMessage): SipTimes | undefined =>
  message.method === 'INVITE'
    ? {
        callId,
        direction,
        inviteAt: at,
        fromNumber: parseAddress(header(message, 'from') ?? '').user,
        toNumber: parseAddress(header(message, 'to') ?? '').user,
      }
    : undefined;

/** What one message adds, to be overruled by what is known already: only the first of a kind counts. */
const moments = ({ at, direction, message: { method, status, headers } }: SippMessage): Partial<SipTimes> => {
  if (method === 'CANCEL') return { cancelAt: at };
  if (method === 'BYE') return { byeAt: at, byeDirection: direction };
  const ofInvite = headers.some(([name, value]) => /^cseq$/i.test(name) && /\bINVITE$/.test(value));
  if (status === undefined || !ofInvite) return {};
  if (status === 180 || status === 183) return { ringingAt: at };
  if (status === 200) return { answeredAt: at };
  return status >= 300 && status !== 401 && status !== 407 ? { refused: { at, status } } : {};
};
