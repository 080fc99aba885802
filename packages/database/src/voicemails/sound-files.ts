import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingId } from '@cordboard/core';

/** The sounds of the messages: one WAV file each, named after the message. */
export interface SoundFiles {
  /** Written whole or not at all, and on the disk when this resolves. @returns the file's name */
  write(id: RecordingId, sound: Uint8Array): Promise<string>;
  /** @returns undefined when there is none */
  read(id: RecordingId): Promise<Uint8Array | undefined>;
  /** Where it lies; undefined when there is none. */
  find(id: RecordingId): Promise<string | undefined>;
  /** What is not there is erased already. */
  erase(id: RecordingId): Promise<void>;
}

/** @param dataFolder all that this installation keeps */
export const createSoundFiles = (dataFolder: string): SoundFiles => {
  const folder = join(dataFolder, 'voicemail');
  const pathOf = (id: RecordingId): string => join(folder, fileOf(id));
  return {
    async write(id, sound) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = pathOf(id);
      const partial = `${path}.partial`;
      const file = await open(partial, 'w', 0o600);
      try {
        await file.writeFile(sound);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
      return fileOf(id);
    },
    read: (id) => unlessMissing(readFile(pathOf(id))),
    find: async (id) => ((await unlessMissing(stat(pathOf(id)))) === undefined ? undefined : pathOf(id)),
    erase: (id) => rm(pathOf(id), { force: true }),
  };
};

/** @throws RangeError for a name that is more than a name: a path upwards. */
const fileOf = (id: RecordingId): string => {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id)) throw new RangeError(`${JSON.stringify(id)} is no message's name`);
  return `${id}.wav`;
};

const unlessMissing = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
