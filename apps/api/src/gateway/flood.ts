import type { PageSocket } from './page-socket.ts';

const messagesAtOnce = 30;
const perSecond = 5;

/** A page says little. One that says much is cut off; a page that has lost its way connects anew. */
export const limitFlood = (socket: PageSocket): void => {
  let left = messagesAtOnce;
  let at = performance.now();
  socket.use((_event, next) => {
    const now = performance.now();
    left = Math.min(messagesAtOnce, left + ((now - at) / 1000) * perSecond) - 1;
    at = now;
    if (left < 0) socket.disconnect(true);
    else next();
  });
};
