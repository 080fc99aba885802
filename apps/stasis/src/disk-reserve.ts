import { randomFillSync } from 'node:crypto';
import { mkdir, open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

const mega = 1024 * 1024;
/** Half an hour of messages, or what PostgreSQL takes at once, and as much again. */
const usualBytes = 32 * mega;
/** Asterisk writes a message every 2 s, and ends it when that fails: hardly one meets a disk that is full and not yet relieved. */
const lookEveryMs = 5;
/** No disk loses so much between two looks as seldom as this. */
const amplyFree = 2048 * mega;
const lookSeldomMs = 100;
/** After a failure, and before room is taken again: neither is done, nor told, with each look. */
const usualAgainInMs = 5000;

export interface ReserveObserver {
  /** How much is free for others. */
  free(bytes: number): void;
  /** The disk is full: the reserve has been given up. */
  givenUp(): void;
  /** There is room again, and the reserve is held. */
  held(): void;
  /** It cannot be looked after, for another reason than a full disk. */
  failed(error: unknown): void;
}

export interface ReserveOptions {
  /** Of the reserve, on the disk that may become full. */
  readonly file: string;
  readonly observer: ReserveObserver;
  readonly bytes?: number;
  /** What is free on the disk, in bytes. */
  readonly freeBytes?: () => Promise<number>;
  /** How long it is left alone after a failure, and before room is taken again. */
  readonly againInMs?: number;
}

/**
 * Room on the disk that nobody uses. When the disk is full it is given up, so that messages, records and the journal that
 * are under way can be written to their end, and whoever keeps the service running is told while there is time.
 */
export class DiskReserve {
  readonly #file: string;
  readonly #bytes: number;
  readonly #observer: ReserveObserver;
  readonly #freeBytes: () => Promise<number>;
  readonly #againInMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #everyMs = lookEveryMs;
  #isStopped = false;
  #state: 'unknown' | 'held' | 'given-up' = 'unknown';
  #restsUntil = 0;
  #looking: Promise<void> | undefined;

  /** Looks from now on, the more often the less is free. */
  constructor({
    file,
    observer,
    bytes = usualBytes,
    freeBytes = () => freeIn(dirname(file)),
    againInMs = usualAgainInMs,
  }: ReserveOptions) {
    this.#againInMs = againInMs;
    this.#file = file;
    this.#bytes = bytes;
    this.#observer = observer;
    this.#freeBytes = freeBytes;
    this.#lookLater();
  }

  #lookLater(): void {
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.look().then(() => this.#lookLater()), this.#everyMs);
  }

  /** Looks once, unless it is looking already. Never rejects: what failed is reported. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => {
        if (this.#isResting) return;
        this.#rest();
        this.#observer.failed(error);
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  /** The reserve stays for the next process. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const free = await this.#freeBytes();
    this.#observer.free(free);
    this.#everyMs = free > amplyFree ? lookSeldomMs : lookEveryMs;
    if (this.#state === 'held') {
      if (free < this.#bytes / 8) await this.#giveUp();
    } else if (!this.#isResting) {
      if (await this.#isThere()) this.#hold();
      else if (free > 2 * this.#bytes) await this.#make();
      else if (this.#state === 'unknown') await this.#giveUp();
    }
  }

  get #isResting(): boolean {
    return performance.now() < this.#restsUntil;
  }

  #rest(): void {
    this.#restsUntil = performance.now() + this.#againInMs;
  }

  async #giveUp(): Promise<void> {
    await rm(this.#file, { force: true });
    this.#rest();
    if (this.#state === 'given-up') return;
    this.#state = 'given-up';
    this.#observer.givenUp();
  }

  #hold(): void {
    this.#state = 'held';
    this.#observer.held();
  }

  async #isThere(): Promise<boolean> {
    try {
      return (await stat(this.#file)).size >= this.#bytes;
    } catch (error) {
      if (isNamed(error, 'ENOENT')) return false;
      throw error;
    }
  }

  async #make(): Promise<void> {
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await write(this.#file, this.#bytes);
      this.#hold();
    } catch (error) {
      if (!isNamed(error, 'ENOSPC', 'EDQUOT')) throw error;
      // It became full meanwhile.
      await this.#giveUp();
    }
  }
}

const isNamed = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

const freeIn = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Noise, which no file system makes smaller. */
const write = async (file: string, bytes: number): Promise<void> => {
  const noise = randomFillSync(new Uint8Array(Math.min(mega, bytes)));
  const handle = await open(file, 'w', 0o600);
  try {
    for (let written = 0; written < bytes; written += noise.length) await handle.writeFile(noise);
  } finally {
    await handle.close();
  }
};
