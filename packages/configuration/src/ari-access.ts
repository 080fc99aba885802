import { ConfigurationError } from './configuration-error.ts';

/** Where Asterisk's REST interface is, and as whom to use it. */
export interface AriAccess {
  /** The HTTP server's base, without `/ari`: `http://127.0.0.1:18088`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/**
 * A URL is nothing without someone to be.
 * @throws ConfigurationError when the user or the password is missing.
 */
export const ariAccess = (url: string, user: string | undefined, password: string | undefined): AriAccess => {
  if (user === undefined)
    throw new ConfigurationError('ARI_URL is set but ARI_USER is not: set it to a user of ari.conf.');
  if (password === undefined)
    throw new ConfigurationError("ARI_URL is set but ARI_PASSWORD is not: set it to that user's password in ari.conf.");
  return { url: url.replace(/\/ari$/, ''), user, password };
};
