import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { within } from '../within.ts';
import { encodeNetstring, netstringReader } from './netstring.ts';

/** What baresip tells of itself over ctrl_tcp (event_encode_dict, baresip 1.1 src/event.c). */
export interface BaresipEvent {
  /** Such as CALL_INCOMING, REGISTER_OK. */
  readonly type: string;
  readonly accountaor?: string;
  /** The SIP Call-ID. */
  readonly id?: string;
  readonly direction?: 'incoming' | 'outgoing';
  readonly peeruri?: string;
  readonly peerdisplayname?: string;
  readonly param?: string;
}

/** baresip did not do as it was told. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** baresip under command. */
export interface Control {
  /**
   * Gives a command and waits for its reply.
   * @returns what baresip printed
   * @throws CommandRefused with baresip's own words
   */
  command(name: string, parameters?: string): Promise<string>;
  close(): void;
}

/**
 * Connects to a baresip's ctrl_tcp. It serves one connection, and answers commands in order.
 * @param onEvent is called with each event, in the order of the events and replies on the connection
 */
export const connectControl = async (
  host: string,
  port: number,
  onEvent: (event: BaresipEvent) => void,
): Promise<Control> => {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  const waiting = new Map<string, (reply: Reply) => void>();
  const gone = goneWith(socket, waiting);
  const read = netstringReader();
  socket.on('data', (chunk) => {
    for (const text of read(chunk)) {
      const message: unknown = JSON.parse(text);
      if (isReply(message)) waiting.get(message.token)?.(message);
      else if (isEvent(message)) onEvent(message);
    }
  });
  let count = 0;
  return {
    async command(name, parameters) {
      const token = String(++count);
      const reply = new Promise<Reply>((resolve) => {
        waiting.set(token, resolve);
      });
      socket.write(
        encodeNetstring(JSON.stringify({ command: name, ...(parameters ? { params: parameters } : {}), token })),
      );
      try {
        const { ok, data } = await within(
          Promise.race([reply, gone]),
          replyWithinMs,
          `baresip did not reply to ${name}`,
        );
        if (!ok) throw new CommandRefused(`${name}: ${data.trim()}`);
        return data;
      } finally {
        waiting.delete(token);
      }
    },
    close: () => socket.destroy(),
  };
};

/** A command is carried out at once on baresip's main loop; only a stopped or dead process takes so long. */
const replyWithinMs = 5_000;

interface Reply {
  readonly response: true;
  readonly ok: boolean;
  readonly data: string;
  readonly token: string;
}

const isReply = (message: unknown): message is Reply =>
  typeof message === 'object' && message !== null && 'response' in message && 'token' in message;

const isEvent = (message: unknown): message is BaresipEvent =>
  typeof message === 'object' && message !== null && 'event' in message && 'type' in message;

/** A promise that answers every waiting command when the connection is lost. */
const goneWith = (socket: Socket, waiting: Map<string, (reply: Reply) => void>): Promise<Reply> =>
  new Promise((resolve) => {
    socket.on('error', (error) => {
      for (const token of waiting.keys()) resolve({ response: true, ok: false, data: error.message, token });
    });
    socket.on('close', () => {
      resolve({ response: true, ok: false, data: 'baresip is gone', token: '' });
    });
  });
