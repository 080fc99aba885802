import { appendFile, writeFile } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * A log that takes all it is given, so that whoever speaks is never held up: while its disk is full what is said is lost,
 * and what is said afterwards is written again.
 * @param from `anew`: what the file held before is no longer there
 */
export const openLogFile = (file: string, from: 'anew' | 'its-end'): Writable => {
  let write = from === 'anew' ? writeFile : appendFile;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      write(file, chunk, { mode: 0o600 }, (error) => {
        if (error === null) write = appendFile;
        done();
      });
    },
  });
};
