import { setTimeout as pause } from 'node:timers/promises';
import { type ControlReply, ControlRequest, controlRequestTimeoutMs } from '@cordboard/contracts';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { anotherConnection, blockingRead, blockMs, untilReady } from '../connection.ts';
import { keys } from '../keys.ts';
import { RedisUnavailable, together } from '../unavailable.ts';

type Result = ControlReply['result'];
/** Does what is asked, or says why not. What it throws is answered as `internal-error`. */
export type ControlHandler = (ask: ControlRequest['ask'], by: string) => Result | Promise<Result>;

export interface ServeControlOptions {
  /** Told of what the handler threw, and of requests that could not be read or answered. */
  readonly onError?: (error: Error) => void;
}

const refusedPauseMs = 100;

/**
 * Serves what people ask of call control: each request once, in order of arrival, without waiting for the one before.
 * A request older than `controlRequestTimeoutMs` is passed over, since nobody waits for its answer.
 *
 * @returns how to stop: takes no more requests, and resolves when those taken have been answered.
 */
export const serveControl = async (
  redis: Redis,
  handler: ControlHandler,
  { onError }: ServeControlOptions = {},
): Promise<() => Promise<void>> => {
  const stopping = new AbortController();
  const taker = anotherConnection(redis, 'control');
  const underWay = new Set<Promise<void>>();

  const serve = async (text: string): Promise<void> => {
    try {
      const served = await serveOne(text, handler, onError);
      if (served !== undefined) await answer(redis, served);
    } catch (error) {
      onError?.(error as Error);
    }
  };

  const takeAll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await untilReady(taker, stopping.signal);
        const taken = await blockingRead(taker, taker.brpop(keys.control, blockMs / 1000));
        if (taken === null) continue;
        const serving: Promise<void> = serve(taken[1]).finally(() => underWay.delete(serving));
        underWay.add(serving);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (!(error instanceof RedisUnavailable)) onError?.(error as Error);
        await pause(refusedPauseMs);
      }
    }
  };

  const taking = takeAll();
  return async () => {
    stopping.abort();
    taker.disconnect();
    await taking;
    await Promise.all(underWay);
  };
};

interface Answer {
  readonly replyTo: string;
  readonly reply: ControlReply;
}

const serveOne = async (
  text: string,
  handler: ControlHandler,
  onError: ServeControlOptions['onError'],
): Promise<Answer | undefined> => {
  const asked = parseJson(text);
  const { data: request, error } = ControlRequest.safeParse(asked);
  if (request === undefined) {
    onError?.(error);
    const { data: sender } = Sender.safeParse(asked);
    return sender && answerTo(sender, refusal('malformed-request', z.prettifyError(error)));
  }
  if (Date.now() - request.at > controlRequestTimeoutMs) return undefined;
  try {
    return answerTo(request, await handler(request.ask, request.by));
  } catch (thrown) {
    onError?.(thrown as Error);
    return answerTo(request, refusal('internal-error', 'Call control could not do this; its log says why.'));
  }
};

/** All that is needed to answer a request which says nothing else that we understand. */
const Sender = z.object({ id: z.string(), replyTo: z.string().startsWith(keys.controlReply('')) });

const answerTo = ({ id, replyTo }: z.infer<typeof Sender>, result: Result): Answer => ({
  replyTo,
  reply: { id, result },
});

const refusal = (code: string, detail: string): Result => ({ ok: false, code, detail });

const answer = async (redis: Redis, { replyTo, reply }: Answer): Promise<void> => {
  await together(
    redis
      .multi()
      .rpush(replyTo, JSON.stringify(reply))
      .pexpire(replyTo, 2 * controlRequestTimeoutMs),
  );
};

/** What is not JSON is no request either. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
