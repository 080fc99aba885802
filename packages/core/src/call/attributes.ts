/** What is known of a call by name: set by its flow, seen by the agent, the record and the other party of a transfer. */
export type Attributes = Readonly<Record<string, string>>;
