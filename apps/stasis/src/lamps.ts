/** How many messages wait for a phone. */
export interface Waiting {
  readonly extension: string;
  readonly unheard: number;
  readonly heard: number;
}

export interface LampsParts {
  /** Of every phone, also of those for which nothing waits. */
  readonly waiting: () => Promise<readonly Waiting[]>;
  readonly show: (waiting: Waiting) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

const retryMs = 2000;

/**
 * Keeps the phones' lamps as the messages are. What a phone shows already is not told again; a fresh Asterisk is told
 * everything. What failed is tried again.
 */
export class Lamps {
  readonly #parts: LampsParts;
  readonly #shown = new Map<string, string>();
  #asked = false;
  #busy = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(parts: LampsParts) {
    this.#parts = parts;
  }

  /** Messages have changed, or phones. */
  ask(): void {
    this.#asked = true;
    if (!this.#busy && !this.#stopped) void this.#work();
  }

  /** Asterisk is there, and may know nothing of what it was told. */
  showAll(): void {
    this.#shown.clear();
    this.ask();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    clearTimeout(this.#retry);
    while (this.#asked && !this.#stopped) {
      this.#asked = false;
      try {
        for (const each of await this.#parts.waiting()) await this.#show(each);
      } catch (error) {
        this.#parts.onFailure(error);
        this.#asked = false;
        this.#retry = setTimeout(() => this.ask(), retryMs);
      }
    }
    this.#busy = false;
  }

  async #show(waiting: Waiting): Promise<void> {
    const state = `${waiting.unheard}/${waiting.heard}`;
    if (this.#shown.get(waiting.extension) === state) return;
    await this.#parts.show(waiting);
    this.#shown.set(waiting.extension, state);
  }
}

/** What each phone's lamp has to show: its own box. */
export const waitingFor = (
  phones: readonly { readonly extension: string }[],
  counts: readonly { readonly box: string; readonly unheard: number; readonly heard: number }[],
): readonly Waiting[] => {
  const byBox = new Map(counts.map((count) => [count.box, count]));
  return phones.map(({ extension }) => {
    const { unheard, heard } = byBox.get(extension) ?? { unheard: 0, heard: 0 };
    return { extension, unheard, heard };
  });
};
