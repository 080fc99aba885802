import { WebSocket } from 'ws';
import type { Person } from '../tests/support/api.ts';

/** Wallboards that are open and looked at by nobody: each is sent all, and reads none of it. */
export interface Boards {
  close(): void;
}

/** Engine.IO 4 and Socket.IO 5: open is 0, ping 2, pong 3, message 4; of messages, connect is 0 and an event 2. */
const packets = {
  connect: '40',
  connected: '40',
  watch: '420["board:watch"]',
  watched: '430',
  ping: '2',
  pong: '3',
} as const;

export const openBoards = async (person: Person, count: number): Promise<Boards> => {
  const sockets = await Promise.all(Array.from({ length: count }, () => openBoard(person)));
  return {
    close: () => {
      for (const socket of sockets) socket.close();
    },
  };
};

const openBoard = ({ url, cookie }: Person): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie, origin: url },
    });
    socket.once('error', reject);
    socket.on('message', (bytes: Buffer) => {
      const begins = bytes.toString('latin1', 0, 3);
      if (begins.startsWith('0')) socket.send(packets.connect);
      else if (begins.startsWith(packets.connected)) socket.send(packets.watch);
      else if (begins === packets.watched) resolve(socket);
      else if (begins.startsWith('44')) reject(new Error('the API did not let a wallboard in'));
      else if (begins === packets.ping) socket.send(packets.pong);
    });
  });
