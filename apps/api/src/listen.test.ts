import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from './listen.ts';

test('a port that is taken, and an address that is not ours, name the variable to change', async () => {
  const taken = createServer();
  await listen(taken, { host: '127.0.0.1', port: 0 });
  const { port } = taken.address() as AddressInfo;
  await expect(listen(createServer(), { host: '127.0.0.1', port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: set CORDBOARD_HTTP_PORT to a free port.`,
  );
  await expect(listen(createServer(), { host: '192.0.2.1', port: 0 })).rejects.toThrow('CORDBOARD_HOST');
  await new Promise((resolve) => taken.close(resolve));
});
