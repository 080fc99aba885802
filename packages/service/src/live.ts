import { ConfigurationError } from '@cordboard/configuration';

/** Longer than this nobody is waited for once the process is to end. */
const endWithinMs = 5000;

/** A process's life, as its parts see it. */
export interface Life {
  /** Aborted when the process is asked to stop; whoever waits for something stops waiting. */
  readonly signal: AbortSignal;
  /** What has to be done at the end. Done in reverse order: what was begun last ends first. */
  atEnd(end: () => unknown): void;
  /** Ends the process in good order, as a signal would. */
  end(): void;
}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Runs a process until SIGTERM or SIGINT, then ends what was begun, and the process with it; a second signal ends it at
 * once. An error that is meant for a person is one sentence on standard error and exit code 1; any other is a defect,
 * and ends the process with its stack.
 *
 * @param forPeople classes of errors, beside a wrong configuration, whose message says what to change.
 */
export const live = (run: (life: Life) => Promise<void>, forPeople: readonly ErrorClass[] = []): void => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ends: (() => unknown)[] = [];
  const running = run({ signal, atEnd: (end) => ends.push(end), end: () => begin() }).catch((error: unknown) => {
    if (signal.aborted) return;
    const isForPeople = [ConfigurationError, ...forPeople].some((kind) => error instanceof kind);
    if (!(isForPeople && error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  const end = async (): Promise<void> => {
    stopping.abort();
    await running;
    for (const each of ends.reverse()) await each();
    process.exit(0);
  };
  const begin = (): void => {
    if (signal.aborted) return;
    setTimeout(() => process.exit(1), endWithinMs).unref();
    void end();
  };
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    process.on(name, () => {
      if (signal.aborted) process.exit(1);
      begin();
    });
};
