import type { AriTransport } from '../transport/transport.ts';

/** What Asterisk calls the lamp of a phone: a mailbox in the context that MinivmMWI is given. */
export const lampOf = (extension: string): string => `${extension}@lamp`;

/** How long Asterisk may take to carry it out, in s. */
const patienceS = 5;

/** How many messages wait for a phone. */
export interface MessagesOf {
  readonly extension: string;
  readonly unheard: number;
  readonly heard: number;
}

/**
 * Has Asterisk tell a phone how many messages wait (RFC 3842): the dialplan does it (extensions.conf, `lamp`), for a channel
 * that nobody answers. Asterisk forgets it when it is restarted.
 */
export const showMessages = (transport: AriTransport, { extension, unheard, heard }: MessagesOf): Promise<void> =>
  transport.request('channels.originate', {
    endpoint: `Local/${extension}@lamp/n`,
    context: 'lamp',
    extension: 'h',
    timeout: patienceS,
    variables: { UNHEARD: String(unheard), HEARD: String(heard) },
  });
