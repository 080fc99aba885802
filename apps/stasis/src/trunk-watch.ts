import type { CallControl } from '@cordboard/application';
import { askRegistration, type ProbedTrunk, type Registration } from '@cordboard/trunk-probe';
import type { ProvisionedTrunk } from './provisioner.ts';

/** Whether a wrong password is known within half a minute hangs on this, and on how often carriers are asked. */
const askEveryMs = 15_000;
/**
 * Asterisk registers when it has been told of a trunk, after up to ten seconds by chance (`max_random_initial_delay`);
 * until it has, no carrier knows of a registration. Whoever has set a trunk up waits for it at a page.
 */
const registersWithinMs = 12_000;
const askMeanwhileEveryMs = 1500;

/** What Asterisk does not tell anybody over ARI: how carriers stand with our registrations. They are asked themselves. */
export class TrunkWatch {
  readonly #control: Pick<CallControl, 'trunkReported'>;
  readonly #ask: (trunk: ProbedTrunk) => Promise<Registration>;
  readonly #onError: (error: unknown) => void;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #trunks = new Map<string, ProvisionedTrunk>();

  constructor(
    control: Pick<CallControl, 'trunkReported'>,
    onError: (error: unknown) => void,
    ask: (trunk: ProbedTrunk) => Promise<Registration> = askRegistration,
  ) {
    this.#control = control;
    this.#onError = onError;
    this.#ask = ask;
  }

  /** Asterisk has been told of these. */
  pushed(trunks: readonly ProvisionedTrunk[]): void {
    const before = this.#trunks;
    // What has not changed is still the one that is asked for.
    this.#trunks = new Map(
      trunks.map((trunk) => {
        const known = before.get(trunk.id);
        return [trunk.id, known !== undefined && isSame(known, trunk) ? known : trunk];
      }),
    );
    for (const id of before.keys())
      if (!this.#trunks.has(id)) {
        this.#stop(id);
        this.#control.trunkReported(id, { of: 'trunk', is: 'removed' });
      }
    for (const trunk of this.#trunks.values()) {
      const known = before.get(trunk.id);
      if (known === trunk) continue;
      if (known !== undefined) this.#control.trunkReported(trunk.id, { of: 'trunk', is: 'changed' });
      this.#stop(trunk.id);
      this.#askIn(trunk, askMeanwhileEveryMs, 0);
    }
  }

  stop(): void {
    for (const id of [...this.#timers.keys()]) this.#stop(id);
  }

  #stop(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** @param knownForMs how long Asterisk has known of it */
  #askIn(trunk: ProvisionedTrunk, ms: number, knownForMs: number): void {
    const { server, registration } = trunk;
    if (server === undefined || registration === undefined) return;
    this.#timers.set(
      trunk.id,
      setTimeout(() => void this.#askNow(trunk, { server, registration }, knownForMs + ms), ms),
    );
  }

  async #askNow(trunk: ProvisionedTrunk, probed: ProbedTrunk, knownForMs: number): Promise<void> {
    let isComing = false;
    try {
      const answer = await this.#ask(probed);
      isComing = answer.is === 'unregistered' && knownForMs < registersWithinMs;
      // Who has been changed or removed meanwhile is another one now.
      if (this.#trunks.get(trunk.id) !== trunk) return;
      // Whether anybody is there at all, Asterisk finds out.
      if (answer.is === 'rejected') this.#control.trunkReported(trunk.id, { of: 'registration', ...answer });
      else if (answer.is !== 'no-answer') this.#control.trunkReported(trunk.id, { of: 'registration', is: answer.is });
    } catch (error) {
      this.#onError(error);
    }
    if (this.#trunks.get(trunk.id) === trunk)
      this.#askIn(trunk, isComing ? askMeanwhileEveryMs : askEveryMs, knownForMs);
  }
}

const isSame = (one: ProvisionedTrunk, other: ProvisionedTrunk): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
