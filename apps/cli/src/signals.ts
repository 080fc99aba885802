import type { Environment } from '@cordboard/configuration';
import { onEndAsked } from './elevation.ts';
import { endings } from './endings.ts';

/** A person who presses Ctrl-C once may be counted twice: the terminal tells us, and so does npm, which stands between. */
const sameMs = 700;

/**
 * Ends in good order at the first Ctrl-C, SIGTERM or closed terminal; at once at the second. Children of ours are told by
 * the kernel when we are gone.
 */
export const onEnd = (environment: Environment, orderly: () => Promise<void>): void => {
  let firstAt: number | undefined;
  const end = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      void orderly().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    } else if (Date.now() - firstAt > sameMs) {
      process.exit(1);
    }
  };
  for (const signal of endings) process.on(signal, end);
  onEndAsked(environment, end);
};
