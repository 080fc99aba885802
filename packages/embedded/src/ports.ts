import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { StartFailed } from './start-failed.ts';

/** A TCP port, or a UDP one. */
type Protocol = 'tcp' | 'udp';

/** Why a port cannot be listened on, in Node's words: EADDRINUSE, EACCES, EADDRNOTAVAIL; undefined when it can. */
const refusal = (protocol: Protocol, host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    if (protocol === 'tcp') {
      const server = createServer().once('error', failed);
      server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
    } else {
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4').once('error', failed);
      socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(undefined)));
    }
  });

/**
 * Makes sure, before a server is started, that it will be able to listen.
 * @throws StartFailed naming the variable to change.
 */
export const requirePort = async (
  name: string,
  host: string,
  port: number,
  variable: string,
  protocols: readonly Protocol[] = ['tcp'],
): Promise<void> => {
  for (const protocol of protocols) {
    const code = await refusal(protocol, host, port);
    const where = `${protocol.toUpperCase()} port ${port} on ${host}`;
    if (code === 'EADDRINUSE')
      throw new StartFailed(`${name} cannot use ${where}, which is taken: set ${variable} to a free port.`);
    if (code === 'EACCES') throw new StartFailed(`${name} may not use ${where}: set ${variable} to a port above 1023.`);
    if (code === 'EADDRNOTAVAIL')
      throw new StartFailed(`${host} is no address of this machine: set CORDBOARD_HOST to one of its addresses.`);
    if (code !== undefined)
      throw new StartFailed(`${name} cannot use ${where} (${code}): set ${variable} or CORDBOARD_HOST.`);
  }
};

/** Above what is commonly used, below what the kernel gives to outgoing connections (ip_local_port_range, from 32768). */
const lowest = 20_000;
const highest = 32_000;
/** Single ports are below, ranges above: they never meet. */
const middle = 25_000;

const isFree = async (host: string, port: number): Promise<boolean> =>
  (await refusal('tcp', host, port)) === undefined && (await refusal('udp', host, port)) === undefined;

const between = (low: number, high: number): number => low + Math.floor(Math.random() * (high - low));

/** Ports that are free for both TCP and UDP, all different, taken at random so that parallel runs seldom meet. */
export const freePorts = async (count: number, host = '127.0.0.1'): Promise<number[]> => {
  const found = new Set<number>();
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries > 100 * count) throw new StartFailed(`No ${count} free ports between ${lowest} and ${middle}.`);
    const port = between(lowest, middle);
    if (!found.has(port) && (await isFree(host, port))) found.add(port);
  }
  return [...found];
};

/** A range of UDP ports for media, free at the moment of asking: four for each call, and some to spare. */
export const freePortRange = async (size = 200, host = '127.0.0.1'): Promise<{ first: number; last: number }> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const first = 2 * Math.floor(between(middle, highest - size) / 2);
    const last = first + size - 1;
    const ports = Array.from({ length: size }, (_, index) => first + index);
    const refusals = await Promise.all(ports.map((port) => refusal('udp', host, port)));
    if (refusals.every((code) => code === undefined)) return { first, last };
  }
  throw new StartFailed(`No range of ${size} free UDP ports between ${middle} and ${highest}.`);
};
