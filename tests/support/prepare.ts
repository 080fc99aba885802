import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readConfiguration } from '@cordboard/configuration';
import { ensureMedia, ensureRoot } from '@cordboard/embedded';
import { projectFolder } from '../../apps/cli/src/project-folder.ts';

const applications = ['stasis', 'api', 'worker', 'cli'].map((name) => `apps/${name}`);

/**
 * Builds what the real servers are run from, before the first test and once: on a fresh machine that is a matter of
 * minutes, of which no test's own time should be taken. The applications, too, are run as they are built: what has not
 * changed since costs a second.
 */
export const setup = async (): Promise<void> => {
  await promisify(execFile)('npx', ['tsc', '-b', ...applications], { cwd: projectFolder }).catch(
    (error: { stdout?: string }) => {
      throw new Error(`The applications cannot be built:\n${error.stdout}`, { cause: error });
    },
  );
  const { home } = readConfiguration(process.env);
  const report = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  await ensureMedia({ root: await ensureRoot({ home, report }), home, report });
};
