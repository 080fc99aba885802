import { WebSocket } from 'ws';

/** A connection that was cut without a word is known to be after 3 s at most. */
export const usualPulse = { everyMs: 1000, withinMs: 2000 } as const;

/**
 * A connection that was cut without a word looks open for as long as nobody writes; so somebody does. Its answer has its
 * time, or the connection is taken for lost.
 * @param isExcused whether an answer may take longer now
 */
export const watchPulse = (
  socket: WebSocket,
  { everyMs, withinMs }: { readonly everyMs: number; readonly withinMs: number },
  lost: (why: string) => void,
  isExcused: () => boolean = () => false,
): void => {
  let deadline: NodeJS.Timeout | undefined;
  let heardAt = performance.now();
  const alive = () => {
    heardAt = performance.now();
    // Answered: the next one is asked when it is time, not after this one's patience.
    clearTimeout(deadline);
    deadline = undefined;
  };
  const beat = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN || deadline !== undefined) return;
    const askedAt = performance.now();
    socket.ping();
    deadline = setTimeout(() => {
      // When it is this process that was held up, the answer lies in the socket: let it be read first.
      setImmediate(() => {
        deadline = undefined;
        if (heardAt < askedAt && socket.readyState === WebSocket.OPEN && !isExcused())
          lost(`Asterisk has not answered a ping for ${withinMs} ms`);
      });
    }, withinMs);
  }, everyMs);
  socket.on('pong', alive);
  socket.on('message', alive);
  socket.once('close', () => {
    clearInterval(beat);
    clearTimeout(deadline);
  });
};
