import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { Repeats } from './repeats.ts';

export type { Logger } from 'pino';

/** How a process writes its log. */
export interface LogOptions {
  /** The process: `stasis`, `api`, `worker`. */
  readonly name: string;
  /** The least that is worth a line; `info` when not given. */
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /**
   * What becomes of people's numbers, names and digits. A log line is a fixed sentence and its facts; what belongs to a
   * person goes under `pii` and nowhere else, so that one rule covers all of it. Hidden unless said otherwise.
   */
  readonly personalData?: 'hidden' | 'shown';
  /** Standard output when not given. */
  readonly to?: DestinationStream;
}

/**
 * A log of JSON lines, dated in ISO 8601 UTC, with the level in words. Of warnings and errors with the same sentence five are
 * written in a second, and then one line that says how many more there were.
 */
export const createLogger = ({ name, level = 'info', personalData = 'hidden', to }: LogOptions): Logger =>
  pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { logMethod: fewOfAKind() },
      ...(personalData === 'shown' ? {} : { redact: { paths: ['pii', '*.pii'], censor: '[hidden]' } }),
    },
    to ?? pino.destination({ dest: 1, sync: false }),
  );

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

const { warn = 40, fatal = 60 } = pino.levels.values;

/** What is left out is not even put into words: that is what costs. */
const fewOfAKind = (): LogMethod => {
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
