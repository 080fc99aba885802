import type { Instant } from '../time.ts';

/** How a switch of the policy stands, since when, and who turned it. One that was never turned is off. */
export interface SwitchState {
  readonly id: string;
  readonly on: boolean;
  readonly at: Instant;
  readonly by: string;
}
