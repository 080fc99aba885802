import { startTcpProxy } from './tcp-proxy.ts';

/** A way to Asterisk on which it is counted how much is asked. */
export interface CountedAri {
  readonly url: string;
  /** How many requests Asterisk has answered on it, over its WebSockets: it answers each. */
  readonly answered: number;
  close(): Promise<void>;
}

const answer = '"RESTResponse"';

export const startCountedAri = async (asteriskUrl: string): Promise<CountedAri> => {
  const { hostname, port } = new URL(asteriskUrl);
  let answered = 0;
  const proxy = await startTcpProxy(
    { host: hostname, port: Number(port) },
    {
      hearing: () => {
        // An answer may come in two pieces.
        let end = '';
        return (said) => {
          const text = end + said.toString('latin1');
          answered += text.split(answer).length - 1;
          end = text.slice(-(answer.length - 1));
          return said;
        };
      },
    },
  );
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    get answered() {
      return answered;
    },
    close: () => proxy.close(),
  };
};
