import { StringDecoder } from 'node:string_decoder';
import { parseSipMessage, type SipMessage } from '../sip/message.ts';

/** A SIP message that a user agent sent or received. */
export interface TracedMessage {
  /** `127.0.0.1:5060`, both. */
  readonly source: string;
  readonly destination: string;
  readonly message: SipMessage;
}

/**
 * Finds the SIP messages in what `baresip -s` prints: each between a cyan escape and its reset, after a line with the
 * transport and the addresses (sip_trace_handler, baresip 1.1 src/ua.c).
 * @returns a function that takes what was printed and returns the messages completed by it
 */
export const sipTraceReader = (): ((chunk: Uint8Array) => readonly TracedMessage[]) => {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  return (chunk) => {
    pending += decoder.write(Buffer.from(chunk));
    const messages: TracedMessage[] = [];
    for (;;) {
      const start = pending.indexOf(opening);
      if (start === -1) {
        pending = pending.slice(-opening.length);
        return messages;
      }
      const end = pending.indexOf(closing, start);
      if (end === -1) {
        pending = pending.slice(start);
        return messages;
      }
      const traced = readTraced(pending.slice(start + opening.length, end));
      if (traced) messages.push(traced);
      pending = pending.slice(end + closing.length);
    }
  };
};

const opening = '\u001b[36;1m#\n';
const closing = '\u001b[;m';

const readTraced = (text: string): TracedMessage | undefined => {
  const [, source, destination] = /^\S+ (\S+) -> (\S+)\n/.exec(text) ?? [];
  const message = parseSipMessage(text.slice(text.indexOf('\n') + 1));
  return source && destination && message ? { source, destination, message } : undefined;
};
