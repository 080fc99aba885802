import { type Connection, startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A way to Asterisk on which events get lost: answers to requests come through. */
export interface LossyAri {
  readonly url: string;
  /** The way itself, which can fail in other manners too. */
  readonly proxy: TcpProxy;
  /** Whether a WebSocket is open by this way on which the application hears of its calls. */
  isHeardBy(application: string): boolean;
  /** How many events have been lost, by type. */
  readonly lost: ReadonlyMap<string, number>;
  /** What share of the events is lost from now on, 0 to 1. */
  lose(share: number): void;
  close(): Promise<void>;
}

/** @param random 0 to 1, seeded, so that what was lost once can be lost again */
export const startLossyAri = async (asteriskUrl: string, random: () => number): Promise<LossyAri> => {
  const { hostname, port } = new URL(asteriskUrl);
  const lost = new Map<string, number>();
  let share = 0;
  let listening: readonly Connection[] = [];
  const isLost = (text: string): boolean => {
    const type = /^\{\s*"type"\s*:\s*"(\w+)"|"type"\s*:\s*"(\w+)"/.exec(text)?.slice(1).find(Boolean) ?? '';
    if (text.includes('"RESTResponse"') || share === 0 || random() >= share) return false;
    lost.set(type, (lost.get(type) ?? 0) + 1);
    return true;
  };
  const proxy: TcpProxy = await startTcpProxy(
    { host: hostname, port: Number(port) },
    {
      hearing: (connection) =>
        withoutSome(isLost, () => {
          listening = [...listening.filter((one) => !one.isOver()), connection];
        }),
    },
  );
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    proxy,
    isHeardBy: (application) =>
      listening.some((one) => !one.isOver() && new RegExp(`[?&]app=${application}[& ]`).test(one.opening())),
    lost,
    lose: (of) => {
      share = of;
    },
    close: () => proxy.close(),
  };
};

/** Takes text frames out of a WebSocket's stream (RFC 6455, section 5.2); a server's are not masked, nor, by Asterisk, in parts. */
const withoutSome = (isLost: (text: string) => boolean, opened: () => void): ((said: Buffer) => Buffer) => {
  let isOpen = false;
  let rest: Buffer = Buffer.alloc(0);
  return (said) => {
    let left: Buffer = Buffer.concat([rest, said]);
    const passed: Buffer[] = [];
    if (!isOpen) {
      const end = left.indexOf('\r\n\r\n');
      // Plain HTTP has no frames.
      if (end === -1 || !left.subarray(0, end).toString('latin1').startsWith('HTTP/1.1 101')) return said;
      isOpen = true;
      opened();
      passed.push(left.subarray(0, end + 4));
      left = left.subarray(end + 4);
    }
    for (let size = frameSize(left); size !== undefined && left.length >= size.all; size = frameSize(left)) {
      const frame = left.subarray(0, size.all);
      left = left.subarray(size.all);
      if ((frame[0] ?? 0) % 16 !== textFrame || !isLost(frame.subarray(size.head).toString())) passed.push(frame);
    }
    rest = left;
    return Buffer.concat(passed);
  };
};

const textFrame = 1;

/** @returns undefined when not even its length has arrived */
const frameSize = (bytes: Buffer): { readonly head: number; readonly all: number } | undefined => {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) % 128;
  if (short < 126) return { head: 2, all: 2 + short };
  if (short === 126) return bytes.length < 4 ? undefined : { head: 4, all: 4 + bytes.readUInt16BE(2) };
  return bytes.length < 10 ? undefined : { head: 10, all: 10 + Number(bytes.readBigUInt64BE(2)) };
};
