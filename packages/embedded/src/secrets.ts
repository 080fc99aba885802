import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from './files.ts';
import { StartFailed } from './start-failed.ts';

/** The passwords between our own servers. They are made once for each folder and never leave it. */
export interface Secrets {
  readonly redis: string;
  readonly postgres: string;
  readonly ari: string;
}

const names = ['redis', 'postgres', 'ari'] as const satisfies readonly (keyof Secrets)[];

/**
 * The secrets of a folder, made at the first time.
 * @throws StartFailed when the file holds something else.
 */
export const ensureSecrets = async (folder: string): Promise<Secrets> => {
  const file = join(folder, 'secrets.json');
  if (await exists(file)) return readSecrets(file);
  const made = { redis: newSecret(), postgres: newSecret(), ari: newSecret() };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.partial`, JSON.stringify(made, undefined, 2), { mode: 0o600 });
  await rename(`${file}.partial`, file);
  return made;
};

/** 192 bits, in letters that need no quoting in a URL or a configuration file. */
const newSecret = (): string => randomBytes(24).toString('base64url');

const readSecrets = async (file: string): Promise<Secrets> => {
  const text = await readFile(file, 'utf8');
  const secrets = parseSecrets(text);
  if (secrets === undefined)
    throw new StartFailed(`${file} is damaged: restore it, or set CORDBOARD_HOME to a fresh folder.`);
  return secrets;
};

/** The secrets that a file's text holds; undefined when it holds anything else. */
export const parseSecrets = (text: string): Secrets | undefined => {
  try {
    const content: unknown = JSON.parse(text);
    return isSecrets(content) ? content : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};

const isSecrets = (content: unknown): content is Secrets =>
  typeof content === 'object' &&
  content !== null &&
  names.every((name) => {
    const value: unknown = Reflect.get(content, name);
    return typeof value === 'string' && /^[\w-]{16,}$/.test(value);
  });
