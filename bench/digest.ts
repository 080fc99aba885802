import { createHash, randomBytes } from 'node:crypto';

/** RFC 2617 digest with MD5 and qop=auth. */
export const digest = (method: string, uri: string, user: string, password: string, challenge: string): string => {
  const part = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const [realm, nonce, cnonce] = [part('realm'), part('nonce'), randomBytes(8).toString('hex')];
  const a1 = md5(`${user}:${realm}:${password}`);
  const a2 = md5(`${method}:${uri}`);
  const response = md5(`${a1}:${nonce}:00000001:${cnonce}:auth:${a2}`);
  const opaque = part('opaque');
  return `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"${opaque === '' ? '' : `, opaque="${opaque}"`}`;
};
