import { z } from 'zod';

/** What a variable may hold. Each message completes the sentence that begins with the variable's name. */

const portNumber = 'must be a port number between 1 and 65535';

/** A TCP or UDP port. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/, portNumber)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, portNumber);

/** A range of UDP ports, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const rangeForm = 'must be two port numbers joined by a hyphen, such as 16000-17999';

/** A range wide enough for a call: two legs, each with a port for sound and one for its reports. */
export const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, rangeForm)
  .transform((text): PortRange => {
    const [first = 0, last = 0] = text.split('-').map(Number);
    return { first, last };
  })
  .refine(({ first, last }) => first >= 1024 && last <= 65_535, 'must lie between 1024 and 65535')
  .refine(({ first, last }) => last - first >= 3, 'must hold at least four ports');

/** An address to listen on. Names are not accepted: Asterisk and SIP need the number itself. */
export const address = z.union([z.ipv4(), z.ipv6()], {
  error: 'must be an IP address, such as 127.0.0.1 or 0.0.0.0',
});

/** A URL with one of these schemes, without the slash at its end. */
export const url = (example: string, ...schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (text) =>
        URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)) && new URL(text).host !== '',
      `must be a URL such as ${example}`,
    )
    .transform((text) => text.replace(/\/+$/, ''));

/** A name for the ARI application: it travels in dialplan arguments and URLs, hence the narrow alphabet. */
export const applicationName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be up to 40 lower-case letters, digits and hyphens, beginning with a letter');

/** A question that is answered with yes or no. */
export const yesOrNo = z.enum(['yes', 'no'], { error: 'must be yes or no' }).transform((answer) => answer === 'yes');

/** Pino's levels. */
export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
});

/** How to speak ARI: REST over the events WebSocket, the ari-client package, or whichever suits Asterisk's version. */
export const ariTransport = z.enum(['auto', 'websocket', 'ari-client'], {
  error: 'must be auto, websocket or ari-client',
});

/** Names or addresses of hosts, each with its port or for all ports. */
export const hostList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  )
  .refine(
    (hosts) => hosts.every((host) => /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/.test(host)),
    'must be hosts separated by commas, such as api.example.com,crm.example.com:8443',
  );

/** Where e-mail is written from. */
export const mailAddress = z.email('must be an e-mail address, such as calls@example.com');

/** A number of days, 0 for no end. */
export const days = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number of days, such as 180, or 0 for ever')
  .transform(Number);
