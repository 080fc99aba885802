import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Configuration, Environment } from '@cordboard/configuration';
import { askForPassword } from '@cordboard/embedded';
import { endings } from './endings.ts';

/** In the environment of the process that sudo runs for us. */
const marker = 'CORDBOARD_ELEVATED';

/** The embedded servers take root's right to mount. */
export const needsElevation = ({ databaseUrl, redisUrl, ari }: Configuration): boolean =>
  [databaseUrl, redisUrl, ari].includes(undefined) && process.getuid?.() !== 0;

const main = fileURLToPath(new URL(`./main${import.meta.url.slice(-3)}`, import.meta.url));

/**
 * Runs this very command once more, by sudo: the password is asked for once, now, whenever a server has to be started
 * again. It acts as us all the same (see `becomeInvoker`). Since we may not signal what sudo runs, it is told through its
 * standard input how to end, and ends when that does.
 * @returns its exit code.
 * @throws StartFailed when sudo refuses.
 */
export const throughSudo = async (environment: Environment): Promise<number> => {
  await askForPassword();
  // Said by `env`: many a sudo sets these two itself, whatever it is told to preserve.
  const said = ['HOME', 'PATH'].map((name) => `${name}=${environment[name] ?? ''}`);
  const child = spawn(
    'sudo',
    [
      ...['--preserve-env', '--', 'env', `${marker}=1`, ...said],
      ...[process.execPath, ...process.execArgv, main, ...process.argv.slice(2)],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  // It may end before it has read all that it was told.
  child.stdin.on('error', () => undefined);
  for (const signal of endings) process.on(signal, () => child.stdin.write(`${signal}\n`));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
};

/** Where sudo runs us for somebody, all that we do is theirs; what root alone may do is asked for where it is done. */
export const becomeInvoker = (environment: Environment): void => {
  if (!isElevated(environment)) return;
  const [uid, gid] = [Number(environment.SUDO_UID), Number(environment.SUDO_GID)];
  if (!(Number.isInteger(uid) && Number.isInteger(gid))) throw new TypeError('sudo does not say for whom it runs us');
  process.setgroups?.([gid]);
  process.setegid?.(gid);
  process.seteuid?.(uid);
};

/** Where somebody runs us through sudo: they ask for our end by a line on standard input, or by ending themselves. */
export const onEndAsked = (environment: Environment, end: () => void): void => {
  if (isElevated(environment)) createInterface({ input: process.stdin }).on('line', end).on('close', end);
};

const isElevated = (environment: Environment): boolean => environment[marker] !== undefined && process.getuid?.() === 0;
