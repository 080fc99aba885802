import type { Agent } from '../agent/agent.ts';
import type { AgentId, Extension } from '../ids.ts';
import type { Directory } from './event.ts';

/** Who sits where: at the phone that the directory gives them, or, until they sign out, at another they signed in from. */
export class Seats {
  readonly #homes = new Map<Extension, AgentId>();
  readonly #at = new Map<Extension, AgentId>();

  /** Whoever sits away from home goes on sitting there. */
  renew(agents: Directory['agents'], known: ReadonlyMap<AgentId, Agent>): void {
    this.#homes.clear();
    this.#at.clear();
    for (const { id, extension } of agents) {
      this.#homes.set(extension, id);
      if (known.get(id)?.seat === undefined) this.#at.set(extension, id);
    }
    for (const { id } of agents) {
      const seat = known.get(id)?.seat;
      if (seat !== undefined) this.#at.set(seat, id);
    }
  }

  at(extension: Extension): AgentId | undefined {
    return this.#at.get(extension);
  }

  /** Whose phone the directory says it is. */
  homeOf(extension: Extension): AgentId | undefined {
    return this.#homes.get(extension);
  }

  /** The phone that the directory gives an agent. */
  home(agent: AgentId): Extension | undefined {
    for (const [extension, id] of this.#homes) if (id === agent) return extension;
    return undefined;
  }

  /** Sits down at another phone, or at home again. */
  move({ id, extension }: Agent, to: Extension): void {
    if (this.#at.get(extension) === id) this.#at.delete(extension);
    this.#at.set(to, id);
    const owner = this.#homes.get(extension);
    if (owner !== undefined && owner !== id && !this.#at.has(extension)) this.#at.set(extension, owner);
  }
}
