import type { Instant } from '../time.ts';

/** How a switch stands, since when, and who turned it. */
export interface SwitchState {
  readonly on: boolean;
  readonly at: Instant;
  readonly by: string;
}
