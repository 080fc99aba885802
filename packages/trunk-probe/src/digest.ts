import { createHash, randomBytes } from 'node:crypto';

/** Who we are, to a carrier that asks. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * The answer to a carrier's question (RFC 2617, as SIP uses it: RFC 3261 §22).
 * @param asked the value of WWW-Authenticate or Proxy-Authenticate
 * @returns undefined when it asks for what we do not know how to give
 */
export const proof = (
  asked: string,
  { username, password }: Credentials,
  method: string,
  uri: string,
): string | undefined => {
  const said = Object.fromEntries(
    [...asked.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, plain]) => [
      name.toLowerCase(),
      quoted ?? plain ?? '',
    ]),
  );
  const hash = hashes[(said.algorithm ?? 'MD5').toUpperCase()];
  if (hash === undefined || said.realm === undefined || said.nonce === undefined) return undefined;
  const of = (text: string): string => createHash(hash).update(text).digest('hex');
  const secret = of(`${username}:${said.realm}:${password}`);
  const what = of(`${method}:${uri}`);
  const withQop = said.qop?.split(',').some((each) => each.trim() === 'auth') === true;
  const own = randomBytes(8).toString('hex');
  const response = of(
    withQop ? `${secret}:${said.nonce}:00000001:${own}:auth:${what}` : `${secret}:${said.nonce}:${what}`,
  );
  return [
    `Digest username="${username}"`,
    `realm="${said.realm}"`,
    `nonce="${said.nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    ...(said.algorithm === undefined ? [] : [`algorithm=${said.algorithm}`]),
    ...(withQop ? ['qop=auth', 'nc=00000001', `cnonce="${own}"`] : []),
    ...(said.opaque === undefined ? [] : [`opaque="${said.opaque}"`]),
  ].join(', ');
};

const hashes: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };
