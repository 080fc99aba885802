import { type ChainableCommander, ReplyError } from 'ioredis';

/** Redis cannot be reached, or cannot serve now. Whether a command under way was carried out is not known. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}

/** Replies by which a Redis that is there says that it cannot serve: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const notNow = /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|MISCONF|OOM|NOREPLICAS|TRYAGAIN)\b/;

/** The error in our words: `RedisUnavailable` unless Redis itself answered that the command was wrong. */
export const inOurWords = (error: unknown): Error => {
  if (error instanceof RedisUnavailable) return error;
  const { message } = error as Error;
  return error instanceof ReplyError && !notNow.test(message)
    ? (error as Error)
    : new RedisUnavailable(`Redis cannot serve now: ${message}`, { cause: error });
};

/** @throws RedisUnavailable where ioredis would tell of its sockets and queues. */
export const asking = async <T>(request: Promise<T>): Promise<T> => {
  try {
    return await request;
  } catch (error) {
    throw inOurWords(error);
  }
};

/** Carries out a MULTI or a pipeline. @throws as `asking`, when any of its commands fails. */
export const together = async (commands: ChainableCommander): Promise<readonly unknown[]> => {
  const results = (await asking(commands.exec())) ?? [];
  return results.map(([error, result]) => {
    if (error !== null) throw inOurWords(error);
    return result;
  });
};
