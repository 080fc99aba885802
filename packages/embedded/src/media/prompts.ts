import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../project-folder.ts';

/** A sentence to be spoken. */
export interface SpokenPrompt {
  readonly language: string;
  readonly name: string;
  readonly sentence: string;
}

const promptsFolder = join(projectFolder, 'asterisk-conf', 'prompts');

/**
 * Reads asterisk-conf/prompts: one file a language, each from a prompt's name to its sentence.
 * @throws Error naming the file that holds something else.
 */
export const readPrompts = async (): Promise<readonly SpokenPrompt[]> => {
  const files = (await readdir(promptsFolder)).filter((file) => file.endsWith('.json')).sort();
  const perFile = await Promise.all(
    files.map(async (file) =>
      promptsOf(file.replace(/\.json$/, ''), JSON.parse(await readFile(join(promptsFolder, file), 'utf8')) as unknown),
    ),
  );
  return perFile.flat();
};

/** Names become file names, and a line is a prompt: neither may hold what would break out. */
export const promptsOf = (language: string, content: unknown): readonly SpokenPrompt[] => {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Error(`prompts/${language}.json must map names to sentences`);
  return Object.entries(content).map(([name, sentence]) => {
    if (!/^[a-z0-9-]+$/.test(name) || typeof sentence !== 'string' || /[\t\n]/.test(sentence))
      throw new Error(`prompts/${language}.json: "${name}" must be a plain name with a sentence of one line`);
    return { language, name, sentence };
  });
};
