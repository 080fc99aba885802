/** A process, so named that another can tell whether it still lives. */
export interface Holder {
  /** Where process numbers mean the same: one machine, one container. */
  readonly place: string;
  readonly pid: number;
  /** When it began, as its place counts: numbers of processes come again. */
  readonly since: string;
}

/** Who is in control of the calls. */
export interface Lease {
  /** Grows by one with each holder. */
  readonly epoch: number;
  /** Grows with each renewal. */
  readonly beat: number;
  /** Null: given back. */
  readonly holder: Holder | null;
}

/** Where the lease is kept. Every method rejects when the store cannot be asked. */
export interface LeaseStore {
  /** @param standingBy who looks wants to be next: the holder is told that there is somebody */
  look(standingBy: boolean): Promise<Lease | undefined>;
  /**
   * Takes the lease, if it still is as it was seen.
   * @returns the epoch that begins; undefined when somebody was quicker, or the holder has renewed
   */
  take(seen: Lease | undefined, holder: Holder): Promise<number | undefined>;
  /** Renews it, anew where the store has forgotten. */
  renew(epoch: number, holder: Holder): Promise<Renewal>;
  /** Gives it back, where it is still one's own. */
  release(epoch: number): Promise<void>;
}

/** How a renewal ended. */
export type Renewal = { readonly held: false } | { readonly held: true; readonly standbyThere: boolean };
