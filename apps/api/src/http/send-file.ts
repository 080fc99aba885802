import type { Response } from 'express';

/** Sends a file; an asker who goes away meanwhile is let go. */
export const sendFile = (response: Response, path: string, mediaType = 'application/octet-stream'): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': mediaType };
    response.sendFile(
      path,
      { dotfiles: 'allow', cacheControl: false, headers },
      (error?: Error & { code?: string }) => {
        if (error === undefined || error.code === 'ECONNABORTED' || error.code === 'EPIPE') resolve();
        else reject(error);
      },
    );
  });
