import type { Announcements } from '@cordboard/application';
import {
  type AgentId,
  type AloneNumber,
  type Extension,
  fallbackExtensions,
  type Language,
  whenAlone,
} from '@cordboard/core';

/** A phone, as Asterisk must know it. */
export interface ProvisionedPhone {
  readonly extension: string;
  readonly name: string;
  readonly password: string;
}

/** A trunk, as Asterisk must know it. */
export interface ProvisionedTrunk {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly server?: string;
  readonly registration?: { readonly username: string; readonly password: string };
}

export interface Wanted {
  readonly phones: readonly ProvisionedPhone[];
  readonly trunks: readonly ProvisionedTrunk[];
  /** Who is rung by the dialplan alone, while nobody controls calls. */
  readonly fallback: readonly string[];
  /** What the dialplan does then with calls to each number. */
  readonly alone: readonly AloneNumber[];
  /** Of what the dialplan says by itself then: that of the first number. */
  readonly language?: Language;
}

export interface ProvisionerParts {
  readonly announcements: Announcements;
  readonly kept: () => Promise<Pick<Wanted, 'phones' | 'trunks'>>;
  readonly push: (wanted: Wanted) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
  readonly onPushed: (wanted: Wanted) => void;
}

const firstRetryMs = 2000;
/** What Asterisk refuses for good is not tried all night at the same pace. */
const longestRetryMs = 60_000;

/**
 * Keeps Asterisk's phones and trunks as the administrator wants them. One push at a time; whatever changes meanwhile is
 * pushed after it; what failed is tried again. Asterisk keeps what it was told, so a database that is away harms nobody.
 */
export class Provisioner {
  readonly #parts: ProvisionerParts;
  #asked = false;
  #busy = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(parts: ProvisionerParts) {
    this.#parts = parts;
  }

  /** Something changed, or a fresh Asterisk is there. */
  ask(): void {
    this.#asked = true;
    if (!this.#busy && !this.#stopped) void this.#work();
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
        const wanted = { ...(await this.#parts.kept()), ...(await this.#whenAlone()) };
        await this.#parts.push(wanted);
        this.#parts.onPushed(wanted);
        this.#failures = 0;
      } catch (error) {
        this.#parts.onFailure(error);
        const retryMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
        this.#failures += 1;
        this.#retry = setTimeout(() => this.ask(), retryMs);
        break;
      }
    }
    this.#busy = false;
  }

  /** What Asterisk does by itself, while nobody controls calls. */
  async #whenAlone(): Promise<Pick<Wanted, 'fallback' | 'alone' | 'language'>> {
    const [policy, directory] = await Promise.all([
      this.#parts.announcements.policy(),
      this.#parts.announcements.directory(),
    ]);
    if (policy === undefined || directory === undefined) return { fallback: [], alone: [] };
    const phoneOf = new Map<AgentId, Extension>(directory.agents.map(({ id, extension }) => [id, extension]));
    const [first] = policy.numbers;
    return {
      fallback: fallbackExtensions(policy, phoneOf),
      alone: whenAlone(policy, phoneOf),
      ...(first === undefined ? {} : { language: first.language }),
    };
  }
}
