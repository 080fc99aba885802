import type { CallId, Fact } from '@cordboard/core';

/** Why the customer directory was not asked: it does not answer, or has enough to do. */
export type LookUpLeftOutBecause = 'directory-away' | 'too-many';

/** Who watches call control at work: logs and metrics. Never decides anything. */
export interface ControlObserver {
  /** What has happened: each fact once, when it is on its way to the store, and what follows from it to Asterisk. */
  told?(facts: readonly Fact[]): void;
  commandFailed(call: CallId, command: string, error: unknown): void;
  /** A command took so long from decision to Asterisk's acceptance. */
  commandDone(command: string, tookMs: number): void;
  /** The store did not take a change in time; it is kept and sent again. */
  storeBehind(pending: number, error: unknown): void;
  storeCaughtUp(): void;
  /** Facts fitted neither in memory nor in the journal. */
  factsLost?(count: number): void;
  /** A process that began later writes to the store: nothing of this one is taken any more. */
  storeTakenOver?(): void;
  identifyFailed(call: CallId, error: unknown): void;
  /** The directory was not asked about a caller. */
  identifyLeftOut?(because: LookUpLeftOutBecause): void;
  /** It has failed several times in a row: from now on it is not asked, but by one caller every few seconds. */
  directoryAway?(error: unknown): void;
  /** It answers again. */
  directoryBack?(leftOut: number): void;
  reconciled(report: { readonly events: number; readonly repairs: number; readonly orphans: number }): void;
  reconcileFailed(error: unknown): void;
}
