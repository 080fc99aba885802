import { createHash } from 'node:crypto';

/** Who may come in. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

/** The question that a carrier puts to who wants to come in (RFC 2617: realm, nonce, and no qop is the plainest form). */
export const challenge = (realm: string, nonce: string): string =>
  `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"`;

/** Whether an answer to the question proves that its giver knows the password. */
export const isProof = (
  authorization: string | undefined,
  method: string,
  { username, password }: Account,
): boolean => {
  if (authorization === undefined) return false;
  const said = Object.fromEntries(
    [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, plain]) => [
      name,
      quoted ?? plain ?? '',
    ]),
  );
  const ha1 = md5(`${username}:${said.realm}:${password}`);
  const ha2 = md5(`${method}:${said.uri}`);
  const middle = said.qop === undefined ? said.nonce : `${said.nonce}:${said.nc}:${said.cnonce}:${said.qop}`;
  return said.username === username && said.response === md5(`${ha1}:${middle}:${ha2}`);
};

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
