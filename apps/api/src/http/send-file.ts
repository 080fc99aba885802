import { stat } from 'node:fs/promises';
import type { Response } from 'express';
import { Refusal } from './refusal.ts';

type SendError = Error & { readonly code?: string; readonly status?: number };

/**
 * Sends a file, or the part of it that is asked for; an asker who goes away meanwhile is let go.
 * @throws Refusal when the file has no such part
 */
export const sendFile = async (
  response: Response,
  path: string,
  mediaType = 'application/octet-stream',
): Promise<void> => {
  const error = await new Promise<SendError | undefined>((resolve) => {
    const headers = { 'content-type': mediaType };
    response.sendFile(path, { dotfiles: 'allow', cacheControl: false, headers }, resolve);
  });
  if (error === undefined || error.code === 'ECONNABORTED' || error.code === 'EPIPE') return;
  if (error.status !== 416) throw error;
  const { size } = await stat(path);
  throw new Refusal('range-not-satisfiable', `The file has ${size} bytes: ask for some of them.`, {
    headers: { 'content-range': `bytes */${size}` },
    cause: error,
  });
};
