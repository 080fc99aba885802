import type { Directory, Policy } from '@cordboard/core';

/** What call control and the API are told of. */
export type Announced = 'policy' | 'directory' | 'provisioning' | 'messages';
export const everything: readonly Announced[] = ['directory', 'policy', 'provisioning', 'messages'];

export interface AnnouncerParts {
  readonly policy: () => Promise<Policy | undefined>;
  readonly directory: () => Promise<Directory>;
  readonly tell: {
    policy(policy: Policy): Promise<void>;
    directory(directory: Directory): Promise<void>;
    provisioning(): Promise<void>;
    messages(): Promise<void>;
  };
  readonly onAnnounced: (what: Announced) => void;
  /** It is tried again. */
  readonly onFailure: (what: Announced, error: unknown) => void;
}

const retryMs = 1000;

/** Tells the rest of the house what the administrator has entered. One thing at a time; what failed is tried again. */
export class Announcer {
  readonly #parts: AnnouncerParts;
  readonly #asked = new Set<Announced>();
  #working: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  ask(...what: readonly Announced[]): void {
    for (const one of what) this.#asked.add(one);
    if (this.#stopped || this.#working !== undefined) return;
    clearTimeout(this.#retry);
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      if (this.#asked.size > 0 && !this.#stopped) this.#retry = setTimeout(() => this.ask(), retryMs);
    });
  }

  /** Resolves when what is being told has been told. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#working;
  }

  async #work(): Promise<void> {
    const failed = new Set<Announced>();
    for (const what of this.#asked) {
      this.#asked.delete(what);
      if (this.#stopped) return;
      try {
        await this.#announce(what);
        this.#parts.onAnnounced(what);
      } catch (error) {
        this.#parts.onFailure(what, error);
        failed.add(what);
      }
    }
    for (const what of failed) this.#asked.add(what);
  }

  async #announce(what: Announced): Promise<void> {
    const { policy, directory, tell } = this.#parts;
    switch (what) {
      case 'policy': {
        const current = await policy();
        if (current !== undefined) await tell.policy(current);
        return;
      }
      case 'directory':
        return tell.directory(await directory());
      case 'provisioning':
        return tell.provisioning();
      case 'messages':
        return tell.messages();
    }
  }
}
