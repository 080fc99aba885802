/** Every key and channel in Redis that is ours. Nobody else spells one. */
const own = (name: string): string => `cordboard:${name}`;

export const keys = {
  /** Hash: call id → its state. */
  calls: own('calls'),
  /** Hash: agent id → their state. */
  agents: own('agents'),
  /** Hash: switch id → how it stands. */
  switches: own('switches'),
  /** Hash: ticket id → a promise to call back. */
  tickets: own('tickets'),
  /** Hash: queue id → what its last calls tell of how long the next will wait. */
  paces: own('paces'),
  /** Stream: what happened, in order. */
  facts: own('facts'),
  /** String, `<epoch>:<n>`: the last change of the state that has been taken. */
  position: own('position'),
  /** String: how far a reader of the facts has come. */
  offsetOf: (reader: string): string => own(`offset:${reader}`),

  /** Strings: the documents announced. */
  policy: own('policy'),
  policyOf: (version: number): string => own(`policy:${version}`),
  directory: own('directory'),
  /** Channel: which of them has changed. */
  announcements: own('announcements'),

  /** Hash: which process is in control of the calls. */
  lease: own('lease'),
  /** String, living a little longer than the time between two looks: another process stands by. */
  standby: own('standby'),

  /** List: what people ask of call control. */
  control: own('control'),
  /** List of one: the answer to one question. */
  controlReply: (id: string): string => own(`control-reply:${id}`),

  /** String, living as long as its beats come. */
  beat: (name: string): string => own(`beat:${name}`),

  /** String, living a little longer than the time between two tellings: the figures of one process. */
  figures: (process: string): string => own(`figures:${process}`),

  /** String: a web session, under the hash of its token. */
  session: (tokenHash: string): string => own(`session:${tokenHash}`),
  /** Sorted set: the token hashes of one user's sessions, by when they began. */
  sessionsOf: (user: string): string => own(`sessions-of:${user}`),

  /** Prefix of BullMQ's own keys. */
  jobs: own('jobs'),
} as const;
