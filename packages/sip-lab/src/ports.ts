import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below what the kernel gives to outgoing connections (ip_local_port_range, from 32768) and beside the servers' own ports. */
const lowest = 10_000;
const highest = 15_999;
const mostTries = 1000;

/** A UDP port that is free now, taken at random so that parallel runs seldom meet. */
export const freeUdpPort = (host = '127.0.0.1'): Promise<number> => search((port) => isFree('udp', host, port));

/** A TCP port that is free now, taken at random. */
export const freeTcpPort = (host = '127.0.0.1'): Promise<number> => search((port) => isFree('tcp', host, port));

/** A port for SIP: free for UDP and TCP, and so is the next one, on which baresip listens for TLS without being asked. */
export const freeSipPort = (host = '127.0.0.1'): Promise<number> =>
  search(async (port) => {
    const free = await Promise.all(
      [port, port + 1].flatMap((one) => [isFree('udp', host, one), isFree('tcp', host, one)]),
    );
    return free.every(Boolean);
  });

const search = async (fits: (port: number) => Promise<boolean>): Promise<number> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await fits(port)) return port;
  }
  throw new Error(`no free port between ${lowest} and ${highest}`);
};

const isFree = (protocol: 'udp' | 'tcp', host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    if (protocol === 'tcp') {
      const server = createServer().once('error', () => resolve(false));
      server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
    } else {
      const socket = createSocket('udp4').once('error', () => resolve(false));
      socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(true)));
    }
  });
