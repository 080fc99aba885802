/** What must hold, whatever breaks. */
export const invariants = {
  kept: 'no established call is dropped',
  audio: 'no gap of 100 ms in what two who talk hear',
  place: 'nobody loses their place in line, nor a phone that rings',
  once: 'nobody is offered at two phones, no agent two calls',
  agents: 'each agent is offered a call within 2 s of being free',
  orphans: 'nothing is left in Asterisk after 10 s',
  records: 'one record for each call, as long as the call',
  messages: 'no message is lost or kept twice',
  control: 'a new call is heard within 3 s',
} as const;
export type Invariant = keyof typeof invariants;

/** How much is allowed, ms. */
export const limits = {
  audioMs: 100,
  agentMs: 2000,
  orphansMs: 10_000,
  /** Of a record's length from the wire's, when call control was there all the while. */
  recordMs: 500,
  /** By when a record is written, after the last call has ended or the fault is over. */
  writtenMs: 20_000,
  messageMs: 30_000,
  controlMs: 3000,
} as const;

/** Something that does not hold. */
export interface Finding {
  readonly invariant: Invariant;
  /** One sentence. */
  readonly said: string;
}

/** What one run has found out. */
export interface Findings {
  readonly all: readonly Finding[];
  /** The worst of what was measured, ms. */
  readonly worst: ReadonlyMap<Invariant, number>;
  /** What was measured and cannot be believed, as the machine itself was late. */
  readonly masked: readonly Finding[];
  broken(invariant: Invariant, said: string): void;
  mask(invariant: Invariant, said: string): void;
  measured(invariant: Invariant, ms: number): void;
}

export const openFindings = (): Findings => {
  const [all, masked] = [[] as Finding[], [] as Finding[]];
  const worst = new Map<Invariant, number>();
  return {
    all,
    masked,
    worst,
    broken: (invariant, said) => void all.push({ invariant, said }),
    mask: (invariant, said) => void masked.push({ invariant, said }),
    measured: (invariant, ms) => void worst.set(invariant, Math.max(ms, worst.get(invariant) ?? 0)),
  };
};
