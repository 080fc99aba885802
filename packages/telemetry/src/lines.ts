import pino, { type DestinationStream } from 'pino';

/** So long a line may wait for others; a process that is killed outright loses those that do. */
const togetherMs = 100;
const mostBytes = 8192;
const warning = 40;

/**
 * Lines on standard output, several in one write: a write each would take as much of the processor as all that makes up the
 * line. From warnings on they leave at once, and what is left leaves when the process ends.
 */
export const standardOutput = (): DestinationStream => {
  const out = pino.destination({ dest: 1, sync: false, minLength: mostBytes });
  let isDue = false;
  const leave = (): void => {
    isDue = false;
    out.flush();
  };
  const lines = {
    // By this pino tells a stream the level of the line.
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      out.write(line);
      if (lines.lastLevel >= warning) out.flush();
      if (isDue) return;
      isDue = true;
      setTimeout(leave, togetherMs).unref();
    },
    flushSync: () => out.flushSync(),
  };
  return lines;
};
