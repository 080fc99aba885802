import pino, { type DestinationStream, type Logger } from 'pino';
import { writeLines } from './line-writer.ts';

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

/** A log of JSON lines, dated in ISO 8601 UTC, with the level in words. */
export const createLogger = ({ name, level = 'info', personalData = 'hidden', to }: LogOptions): Logger =>
  pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      ...(personalData === 'shown' ? {} : { redact: { paths: ['pii', '*.pii'], censor: '[hidden]' } }),
    },
    to ?? standardOutput(),
  );

const standardOutput = (): DestinationStream => {
  const lines = writeLines(process.stdout.fd);
  process.once('exit', () => lines.end());
  return lines;
};
