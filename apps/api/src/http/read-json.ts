import express, { type Request, type Response } from 'express';
import { Refusal } from './refusal.ts';

const parse = express.json({ limit: '256kb', strict: true, type: () => true });

/**
 * The body as JSON; undefined when there is none.
 * @throws Refusal 415 when it says that it is something else; body-parser's errors otherwise.
 */
export const readJson = async (request: Request, response: Response): Promise<unknown> => {
  if (!hasBody(request)) return undefined;
  if (!request.is('application/json'))
    throw new Refusal('unsupported-media-type', 'Send the body as application/json.');
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return request.body as unknown;
};

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
