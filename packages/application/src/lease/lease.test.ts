import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Holder, Lease, LeaseStore } from '../ports/lease-store.ts';
import { standBy } from './stand-by.ts';
import { LeaseLost, Term } from './term.ts';
import { doubtMs, leaseMs, renewEveryMs } from './times.ts';

const one: Holder = { place: 'here', pid: 1, since: '10' };
const other: Holder = { place: 'here', pid: 2, since: '20' };

/** A lease in memory, which can be away, or say nothing. */
class MemoryLease implements LeaseStore {
  lease: Lease | undefined;
  is: 'there' | 'away' | 'silent' = 'there';

  look(): Promise<Lease | undefined> {
    return this.#answer(() => this.lease);
  }
  take(seen: Lease | undefined, holder: Holder): Promise<number | undefined> {
    return this.#answer(() => {
      if (seen?.epoch !== this.lease?.epoch || seen?.beat !== this.lease?.beat) return undefined;
      const epoch = (this.lease?.epoch ?? 0) + 1;
      this.lease = { epoch, beat: 1, holder };
      return epoch;
    });
  }
  renew(epoch: number, holder: Holder): Promise<{ held: false } | { held: true; standbyThere: boolean }> {
    return this.#answer(() => {
      if (this.lease !== undefined && this.lease.epoch !== epoch) return { held: false } as const;
      this.lease = { epoch, beat: (this.lease?.beat ?? 0) + 1, holder };
      return { held: true, standbyThere: false } as const;
    });
  }
  release(epoch: number): Promise<void> {
    return this.#answer(() => {
      if (this.lease?.epoch === epoch) this.lease = { ...this.lease, beat: this.lease.beat + 1, holder: null };
    });
  }
  #answer<T>(give: () => T): Promise<T> {
    if (this.is === 'away') return Promise.reject(new Error('away'));
    return this.is === 'silent' ? new Promise(() => undefined) : Promise.resolve().then(give);
  }
}

let store: MemoryLease;
let lost: number;
let known: { epoch: number; holder: Holder } | undefined;
let heldUpMs: number;
const now = (): number => performance.now() + heldUpMs;
beforeEach(() => {
  vi.useFakeTimers();
  store = new MemoryLease();
  lost = 0;
  known = undefined;
  heldUpMs = 0;
});
afterEach(() => vi.useRealTimers());

const waiting = (holder: Holder, gone: readonly Holder[] = [], onStandingBy = (): void => undefined) =>
  standBy({
    store,
    holder,
    isGone: ({ pid }) => gone.some((each) => each.pid === pid),
    now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onStandingBy,
    onStoreAway: () => undefined,
    lastKnown: async () => known,
  });

const inOffice = async (holder: Holder): Promise<Term> => {
  const { epoch, since } = await waiting(holder);
  return new Term({
    store,
    holder,
    epoch,
    since,
    now,
    onLost: () => {
      lost += 1;
    },
    onStoreAway: () => undefined,
  });
};

/** Time goes on, and this process does not: no timer of its own rings. */
const heldUpFor = (ms: number): void => {
  heldUpMs += ms;
};

describe('who stands by', () => {
  test('is in control at once where nobody is', async () => {
    expect(await waiting(one)).toMatchObject({ epoch: 1, because: 'first' });
  });

  test('is in control at once when the lease is given back, or the holder is known to have ended', async () => {
    store.lease = { epoch: 4, beat: 9, holder: null };
    expect(await waiting(one)).toMatchObject({ epoch: 5, because: 'given-back' });
    expect(await waiting(other, [one])).toMatchObject({ epoch: 6, because: 'gone' });
  });

  test('waits for as long as the holder renews', async () => {
    const told = vi.fn();
    const term = await inOffice(one);
    let taken: unknown;
    void waiting(other, [], told).then((got) => {
      taken = got;
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect(taken).toBeUndefined();
    expect(told).toHaveBeenCalledOnce();
    await term.release();
    await vi.advanceTimersByTimeAsync(200);
    expect(taken).toMatchObject({ epoch: 2, because: 'given-back' });
  });

  test('takes over from a holder that says nothing, less than a second later', async () => {
    store.lease = { epoch: 1, beat: 7, holder: one };
    let taken: unknown;
    void waiting(other).then((got) => {
      taken = got;
    });
    await vi.advanceTimersByTimeAsync(leaseMs - 50);
    expect(taken).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(taken).toMatchObject({ epoch: 2, because: 'silent' });
  });

  test('does not take over while the store is away, nor because it has forgotten', async () => {
    store.lease = { epoch: 1, beat: 7, holder: one };
    let taken: unknown;
    void waiting(other).then((got) => {
      taken = got;
    });
    await vi.advanceTimersByTimeAsync(300);
    store.is = 'away';
    await vi.advanceTimersByTimeAsync(60_000);
    store.lease = undefined;
    store.is = 'there';
    await vi.advanceTimersByTimeAsync(leaseMs - 100);
    expect(taken).toBeUndefined();
    await vi.advanceTimersByTimeAsync(300);
    expect(taken).toMatchObject({ because: 'silent' });
  });

  test('goes on where a process of the same machine ended, though the store has been away since it began', async () => {
    store.is = 'away';
    known = { epoch: 3, holder: one };
    let taken: unknown;
    void waiting(other, [one]).then((got) => {
      taken = got;
    });
    await vi.advanceTimersByTimeAsync(3000);
    expect(taken).toMatchObject({ epoch: 4, because: 'gone-without-store' });
  });

  test('waits for the store when that process may still live', async () => {
    store.is = 'away';
    known = { epoch: 3, holder: one };
    let taken: unknown;
    void waiting(other).then((got) => {
      taken = got;
    });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(taken).toBeUndefined();
  });

  test('is not misled by an answer that it reads late because it was held up itself', async () => {
    store.lease = { epoch: 1, beat: 7, holder: one };
    let taken: unknown;
    void waiting(other).then((got) => {
      taken = got;
    });
    await vi.advanceTimersByTimeAsync(150);
    const answer = store.lease;
    let give: (lease: Lease) => void = () => undefined;
    vi.spyOn(store, 'look').mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          give = resolve;
        }),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    give(answer);
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toBeUndefined();
  });
});

describe('who is in control', () => {
  test('acts without asking anybody as long as the lease is renewed', async () => {
    const term = await inOffice(one);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(term.permit()).toBeUndefined();
    expect(term.isHeld).toBe(true);
  });

  test('goes on while the store is away or says nothing, and has lost nothing when it is back', async () => {
    const term = await inOffice(one);
    for (const state of ['away', 'silent'] as const) {
      store.is = state;
      await vi.advanceTimersByTimeAsync(30_000);
      expect(term.permit()).toBeUndefined();
      store.is = 'there';
      await vi.advanceTimersByTimeAsync(renewEveryMs);
      expect(term.permit()).toBeUndefined();
    }
    expect(lost).toBe(0);
  });

  test('does nothing after having been held up, before it is known that nobody took over', async () => {
    const term = await inOffice(one);
    heldUpFor(10_000);
    expect(term.isHeld).toBe(false);
    const permit = term.permit();
    expect(permit).toBeInstanceOf(Promise);
    await permit;
    expect(term.isHeld).toBe(true);
    expect(lost).toBe(0);
  });

  test('never acts again when another took over meanwhile', async () => {
    const term = await inOffice(one);
    heldUpFor(10_000);
    store.lease = { epoch: 2, beat: 1, holder: other };
    await expect(term.permit()).rejects.toBeInstanceOf(LeaseLost);
    await expect(term.permit()).rejects.toBeInstanceOf(LeaseLost);
    expect(lost).toBe(1);
    expect(store.lease.holder).toBe(other);
  });

  test('waits a while when it has been held up and the store is away: another may have taken over before', async () => {
    const term = await inOffice(one);
    store.is = 'away';
    heldUpFor(10_000);
    let permitted = false;
    void term.permit()?.then(() => {
      permitted = true;
    });
    await vi.advanceTimersByTimeAsync(doubtMs - renewEveryMs);
    expect(permitted).toBe(false);
    await vi.advanceTimersByTimeAsync(2 * renewEveryMs);
    expect(permitted).toBe(true);
  });

  test('gives the lease back once, and not one that is another’s', async () => {
    const term = await inOffice(one);
    store.lease = { epoch: 2, beat: 1, holder: other };
    await term.release();
    expect(store.lease.holder).toBe(other);
    await expect(term.permit()).rejects.toBeInstanceOf(LeaseLost);
  });
});
