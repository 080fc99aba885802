import type { ChannelId } from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import type { Instant } from '../time.ts';

/** Somebody whose phone rings, perhaps outside: there by one of several trunks. */
export interface Tried {
  readonly leg: ChannelId;
  readonly target: PhoneTarget;
  /** When to ask whether the trunk has said anything at all; absent where no other could stand in for it. */
  readonly askAt?: Instant;
}
