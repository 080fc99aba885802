import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

/** The addresses that the pages themselves know; each is answered with the same document. */
const rooms = /^\/(?:(?:board|desk|console)(?:\/.*)?)?$/;
/** Where Vite puts files whose names hold a hash of their content: under such a name a file never changes. */
const hashed = 'assets';
const yearS = 31_536_000;

/** The built pages: files as they are, compressed where the build has done it, and one document for every room. */
export const servePages = (app: Express, folder: string): void => {
  app.use(preferCompressed(folder));
  app.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        const plain = path.replace(/\.(?:br|gz)$/, '');
        if (plain !== path) response.type(plain.slice(plain.lastIndexOf('.')));
        response.setHeader(
          'cache-control',
          plain.startsWith(join(folder, hashed, sep)) ? `public, max-age=${yearS}, immutable` : 'no-cache',
        );
      },
    }),
  );
  app.get(rooms, (_request, response, next) => {
    const document = join(folder, 'index.html');
    if (!existsSync(document)) throw new Refusal('not-found', 'The pages are not built: run npm run build.');
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(document, (error) => {
      if (error !== undefined) next(error);
    });
  });
};

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Where the build has left a compressed twin of a file, and the browser can read it, it is sent instead. */
const preferCompressed =
  (folder: string): RequestHandler =>
  (request, response, next) => {
    const [path = ''] = request.url.split('?', 1);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !/^\/(?:[\w-]+\/)*[\w.-]+\.\w+$/.test(path))
      return next();
    const found = encodings.find(
      ([encoding, suffix]) => request.acceptsEncodings(encoding) && existsSync(join(folder, `${path}${suffix}`)),
    );
    if (found !== undefined) {
      const [encoding, suffix] = found;
      request.url = `${path}${suffix}`;
      response.setHeader('content-encoding', encoding);
    }
    response.vary('accept-encoding');
    next();
  };
