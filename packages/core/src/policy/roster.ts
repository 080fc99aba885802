import type { Extension, OutsideNumber } from '../ids.ts';

/** Who is called out of hours, in which order. */
export interface Roster {
  readonly name: string;
  /** The order when no week has one of its own. */
  readonly order: readonly OnCall[];
  /** The order of a week, by its ISO 8601 name in the roster's time zone: `2026-W48`. */
  readonly weeks: Readonly<Record<string, readonly OnCall[]>>;
  readonly timeZone: string;
}

/** A desk phone, or a number over a trunk, and for how long it rings. */
export type OnCall = { readonly forMs: number } & PhoneTarget;

export type PhoneTarget =
  | { readonly extension: Extension }
  | {
      readonly number: OutsideNumber;
      /** The trunk's id. */
      readonly trunk: string;
      /** The trunks that are tried when this one fails, found when the number is rung. */
      readonly others?: readonly string[];
    };
