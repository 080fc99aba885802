/** One setting, as it is written, and as Asterisk writes it back. */
export interface Setting {
  readonly value: string;
  /** Whether what Asterisk has is this already; by default when it is the same text. */
  readonly isThere?: (values: readonly string[]) => boolean;
  /** Asterisk adds to the values that it has: others are written by making the object anew. */
  readonly addsUp?: true;
}

/** The kinds of objects that Asterisk's SIP is configured by. */
export type ObjectType = 'auth' | 'aor' | 'endpoint' | 'identify' | 'registration';

/** An object of Asterisk's SIP configuration. */
export interface PjsipObject {
  readonly type: ObjectType;
  readonly id: string;
  /** In the order in which they are written. */
  readonly settings: Readonly<Record<string, Setting | string>>;
}

/** Switches are written as Asterisk writes them, so that what is there can be compared. */
export const yes = 'true';
export const no = 'false';
