import type { Servers } from '@cordboard/embedded';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A server as the applications reach it: it can be away for as long as a test says, while the test itself still reaches it. */
export interface ServerBetween {
  /** What the applications are configured with. */
  readonly environment: (servers: Servers) => Promise<Readonly<Record<string, string>>>;
  goAway(): Promise<void>;
  /** Nothing, when it is there. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export const serverBetween = (variable: 'REDIS_URL' | 'DATABASE_URL'): ServerBetween => {
  let target = { host: '127.0.0.1', port: 0 };
  let proxy: TcpProxy | undefined;
  let ownPort = 0;
  const goAway = async (): Promise<void> => {
    await proxy?.close();
    proxy = undefined;
  };
  return {
    async environment({ environment }) {
      const url = new URL(environment[variable]);
      target = { host: url.hostname, port: Number(url.port) };
      proxy = await startTcpProxy(target);
      ownPort = proxy.port;
      url.port = `${ownPort}`;
      return { [variable]: url.href };
    },
    goAway,
    async comeBack() {
      proxy ??= await startTcpProxy(target, { port: ownPort });
    },
    close: goAway,
  };
};
