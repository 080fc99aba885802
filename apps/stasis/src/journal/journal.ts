import { type FileHandle, mkdir, open } from 'node:fs/promises';
import type { Journal, JournalEntry } from '@cordboard/application';
import { lineOf } from './line.ts';
import { bytesIn, entriesIn, removeSegments, segmentFile, segmentsIn } from './segments.ts';

export interface JournalOptions {
  /** Its own; made when it is not there. */
  readonly folder: string;
  readonly observer: JournalObserver;
  /** A file is followed by the next when it has grown to this. */
  readonly segmentBytes?: number;
  /** No more than this is kept on disk. */
  readonly mostBytes?: number;
}

export interface JournalObserver {
  /** So many bytes are on disk. */
  holds(bytes: number): void;
  /** It cannot be written, told once; changes are in memory alone meanwhile. */
  failed(error: Error): void;
  /** It can be written again. */
  resumed(): void;
  /** A file ends in a line that was not written to its end: what lies behind is left out. */
  torn(where: { readonly file: string; readonly line: number }): void;
}

/** What a power failure may cost; a process that is killed loses nothing that the kernel has taken. */
const syncEveryMs = 200;
const probeEveryMs = 5000;

/**
 * The journal on disk: files of lines with a checksum each. Written in batches, in order, while nobody waits; flushed to the
 * disk itself every 200 ms while there is something to flush. What cannot be written is given up until it is begun anew.
 */
export const openJournal = async ({
  folder,
  observer,
  segmentBytes = 16 * 2 ** 20,
  mostBytes = 512 * 2 ** 20,
}: JournalOptions): Promise<Journal & { probe(): Promise<void>; close(): Promise<void> }> => {
  let isWhole = false;
  let isFailing = false;
  /** What is written next, as one. */
  let batch: JournalEntry[] | undefined;
  let work: Promise<void> = Promise.resolve();
  let file: FileHandle | undefined;
  let bytesInFile = 0;
  let bytes = 0;
  let number = 0;
  let syncing: NodeJS.Timeout | undefined;

  /** One thing after another; what goes wrong is told, once, and what follows is tried all the same. */
  const next = (act: () => Promise<void>): Promise<void> => {
    work = work.then(act).catch(fail);
    return work;
  };
  const fail = async (error: unknown): Promise<void> => {
    giveUp();
    if (!isFailing) observer.failed(error as Error);
    isFailing = true;
    await leaveFile();
  };
  const giveUp = (): void => {
    isWhole = false;
    batch?.splice(0);
    batch = undefined;
  };
  const works = (): void => {
    if (isFailing) observer.resumed();
    isFailing = false;
  };

  const leaveFile = async (): Promise<void> => {
    clearTimeout(syncing);
    syncing = undefined;
    const left = file;
    file = undefined;
    await left?.close().catch(() => undefined); // It has been told already that the disk does not take it.
  };
  const newFile = async (): Promise<FileHandle> => {
    await leaveFile();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    number = Math.max(number, ...(await segmentsIn(folder))) + 1;
    file = await open(segmentFile(folder, number), 'ax', 0o600);
    bytesInFile = 0;
    return file;
  };

  /** When what is instead of them is on the disk itself. */
  const forgetEarlier = async (): Promise<void> => {
    if (file === undefined) return;
    await file.datasync();
    await removeSegments(
      folder,
      (await segmentsIn(folder)).filter((segment) => segment < number),
    );
    bytes = bytesInFile;
    observer.holds(bytes);
  };

  const syncSoon = (): void => {
    syncing ??= setTimeout(() => {
      syncing = undefined;
      void next(async () => file?.datasync());
    }, syncEveryMs);
  };

  const write = async (entries: readonly JournalEntry[]): Promise<void> => {
    if (entries.length === 0) return;
    const text = entries.map(lineOf).join('');
    const length = Buffer.byteLength(text);
    if (bytes + length > mostBytes) throw new JournalFull(mostBytes);
    const to = file === undefined || bytesInFile >= segmentBytes ? await newFile() : file;
    await to.appendFile(text);
    bytesInFile += length;
    bytes += length;
    observer.holds(bytes);
    works();
    syncSoon();
  };
  const writeSoon = (entries: readonly JournalEntry[]): void => {
    if (batch === undefined) {
      const mine: JournalEntry[] = [];
      batch = mine;
      void next(() => {
        if (batch === mine) batch = undefined;
        return write(mine);
      });
    }
    for (const entry of entries) batch.push(entry);
  };

  await next(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    bytes = await bytesIn(folder, await segmentsIn(folder));
    observer.holds(bytes);
  });

  const journal = {
    get isWhole() {
      return isWhole;
    },
    begin(entries: readonly JournalEntry[], place = 'behind') {
      giveUp();
      isWhole = true;
      // A file of its own, so that what a failure has left half written spoils nothing behind it.
      void next(leaveFile);
      writeSoon(entries);
      if (place === 'instead') void next(forgetEarlier);
    },
    append(entry: JournalEntry) {
      if (isWhole) writeSoon([entry]);
    },
    async *read() {
      let segments: readonly number[] = [];
      await next(async () => {
        segments = await segmentsIn(folder);
      });
      for (const segment of segments) yield* entriesIn(segmentFile(folder, segment), observer.torn);
    },
    clear() {
      giveUp();
      void next(async () => {
        await leaveFile();
        await removeSegments(folder, await segmentsIn(folder));
        bytes = 0;
        observer.holds(0);
      });
    },
    /** Whether it could be written if it had to be: nobody should learn that only then. */
    probe: () =>
      next(async () => {
        if (file !== undefined) return;
        await (await newFile()).appendFile('probe'.padEnd(4096, ' '));
        await leaveFile();
        await removeSegments(folder, [number]);
        works();
      }),
    async close() {
      clearInterval(probing);
      await work;
      await next(async () => file?.datasync());
      await leaveFile();
    },
  };
  const probing = setInterval(() => void journal.probe(), probeEveryMs);
  probing.unref();
  return journal;
};

/** So much is kept, and no more. */
class JournalFull extends Error {
  override readonly name = 'JournalFull';

  constructor(mostBytes: number) {
    super(`The journal holds ${Math.round(mostBytes / 2 ** 20)} MiB, which is all it may: bring Redis back.`);
  }
}
