import { createHash } from 'node:crypto';

/**
 * A name for a Redis, an Asterisk and the application there: what is on disk of one house is not taken for another's, should a
 * folder be used for both. Passwords are left out.
 */
export const houseOf = ({
  redisUrl,
  ari: { url, app },
}: {
  readonly redisUrl: string;
  readonly ari: { readonly url: string; readonly app: string };
}): string => {
  const { host, pathname } = new URL(redisUrl);
  return createHash('sha256').update(`${host}${pathname} ${url} ${app}`).digest('hex').slice(0, 12);
};
