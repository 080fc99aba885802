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
  RecordingId,
  Secret,
  SwitchState,
  Ticket,
  TicketId,
} from '@cordboard/core';

/** Where the state of calls and agents outlives this process. */
export interface ExchangeStore {
  load(): Promise<SavedExchange>;
  /** Saves and appends in one round trip, all or nothing; facts keep their order. */
  commit(change: Change): Promise<void>;
}

export interface SavedExchange {
  readonly calls: readonly CallState[];
  readonly agents: readonly Agent[];
  readonly switches?: readonly SwitchState[];
  readonly tickets?: readonly Ticket[];
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
  /** @param number the caller's, as shown. @returns undefined for a stranger. */
  byNumber(number: string): Promise<Customer | undefined>;
  /** When this number called before, newest first, as far back as flows may ask. */
  lastCalls(number: string): Promise<readonly Instant[]>;
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
