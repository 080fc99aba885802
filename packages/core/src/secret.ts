/** What a caller keyed in that nobody may read: written as null wherever state is written, and shown as {@link mask}. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** For the one system that it is meant for. */
  reveal(): string {
    return this.#value;
  }

  toJSON(): null {
    return null;
  }
}

/** What stands for a secret wherever people read. */
export const mask = '••••';
