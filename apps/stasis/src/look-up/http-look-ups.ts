import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { HttpLookUps } from '@cordboard/application';
import type { HttpAnswer, HttpQuestion } from '@cordboard/core';
import { isInner } from './address.ts';

/** Which systems flows may ask, as `host` or `host:port`. */
export interface AllowedHosts {
  /** At public addresses alone. */
  readonly hosts: readonly string[];
  /** Also on this machine and in the house's own network. */
  readonly innerHosts: readonly string[];
}

/** An answer longer than this is not read to its end. */
const longestAnswer = 65_536;
/** More questions than these at once are not asked: each holds a connection. */
const mostAtOnce = 200;
/** A flow does not choose how a message is framed, nor whom it is for. */
const ourHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
]);

/** Why a question was not answered, in words that name no customer and no secret. */
class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

/**
 * Asks other systems over HTTP. Only hosts that the installation names; the address is looked at after the name has been
 * resolved, and the connection goes to that very address; redirections are not followed.
 */
export const createHttpLookUps = (allowed: AllowedHosts): HttpLookUps => {
  let underWay = 0;
  return {
    async ask(question) {
      if (underWay >= mostAtOnce) return { ok: false, because: 'too many questions are under way' };
      underWay += 1;
      // For the whole exchange, the reading of the answer included.
      const patience = AbortSignal.timeout(question.timeoutMs);
      try {
        return await ask(question, allowed, patience);
      } catch (error) {
        const because = patience.aborted ? `no answer within ${question.timeoutMs} ms` : inWords(error);
        return { ok: false, because };
      } finally {
        underWay -= 1;
      }
    },
  };
};

const ask = async (question: HttpQuestion, allowed: AllowedHosts, patience: AbortSignal): Promise<HttpAnswer> => {
  const url = new URL(question.url);
  const mayBeInner = namesHost(allowed.innerHosts, url);
  if (!mayBeInner && !namesHost(allowed.hosts, url))
    throw new NotAnswered(`the host ${url.host} is not allowed: add it to CORDBOARD_HTTP_HOSTS`);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!mayBeInner && isIP(literal) !== 0 && isInner(literal)) throw notOutside(url.host);
  const response = await send(question, url, patience, mayBeInner ? undefined : outsideOnly(url.host));
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) {
    response.destroy();
    return { ok: false, because: `${url.host} answered ${status}` };
  }
  return { ok: true, body: JSON.parse(await read(response, url.host)) };
};

const send = (
  { method, headers, body }: HttpQuestion,
  url: URL,
  signal: AbortSignal,
  find: LookupFunction | undefined,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const own = Object.entries(headers).filter(([name]) => !ourHeaders.has(name.toLowerCase()));
    const sent = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method,
      agent: false,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...Object.fromEntries(own),
      },
      signal,
      ...(find === undefined ? {} : { lookup: find }),
    });
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.end(body);
  });

const read = async (response: IncomingMessage, host: string): Promise<string> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longestAnswer) throw new NotAnswered(`the answer of ${host} is longer than ${longestAnswer} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const namesHost = (hosts: readonly string[], url: URL): boolean =>
  hosts.includes(url.hostname) || hosts.includes(`${url.hostname}:${url.port || defaultPort(url)}`);

const defaultPort = ({ protocol }: URL): string => (protocol === 'https:' ? '443' : '80');

/** Resolves names as ever, and refuses what is not outside. Looked at here, since a name may mean another address a moment later. */
const outsideOnly =
  (host: string): LookupFunction =>
  (name, options: LookupOptions, found) => {
    lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? [];
      if (error !== null) found(error, '', 4);
      else if (first === undefined || addresses.some(({ address }) => isInner(address))) found(notOutside(host), '', 4);
      else if (options.all === true) found(null, addresses);
      else found(null, first.address, first.family);
    });
  };

const notOutside = (host: string): NotAnswered =>
  new NotAnswered(`${host} is in the house's own network: add it to CORDBOARD_HTTP_INNER_HOSTS if that is meant`);

const inWords = (error: unknown): string => {
  if (error instanceof NotAnswered) return error.message;
  if (error instanceof SyntaxError) return 'the answer is not JSON';
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `could not be asked: ${code}`;
};
