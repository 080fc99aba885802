import { readConfiguration } from '@cordboard/configuration';
import { ensureMedia, ensureRoot } from '@cordboard/embedded';

/**
 * Builds what the real servers are run from, before the first test and once: on a fresh machine that is a matter of
 * minutes, of which no test's own time should be taken.
 */
export const setup = async (): Promise<void> => {
  const { home } = readConfiguration(process.env);
  const report = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  await ensureMedia({ root: await ensureRoot({ home, report }), home, report });
};
