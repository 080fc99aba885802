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
  /** From now on whatever is said, in either direction, is heard so many ms later; 0: at once. */
  delay(ms: number): void;
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
  readonly hearing?: (connection: Connection) => (said: Buffer) => Buffer;
}

/** One connection that is made by this way. */
export interface Connection {
  /** The first that the client said. */
  opening(): string;
  isOver(): boolean;
}

export const startTcpProxy = async (
  to: { readonly host: string; readonly port: number },
  { port = 0, hearing = () => (said) => said }: TcpProxyOptions = {},
): Promise<TcpProxy> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  /** Also those whose other side has gone without their being told. */
  const sockets = new Set<Socket>();
  let made = 0;
  let swallowing = false;
  let delayMs = 0;
  const passOn = (socket: Socket, said: Buffer, line: { until: number }): void => {
    // What was said first is heard first, also when the delay has just become shorter.
    line.until = Math.max(line.until, performance.now() + delayMs);
    const leftMs = line.until - performance.now();
    if (leftMs <= 0) socket.write(said);
    else setTimeout(() => !socket.destroyed && socket.write(said), Math.ceil(leftMs));
  };

  const server = createServer((client) => {
    made += 1;
    const target = connect(to.port, to.host);
    const pair = [client, target] as const;
    pairs.add(pair);
    const [there, back] = [{ until: 0 }, { until: 0 }];
    let opening = '';
    client.once('data', (said) => {
      opening = said.toString('latin1');
    });
    client.on('data', (said) => passOn(target, said, there));
    const hear = hearing({ opening: () => opening, isOver: () => client.destroyed || target.destroyed });
    target.on('data', (said) => passOn(client, hear(said), back));
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
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
    delay(ms) {
      delayMs = ms;
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
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
