import { parseSipMessage, type SipMessage } from '../sip/message.ts';

/** A SIP message in SIPp's log. */
export interface SippMessage {
  /** Ms since the epoch, exact to the microsecond. */
  readonly at: number;
  readonly direction: 'sent' | 'received';
  readonly message: SipMessage;
}

/**
 * Parse SIPp's message log (-trace_msg): entries headed by dashes and a moment, then a line that says which way, an
 * empty line and the message (process_message and SIPpSocket::write, SIPp 3.8 src/socket.cpp).
 * What is no SIP message, such as a remark of SIPp's, is left out.
 */
export const parseMessageLog = (log: string): readonly SippMessage[] =>
  log.split(/^-{20,} (?=\d{4}-)/m).flatMap((entry) => {
    const heading = /^(\S+)\r?\n\w+ (?:control )?message (sent|received) .*:\r?\n\r?\n/.exec(entry);
    const at = heading ? moment(heading[1] ?? '') : Number.NaN;
    const message = heading && parseSipMessage(entry.slice(heading[0].length));
    if (!heading || !message || Number.isNaN(at)) return [];
    return [{ at, direction: heading[2] === 'sent' ? ('sent' as const) : ('received' as const), message }];
  });

/** `2026-11-24T14:03:05.123456Z`, or with the zone's distance, as ms since the epoch. */
const moment = (text: string): number => {
  const [, seconds, micros, zone] = /^(.{19})\.(\d{6})(.*)$/.exec(text) ?? [];
  if (seconds === undefined || micros === undefined) return Number.NaN;
  return Date.parse(`${seconds}${zone || 'Z'}`) + Number(micros) / 1000;
};
