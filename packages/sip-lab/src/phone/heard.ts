import { renameSync, rmSync } from 'node:fs';
import { join as path } from 'node:path';
import { speakerFile } from '../baresip/config.ts';
import { join, type Recording } from '../sound/recording.ts';
import { readWav } from '../sound/wav.ts';

/** What a user agent has heard, call by call. */
export interface HeardCalls {
  /** To be called when a call's media may have begun: takes the loudspeaker's file away, before it is opened anew. */
  mediaMayHaveBegun(callId: string): void;
  /**
   * All that was heard in a call so far. What has just arrived may be missing for a quarter of a second, as the
   * file is written by the 4 kB; after the call it is complete.
   */
  heard(callId: string): Promise<Recording>;
}

/** Keeps nothing: for phones that take calls all day. What is being played is in a file without a name, gone with the call. */
export const forgetHeard = (folder: string): HeardCalls => ({
  mediaMayHaveBegun: () => rmSync(path(folder, speakerFile), { force: true }),
  heard: () => Promise.resolve(join([])),
});

/** Watches over the recordings in a baresip's folder. */
export const collectHeard = (folder: string): HeardCalls => {
  const files = new Map<string, string[]>();
  let count = 0;
  return {
    mediaMayHaveBegun(callId) {
      const file = path(folder, `heard-${++count}.wav`);
      try {
        renameSync(path(folder, speakerFile), file);
      } catch (error) {
        // Nothing new is being played: the call goes on in the file it has.
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
        throw error;
      }
      files.set(callId, [...(files.get(callId) ?? []), file]);
    },
    heard: async (callId) => join(await Promise.all((files.get(callId) ?? []).map((file) => readWav(file)))),
  };
};
