import type { Instant } from '../time.ts';

/** What is heard of a trunk, each time a part of the whole. */
export type TrunkReport =
  /** Whether the carrier answers when it is asked whether it is there. */
  | { readonly of: 'contact'; readonly reachable: boolean; readonly roundTripMs?: number }
  /** What the carrier says of our registration; `status` is SIP's. */
  | { readonly of: 'registration'; readonly is: 'registered' | 'unregistered' }
  | { readonly of: 'registration'; readonly is: 'rejected'; readonly status: number }
  /** The administrator has changed the trunk: what was known of it counts no more. */
  | { readonly of: 'trunk'; readonly is: 'changed' | 'removed' };

export type TrunkStateName = 'unknown' | 'reachable' | 'registered' | 'unregistered' | 'unreachable' | 'rejected';

/** A trunk as it stands. */
export interface TrunkState {
  readonly id: string;
  readonly is: TrunkStateName;
  readonly since: Instant;
  /** From the last question whether it is there to the answer. */
  readonly roundTripMs: number | null;
  /** What went wrong last, in words, and when: `rejected 403`, `answered 503`. */
  readonly lastError: string | null;
  readonly lastErrorAt: Instant | null;
}

/** What is known of a trunk, part by part. */
interface Known {
  readonly contact?: Extract<TrunkReport, { of: 'contact' }>;
  readonly registration?: Extract<TrunkReport, { of: 'registration' }>;
}

/** What became of a trunk's state by something that was heard. */
export interface TrunkChange {
  readonly state: TrunkState;
  /** Why no call can go out by it any more, when that is new. */
  readonly down?: string;
}

/** The trunks, made of what is heard of them. */
export class Trunks {
  readonly #known = new Map<string, Known>();
  readonly #states = new Map<string, TrunkState>();

  get all(): readonly TrunkState[] {
    return [...this.#states.values()];
  }

  /** Why no call should go out by it first; undefined when nothing speaks against it. */
  objectionTo(id: string): string | undefined {
    const state = this.#states.get(id);
    return state === undefined ? undefined : objection(state);
  }

  /** @returns undefined when nothing has changed that anybody could see. */
  report(id: string, report: TrunkReport, at: Instant): TrunkChange | undefined {
    if (report.of === 'trunk') {
      this.#known.delete(id);
      const before = this.#states.get(id);
      if (report.is === 'removed' || before === undefined) {
        this.#states.delete(id);
        return undefined;
      }
      return this.#become({ ...before, is: 'unknown', since: at, roundTripMs: null }, before);
    }
    const known = { ...this.#known.get(id), [report.of]: report };
    this.#known.set(id, known);
    const before = this.#states.get(id);
    const { is, error } = derived(known);
    return this.#become(
      {
        id,
        is,
        since: before?.is === is ? before.since : at,
        roundTripMs: known.contact?.roundTripMs ?? null,
        ...lastError(before, error === undefined || before?.is === is ? undefined : error, at),
      },
      before,
    );
  }

  /** A call over it has failed, by its fault. */
  failed(id: string, because: string, at: Instant): TrunkChange | undefined {
    const before = this.#states.get(id);
    const known = before ?? { id, is: 'unknown', since: at, roundTripMs: null };
    return this.#become({ ...known, ...lastError(before, because, at) }, before);
  }

  #become(state: TrunkState, before: TrunkState | undefined): TrunkChange | undefined {
    this.#states.set(state.id, state);
    if (JSON.stringify(before) === JSON.stringify(state)) return undefined;
    const down = objection(state);
    const wasDown = before !== undefined && objection(before) !== undefined;
    return { state, ...(down === undefined || wasDown ? {} : { down }) };
  }
}

/** Who turns us away is there; who is not there cannot say what becomes of a registration. */
const derived = ({ contact, registration }: Known): { readonly is: TrunkStateName; readonly error?: string } => {
  if (registration?.is === 'rejected') return { is: 'rejected', error: `rejected ${registration.status}` };
  if (contact?.reachable === false) return { is: 'unreachable', error: 'does not answer' };
  if (registration !== undefined)
    return registration.is === 'registered' ? { is: 'registered' } : { is: 'unregistered', error: 'not registered' };
  return { is: contact?.reachable === true ? 'reachable' : 'unknown' };
};

const objection = ({ is, lastError: words }: TrunkState): string | undefined => {
  if (is === 'unreachable') return 'it does not answer';
  return is === 'rejected' ? (words ?? 'it turns us away') : undefined;
};

const lastError = (
  before: TrunkState | undefined,
  error: string | undefined,
  at: Instant,
): Pick<TrunkState, 'lastError' | 'lastErrorAt'> =>
  error === undefined
    ? { lastError: before?.lastError ?? null, lastErrorAt: before?.lastErrorAt ?? null }
    : { lastError: error, lastErrorAt: at };
