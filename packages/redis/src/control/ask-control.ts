import { randomUUID } from 'node:crypto';
import { ControlReply, type ControlRequest, controlRequestTimeoutMs } from '@cordboard/contracts';
import type { Redis } from 'ioredis';
import { anotherConnection, whenReady } from '../connection.ts';
import { keys } from '../keys.ts';
import { asking, RedisUnavailable, together } from '../unavailable.ts';

/**
 * Asks call control for something and waits for the answer, `controlRequestTimeoutMs` at most. Without one the result is
 * `call-control-unavailable`: the request is then not obeyed any more either.
 *
 * @param by the user who asks, as the log should name them.
 */
export const askControl = async (
  redis: Redis,
  ask: ControlRequest['ask'],
  by: string,
): Promise<ControlReply['result']> => {
  const id = randomUUID();
  const request: ControlRequest = { id, at: Date.now(), by, replyTo: keys.controlReply(id), ask };
  const listener = anotherConnection(redis, 'control-reply');
  try {
    await together(
      redis
        .multi()
        .lpush(keys.control, JSON.stringify(request))
        .pexpire(keys.control, 2 * controlRequestTimeoutMs),
    );
    return await reply(listener, request);
  } catch (error) {
    if (error instanceof RedisUnavailable) return unavailable(`Redis does not answer: ${error.message}`);
    throw error;
  } finally {
    listener.disconnect();
  }
};

const reply = async (listener: Redis, { replyTo, at }: ControlRequest): Promise<ControlReply['result']> => {
  await whenReady(listener, controlRequestTimeoutMs);
  const leftMs = at + controlRequestTimeoutMs - Date.now();
  const answer = leftMs > 0 ? await asking(listener.blpop(replyTo, leftMs / 1000)) : null;
  return answer === null
    ? unavailable('Call control does not answer. Is apps/stasis running?')
    : ControlReply.parse(JSON.parse(answer[1])).result;
};

const unavailable = (detail: string): ControlReply['result'] => ({
  ok: false,
  code: 'call-control-unavailable',
  detail,
});
