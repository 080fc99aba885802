import { ConfigurationError } from './configuration-error.ts';

/** The server that takes our e-mail. */
export interface SmtpAccess {
  /** `smtp://user:password@host:587` */
  readonly url: string;
  /** The address that we write from. */
  readonly from: string;
}

/**
 * A server is nothing without somebody to write as.
 * @returns undefined when no server is named: no e-mail is sent.
 * @throws ConfigurationError when the address is missing.
 */
export const smtpAccess = (url: string | undefined, from: string | undefined): SmtpAccess | undefined => {
  if (url === undefined) return undefined;
  if (from === undefined)
    throw new ConfigurationError('SMTP_URL is set but SMTP_FROM is not: set it to the address to write from.');
  return { url, from };
};
