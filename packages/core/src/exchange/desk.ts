import type { Extension } from '../ids.ts';

/** How a desk phone is set, by the one who sits at it or by an administrator. */
export interface Desk {
  readonly forwarding: Forwarding;
  /** Who calls this very phone meets it as busy, and its agent is offered nothing from a queue. */
  readonly doNotDisturb: boolean;
  /** The phone is asked to answer by itself: a headset at a desk where calls come in one after another. */
  readonly autoAnswer: boolean;
}

/** Where calls to this very phone go instead. What rings it otherwise, a queue or a group, is not sent on. */
export interface Forwarding {
  readonly always?: ForwardTarget;
  readonly busy?: ForwardTarget;
  readonly noAnswer?: ForwardTarget & { readonly afterMs: number };
}

/** A number as a desk phone of the house dials it: an extension, or a number of the policy; with a trunk, one outside. */
export interface ForwardTarget {
  readonly number: string;
  /** The trunk's id. */
  readonly trunk?: string;
}

/** On which occasion a call is sent on. */
export type ForwardOccasion = 'always' | 'busy' | 'noAnswer';

/** How a phone is that nobody has set. */
export const plainDesk: Desk = { forwarding: {}, doNotDisturb: false, autoAnswer: false };

/** So often a call is sent on from phone to phone, and no more: 101 → 102 → 101 must come to an end. */
export const mostForwards = 5;

/** A phone as the directory lists it. */
export interface DirectoryPhone {
  readonly extension: Extension;
  readonly name: string;
  /** Absent: {@link plainDesk}. */
  readonly desk?: Desk;
}
