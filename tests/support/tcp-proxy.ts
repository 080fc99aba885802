import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What lies between two programs: a way that can fail. */
export interface TcpProxy {
  readonly port: number;
  /** How many connections have been made through it. */
  readonly made: number;
  /** How many of them are open. */
  readonly open: number;
  /** From now on nothing passes, in either direction, and nobody is told: as when a router forgets a connection. */
  swallow(): void;
  /** Breaks all connections; new ones pass. */
  cut(): void;
  /** New connections pass again; those that were swallowed stay so. */
  restore(): void;
  close(): Promise<void>;
}

/** How it is to be. */
export interface TcpProxyOptions {
  /** Where it listens; a free port when not given. */
  readonly port?: number;
  /** For each connection: how what the server says is to be heard by the client. */
  readonly hearing?: () => (said: Buffer) => Buffer;
}

export const startTcpProxy = async (
  to: { readonly host: string; readonly port: number },
  { port = 0, hearing = () => (said) => said }: TcpProxyOptions = {},
): Promise<TcpProxy> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  let made = 0;
  let swallowing = false;

  const server = createServer((client) => {
    made += 1;
    const target = connect(to.port, to.host);
    const pair = [client, target] as const;
    pairs.add(pair);
    client.on('data', (said) => target.write(said));
    const hear = hearing();
    target.on('data', (said) => client.write(hear(said)));
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        pairs.delete(pair);
        if (!socket.isPaused()) other.destroy();
      });
      if (swallowing) socket.pause();
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    get made() {
      return made;
    },
    get open() {
      return pairs.size;
    },
    swallow() {
      swallowing = true;
      for (const socket of [...pairs].flat()) socket.pause();
    },
    cut() {
      for (const socket of [...pairs].flat()) socket.destroy();
    },
    restore() {
      swallowing = false;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of [...pairs].flat()) socket.destroy();
      await closed;
    },
  };
};
