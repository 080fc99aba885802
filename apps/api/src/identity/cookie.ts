import type { IncomingMessage } from 'node:http';
import { sessionLifeMs } from '@cordboard/redis';
import type { Request, Response } from 'express';

export const sessionCookie = 'cordboard.sid';

/** @returns the session's token, as the browser sent it. */
export const sessionToken = ({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined => {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === sessionCookie && value !== undefined && /^[\w-]{1,128}$/.test(value)) return value;
  }
  return undefined;
};

/** Out of reach of scripts and of other sites; over TLS only, where there is TLS. */
const attributes = (request: Request) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: request.secure }) as const;

export const giveSession = (request: Request, response: Response, token: string): void => {
  response.cookie(sessionCookie, token, { ...attributes(request), maxAge: sessionLifeMs });
};

export const clearSession = (request: Request, response: Response): void => {
  response.clearCookie(sessionCookie, attributes(request));
};
