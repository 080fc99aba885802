import type {
  Agent,
  BoxAnswer,
  CallId,
  CallState,
  Customer,
  Directory,
  Fact,
  HttpAnswer,
  HttpQuestion,
  Instant,
  Policy,
  QueuePace,
  RecordingId,
  Secret,
  SwitchState,
  Ticket,
  TicketId,
} from '@cordboard/core';

/** Where the state of calls and agents outlives this process. */
export interface ExchangeStore {
  load(): Promise<SavedExchange>;
  /**
   * Saves and appends in one round trip, all or nothing; facts keep their order. A numbered change is taken once, and only
   * as the next one: what has been taken before is passed over, and whatever would leave a gap is refused.
   *
   * @param change unnumbered: it is simply taken
   */
  commit(change: Change, numbered?: Numbered): Promise<CommitAnswer>;
  /** The last numbered change that it holds; undefined when it holds none, as when it has lost everything. */
  position(): Promise<Position | undefined>;
  /** From now on the changes of this epoch are taken, and none of an earlier one. @returns false when a later one writes. */
  claim(epoch: number): Promise<boolean>;
  /**
   * Replaces all state by what this change holds. Of its facts those are appended which are not among the last ones told.
   * @returns false when a later epoch writes.
   */
  replace(whole: Change, at: Position): Promise<boolean>;
  /** Tells each time that the store can be reached, or can be reached again. @returns how to stop. */
  onReachable(listener: () => void): () => void;
}

/** The place of a change among all: the epoch is one process's life, later ones are greater; within it changes are counted from 1. */
export interface Position {
  readonly epoch: number;
  readonly n: number;
}

/** Several changes may be handed over as one: the first to the last of these numbers. */
export interface Numbered extends Position {
  readonly first: number;
}

export type CommitAnswer =
  | { readonly taken: true }
  /** It would leave a gap behind `last`, or somebody else writes now. */
  | { readonly taken: false; readonly last: Position | undefined };

export interface SavedExchange {
  readonly calls: readonly CallState[];
  readonly agents: readonly Agent[];
  readonly switches?: readonly SwitchState[];
  readonly tickets?: readonly Ticket[];
  readonly paces?: readonly QueuePace[];
  /** Calls that ended lately: their callers may not have been taken down yet. */
  readonly ended?: readonly CallId[];
}

export interface Change {
  readonly calls: readonly CallState[];
  readonly ended: readonly CallId[];
  readonly agents: readonly Agent[];
  readonly switches?: readonly SwitchState[];
  readonly tickets?: readonly Ticket[];
  readonly closedTickets?: readonly TicketId[];
  readonly paces?: readonly QueuePace[];
  readonly facts: readonly Fact[];
}

/** The published rules and the people, as last announced; told again on each change. */
export interface Announcements {
  policy(): Promise<Policy | undefined>;
  policyOf(version: number): Promise<Policy | undefined>;
  directory(): Promise<Directory | undefined>;
  /** `provisioning`: phones or trunks have changed; `messages`: callers' messages have. They are read where they are kept. */
  onChange(listener: (what: 'policy' | 'directory' | 'provisioning' | 'messages') => void): () => void;
}

/** Who is calling. May be slow, may fail: the call never waits for it. */
export interface CustomerDirectory {
  /** @param number the caller's, as shown */
  identify(number: string): Promise<Identified>;
}

/** What the directory knows of a caller. */
export interface Identified {
  /** Null for a stranger. */
  readonly customer: Customer | null;
  /** When this number called before, newest first, as far back as flows may ask. */
  readonly lastCalls: readonly Instant[];
}

/** Callers' messages, for who listens by phone. */
export interface MessageBoxes {
  /** What waits in a box, for who knows its PIN. Never rejects: that it cannot be asked is an answer too. */
  open(box: string, pin: Secret): Promise<BoxAnswer>;
  setHeard(message: RecordingId): Promise<void>;
  remove(message: RecordingId): Promise<void>;
}

/** Other systems that a flow may ask. Only those that the installation allows; slow ones keep nobody else waiting. */
export interface HttpLookUps {
  /** Never rejects: what went wrong is an answer too. Nothing of a question is ever written down. */
  ask(question: HttpQuestion): Promise<HttpAnswer>;
}
