import { expect, test } from 'vitest';
import { freeSipPort, freeUdpPort } from './ports.ts';

test('many who ask at once are all given ports of their own, for SIP with the next one', async () => {
  const [sip, udp] = await Promise.all([
    Promise.all(Array.from({ length: 60 }, () => freeSipPort())),
    Promise.all(Array.from({ length: 120 }, () => freeUdpPort())),
  ]);
  const taken = [...sip.flatMap((port) => [port, port + 1]), ...udp];
  expect(new Set(taken).size).toBe(taken.length);
});
