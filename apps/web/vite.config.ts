import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const compressible = /\.(?:js|css|svg)$/;

/** Leaves a `.br` and a `.gz` beside each file; the API sends the one that the browser likes best. */
const compressedTwins = (): Plugin => {
  let folder = 'dist';
  return {
    name: 'compressed-twins',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
      await Promise.all(
        files.map(async ({ name, parentPath }) => {
          const path = join(parentPath, name);
          const content = await readFile(path);
          await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
          await writeFile(`${path}.gz`, await promisify(gzip)(content));
        }),
      );
    },
  };
};

/** Where the API listens while the pages are worked on with `npm run dev -w @cordboard/web`. */
const api = process.env.CORDBOARD_API_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), compressedTwins()],
  build: {
    target: 'es2023',
    // The API's headers let fonts come from this server only, not from data URLs.
    assetsInlineLimit: 0,
    // A room that grows beyond this is too heavy: under 200 kB compressed.
    chunkSizeWarningLimit: 500,
  },
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true } } },
});
