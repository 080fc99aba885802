import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommandFailed } from '../command.ts';
import { exists } from '../files.ts';
import { lock } from '../lock.ts';
import type { Report } from '../report.ts';
import type { Root } from '../root/root.ts';
import { StartFailed } from '../start-failed.ts';
import { readPrompts, type SpokenPrompt } from './prompts.ts';
import { renderScript } from './render-script.ts';

/** Sounds and music, ready for Asterisk. */
export interface Media {
  /** Where they lie on the host. */
  readonly path: string;
}

/** With what, and where, the media are made. */
export interface EnsureMediaOptions {
  readonly root: Root;
  /** CORDBOARD_HOME. */
  readonly home: string;
  readonly report: Report;
}

/**
 * The media, rendered when the cache does not hold them: once for each version of the root and of the sentences. Like the
 * root, they get their name when they are complete.
 * @throws StartFailed when a sentence cannot be rendered.
 */
export const ensureMedia = async ({ root, home, report }: EnsureMediaOptions): Promise<Media> => {
  const prompts = await readPrompts();
  const path = join(home, 'media', mediaHash(root, prompts));
  if (!(await exists(path))) {
    const held = await lock(join(home, 'media', '.lock'));
    try {
      if (!(await exists(path))) await render(path, root, prompts, report);
    } finally {
      await held.release();
    }
  }
  return { path };
};

const mediaHash = (root: Root, prompts: readonly SpokenPrompt[]): string =>
  createHash('sha256')
    .update(JSON.stringify([basename(root.path), prompts, renderScript]))
    .digest('hex')
    .slice(0, 16);

const render = async (path: string, root: Root, prompts: readonly SpokenPrompt[], report: Report): Promise<void> => {
  const folder = join(path, '..');
  for (const name of await readdir(folder))
    if (name.includes('.partial-')) await rm(join(folder, name), { recursive: true });
  const partial = `${path}.partial-${process.pid}`;
  await mkdir(partial);
  report('rendering prompts and music');
  const input = prompts.map(({ language, name, sentence }) => `${language}\t${name}\t${sentence}\n`).join('');
  try {
    await root.run('sh', ['-c', renderScript], { folder: partial, input });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    await rm(partial, { recursive: true });
    throw new StartFailed(
      `The prompts could not be rendered (${error.message}): check the free disk space of CORDBOARD_HOME, then start again.`,
    );
  }
  await rename(partial, path);
};
