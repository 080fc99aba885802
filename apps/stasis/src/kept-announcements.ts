import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Announcements } from '@cordboard/application';
import type { Directory, Policy } from '@cordboard/core';
import { RedisUnavailable } from '@cordboard/redis';

/** Versions that calls may still go by. */
const policiesKept = 20;

/**
 * The rules and the people, kept in files too: where Redis is away, or has lost them, those last announced still hold. Who
 * takes up calls then goes by them.
 *
 * @param onUnkept told that a document could not be written; it is tried again with the next
 */
export const keepAnnouncements = (
  announcements: Announcements,
  folder: string,
  onUnkept: (error: unknown) => void,
): Announcements => {
  const file = (name: string): string => join(folder, `${name}.json`);

  /** One file after another: the same document may be asked for twice at once. */
  let writing: Promise<void> = Promise.resolve();
  const keep = (name: string, document: unknown): Promise<void> => {
    writing = writing.then(() => write(name, document));
    return writing;
  };
  const write = async (name: string, document: unknown): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Renamed when it is whole: whoever is killed meanwhile leaves the old one.
      await writeFile(`${file(name)}.new`, JSON.stringify(document), { mode: 0o600 });
      await rename(`${file(name)}.new`, file(name));
    } catch (error) {
      onUnkept(error);
    }
  };
  const kept = async <Document>(name: string): Promise<Document | undefined> => {
    try {
      return JSON.parse(await readFile(file(name), 'utf8')) as Document;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onUnkept(error);
      return undefined;
    }
  };
  const forgetOldPolicies = async (): Promise<void> => {
    const names = await readdir(folder);
    const versions = names.flatMap((name) => /^policy-(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
    for (const version of versions.sort((a, b) => b - a).slice(policiesKept))
      await rm(file(`policy-${version}`), { force: true });
  };

  /** @throws RedisUnavailable when nothing has been kept either */
  const either = async <Document>(
    name: string,
    ask: () => Promise<Document | undefined>,
  ): Promise<Document | undefined> => {
    let away: RedisUnavailable | undefined;
    try {
      const announced = await ask();
      if (announced !== undefined) return announced;
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      away = error;
    }
    const document = await kept<Document>(name);
    if (document === undefined && away !== undefined) throw away;
    return document;
  };

  return {
    async policy() {
      const policy = await either<Policy>('policy', () => announcements.policy());
      if (policy === undefined) return undefined;
      await keep('policy', policy);
      await keep(`policy-${policy.version}`, policy);
      await forgetOldPolicies().catch(onUnkept);
      return policy;
    },
    policyOf: (version) => either<Policy>(`policy-${version}`, () => announcements.policyOf(version)),
    async directory() {
      const directory = await either<Directory>('directory', () => announcements.directory());
      if (directory !== undefined) await keep('directory', directory);
      return directory;
    },
    onChange: (listener) => announcements.onChange(listener),
  };
};
