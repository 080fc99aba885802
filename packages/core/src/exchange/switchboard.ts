import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../time.ts';
import type { SwitchState } from './switch.ts';

/** How the policy's switches stand. They are turned by people and by nothing else, and outlive every version of the policy. */
export class Switchboard {
  readonly #switches = new Map<string, SwitchState>();

  get all(): readonly SwitchState[] {
    return [...this.#switches.values()];
  }

  restore(saved: readonly SwitchState[]): void {
    for (const each of saved) this.#switches.set(each.id, each);
  }

  isOn(id: string): boolean {
    return this.#switches.get(id)?.on ?? false;
  }

  /** @returns how it stands now; undefined when it stood so already. */
  turn(id: string, on: boolean, by: string, at: Instant): SwitchState | undefined {
    if (this.isOn(id) === on) return undefined;
    const turned = { id, on, by, at };
    this.#switches.set(id, turned);
    return turned;
  }
}

/** The switch that `*28` and these digits turn: `*281`. */
export const switchDialled = (policy: Policy | undefined, dialled: string): string | undefined => {
  const digits = /^\*28(\d{1,4})$/.exec(dialled)?.[1];
  if (digits === undefined || policy === undefined) return undefined;
  return Object.keys(policy.switches).find((id) => policy.switches[id]?.digits === digits);
};
