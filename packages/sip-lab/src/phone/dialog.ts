import { header, parseAddress, type SipMessage } from '../sip/message.ts';

/** The three names of a SIP dialog, from a user agent's side (RFC 3261 §12). */
export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

/**
 * Finds a call's dialog among the messages of its own user agent.
 * @param direction of the call, as the user agent saw it
 * @returns undefined while there is none
 */
export const findDialog = (
  messages: readonly SipMessage[],
  callId: string,
  direction: 'incoming' | 'outgoing',
): Dialog | undefined => {
  const accepted = messages.find(
    (message) =>
      header(message, 'call-id') === callId &&
      message.status === 200 &&
      (header(message, 'cseq') ?? '').endsWith('INVITE'),
  );
  const fromTag = accepted && parseAddress(header(accepted, 'from') ?? '').tag;
  const toTag = accepted && parseAddress(header(accepted, 'to') ?? '').tag;
  if (fromTag === undefined || toTag === undefined) return undefined;
  return direction === 'outgoing'
    ? { callId, localTag: fromTag, remoteTag: toTag }
    : { callId, localTag: toTag, remoteTag: fromTag };
};

/** The URI that, in a Refer-To, asks for a dialog to be taken over (RFC 3891 §3, RFC 5589 §7). */
export const replacing = (uri: string, { callId, localTag, remoteTag }: Dialog): string =>
  `${uri}?Replaces=${encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`)}`;
