import pino, { type LoggerOptions } from 'pino';
import { Repeats } from './repeats.ts';

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

const { warn = 40, fatal = 60 } = pino.levels.values;

/** For pino's `logMethod`, see {@link Repeats}. What is left out is not even put into words: that is what costs. */
export const fewOfAKind = (): LogMethod => {
  const repeats = new Repeats();
  return function (args, write, level) {
    const sentence: unknown = args.find((arg: unknown) => typeof arg === 'string');
    if (level < warn || level >= fatal || typeof sentence !== 'string') {
      write.apply(this, args);
      return;
    }
    const tell = (leftOut: number): void => {
      if (leftOut > 0) write.apply(this, [{ like: sentence, leftOut }, `${sentence} (${leftOut} more)`]);
    };
    const { isWritten, before, askAfterMs } = repeats.take(sentence, performance.now());
    tell(before);
    if (isWritten) write.apply(this, args);
    if (askAfterMs !== undefined)
      setTimeout(() => tell(repeats.leftOut(sentence, performance.now())), Math.ceil(askAfterMs) + 1).unref();
  };
};
