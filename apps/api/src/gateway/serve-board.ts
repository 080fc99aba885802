import type { BoardSnapshot } from '@cordboard/contracts';
import type { Control } from '../control.ts';
import type { Boards } from '../feed/boards.ts';
import type { Feed } from '../feed/feed.ts';
import type { PageServer, PageSocket } from './page-socket.ts';

const pulseMs = 1000;
const leadsRoom = 'those who lead';

interface BoardParts {
  readonly boards: Boards;
  readonly feed: Feed;
  readonly control: Pick<Control, 'isAlive'>;
  /** A page showed something else than it had been told. */
  readonly onDiffered: () => void;
}

/** The board, to those who watch it: a snapshot, then deltas, and each second a sign of life. @returns how to stop. */
export const serveBoard = (io: PageServer, { boards, feed, control, onDiffered }: BoardParts): (() => void) => {
  feed.listen({
    cards: () => undefined,
    changed: (changes, renewed) => boards.changed(changes, renewed),
    alerted: (alert) => io.to(leadsRoom).emit('supervisor:alert', alert),
  });

  const watch = (socket: PageSocket, done: unknown): void => {
    if (typeof done !== 'function') return;
    const { user } = socket.data.person;
    const answer = done as (snapshot: BoardSnapshot) => void;
    void feed.caughtUp().then(() => {
      if (!socket.connected) return;
      void socket.join(boards.roomOf(user));
      answer(boards.snapshotFor(user));
    });
  };
  io.on('connection', (socket) => {
    if (socket.data.person.user.role !== 'agent') void socket.join(leadsRoom);
    socket.on('board:watch', (done) => watch(socket, done));
    socket.on('board:resync', (done) => watch(socket, done));
    socket.on('board:differed', onDiffered);
  });
  io.of('/').adapter.on('delete-room', (room: string) => boards.left(room));

  const pulse = setInterval(() => {
    const at = Date.now();
    for (const { room, ...told } of boards.tick())
      io.to(room).volatile.emit('board:pulse', { at, ...told, callControl: control.isAlive });
  }, pulseMs);
  return () => {
    clearInterval(pulse);
    boards.stop();
  };
};
