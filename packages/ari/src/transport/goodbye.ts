import { WebSocket } from 'ws';

/** How long Asterisk may take to say goodbye, in ms. */
const patienceMs = 500;

/** Ends a connection in good order: one that just breaks off is a warning in Asterisk's log. */
export const sayGoodbye = (socket: WebSocket): void => {
  if (socket.readyState !== WebSocket.OPEN) {
    socket.terminate();
    return;
  }
  const force = setTimeout(() => socket.terminate(), patienceMs);
  socket.once('close', () => clearTimeout(force));
  socket.close();
};
