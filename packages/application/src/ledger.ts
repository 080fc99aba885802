import { Backlog } from './backlog.ts';
import type { Clock } from './ports/clock.ts';
import { type Journal, type JournalEntry, noJournal } from './ports/journal.ts';
import type { ControlObserver } from './ports/observer.ts';
import type { Change, CommitAnswer, ExchangeStore, Position } from './ports/stores.ts';
import { isAfter, replay } from './replay.ts';
import { StateCopy } from './state-copy.ts';
import { ToldLately } from './told-lately.ts';

const retryMs = 250;
/** A store that has not answered for so long is taken to be away: what it has not taken goes to the journal as well. */
const patienceMs = 100;
/** A journal that could not be written is given everything again after this. */
const reopenMs = 2000;
/** Changes handed over as one, when they have waited. */
const batchSize = 500;
/** Changes kept though they have been taken: a store that loses its last moments is told them again. */
const takenKept = 2000;
/** Facts kept in memory while the store is away; a call tells about a dozen. Older ones are in the journal alone. */
const mostFacts = 200_000;

/** What tells how things stood, when the store cannot: the journal all that it lacks, the copy what there was a moment ago. */
export type Inherited = 'journal' | 'copy';

export interface LedgerParts {
  readonly store: ExchangeStore;
  readonly journal?: Journal;
  /** Where all state is kept on disk besides, a moment old ({@link StateCopy}); without it, nowhere. */
  readonly copy?: Journal;
  readonly clock: Clock;
  readonly observer: ControlObserver;
  /** All the state there is now, with the fact that tells readers of it. */
  readonly whole: () => Change;
}

/**
 * Hands each change to the store before it is acted upon, and lets no call wait for the answer. Changes are numbered, and
 * the store takes each once and none out of turn: so what it did not take, or has lost, is known, and told again in order.
 *
 * ```text
 *   in step ── refused, or no answer in time ──► behind: changes wait here and in the journal
 *      ▲                                            │ the store is back: what it lacks, or the whole when it has lost that
 *      └────────────────── all taken ───────────────┘
 * ```
 */
export class Ledger {
  readonly #store: ExchangeStore;
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #observer: ControlObserver;
  readonly #whole: () => Change;
  readonly #copy: StateCopy | undefined;
  readonly #told = new ToldLately();
  readonly #stopListening: () => void;
  #epoch: number;
  /** The number of the last change. */
  #made = 0;
  /** The number of the last change that the store has taken. */
  #taken = 0;
  /** Oldest first, without gaps up to the last one made; some of the first may have been taken. */
  #kept: Kept[] = [];
  #facts = 0;
  /** Changes that did not fit in memory have been left to the journal. */
  #isSpilt = false;
  /** Where this process has its state from, while the store may not hold it. */
  #inherits: Inherited | undefined;
  #isBehind = false;
  #isJournaling = false;
  #isCatchingUp = false;
  #isWatching = false;
  /** When all was last given to the journal. */
  #openedAt = 0;
  #stopped = false;

  constructor({ store, journal = noJournal, copy, clock, observer, whole }: LedgerParts) {
    this.#store = store;
    this.#journal = journal;
    this.#clock = clock;
    this.#observer = observer;
    this.#whole = whole;
    this.#copy = copy && new StateCopy({ journal: copy, clock, whole });
    this.#epoch = clock.now();
    this.#stopListening = store.onReachable(() => void this.#look());
  }

  /**
   * Before the first change.
   * @param inherits the store is away, and this told how things stood
   */
  begin(epoch: number, inherits?: Inherited): void {
    this.#epoch = epoch;
    if (inherits === undefined) return;
    this.#inherits = inherits;
    this.#fallBehind(new Error('The store has been away since before this process began.'));
  }

  /** When it returns, the change is on its way. Never throws. */
  commit(change: Change): void {
    // Nothing changes without a fact, but a call that is no contact: a feature code.
    if (change.calls.length + change.ended.length + change.agents.length + change.facts.length === 0) return;
    this.#made += 1;
    const kept = { n: this.#made, change, since: this.#clock.now() };
    this.#keep(kept);
    this.#copy?.take(change, { epoch: this.#epoch, n: kept.n });
    if (!this.#isBehind) this.#handOver(kept);
    if (this.#isJournaling) this.#write(kept);
    else if (!this.#isWatching) this.#watch();
  }

  /** @returns whether the store has taken all that was committed up to now, whenever that is asked. */
  mark(): () => boolean {
    const n = this.#made;
    return () => this.#taken >= n;
  }

  stop(): void {
    this.#stopped = true;
    this.#stopListening();
    this.#copy?.stop();
  }

  #handOver({ n, change }: Kept): void {
    this.#store.commit(change, { epoch: this.#epoch, first: n, n }).then(
      (answer) => {
        if (answer.taken) this.#took(n);
        else this.#fallBehind(new Error('The store lacks earlier changes.'), answer);
      },
      (error: unknown) => this.#fallBehind(error),
    );
  }

  #took(n: number): void {
    this.#taken = Math.max(this.#taken, n);
    if (this.#isJournaling && !this.#isBehind && this.#taken === this.#made) this.#closeJournal();
  }

  #keep(kept: Kept): void {
    this.#told.take(kept.change.facts);
    this.#kept.push(kept);
    this.#facts += kept.change.facts.length;
    const taken = this.#kept.length - this.#untaken;
    if (taken > 2 * takenKept) this.#forget(taken - takenKept);
    if (this.#facts > mostFacts) this.#spill();
  }

  /** How many of those kept, the last ones, have not been taken. */
  get #untaken(): number {
    return Math.min(this.#kept.length, this.#made - this.#taken);
  }

  /** The oldest first. */
  #waiting(most = this.#untaken): readonly Kept[] {
    const from = this.#kept.length - this.#untaken;
    return this.#kept.slice(from, from + most);
  }

  #spill(): void {
    let count = 0;
    for (let facts = this.#facts; facts > mostFacts * 0.9 && count < this.#kept.length; count += 1)
      facts -= this.#kept[count]?.change.facts.length ?? 0;
    const lost = this.#kept.slice(0, count).filter(({ n }) => n > this.#taken);
    if (lost.length > 0) this.#isSpilt = true;
    if (!this.#journal.isWhole) this.#observer.factsLost?.(lost.flatMap(({ change }) => change.facts).length);
    this.#forget(count);
  }

  #forget(count: number): void {
    for (const { change } of this.#kept.splice(0, count)) this.#facts -= change.facts.length;
  }

  /** Looks, as long as answers are awaited, whether they come in time. */
  #watch(): void {
    this.#isWatching = true;
    this.#later(patienceMs, () => {
      this.#isWatching = false;
      const [oldest] = this.#waiting(1);
      if (oldest === undefined || this.#isJournaling) return;
      if (this.#clock.now() - oldest.since >= patienceMs) this.#openJournal();
      else this.#watch();
    });
  }

  #openJournal(): void {
    this.#isJournaling = true;
    this.#openedAt = this.#clock.now();
    this.#journal.begin([
      { is: 'whole', at: { epoch: this.#epoch, n: this.#made }, change: { ...this.#whole(), facts: [] } },
      ...this.#waiting().map((kept) => this.#entry(kept)),
    ]);
  }

  #write(kept: Kept): void {
    if (this.#journal.isWhole) this.#journal.append(this.#entry(kept));
  }

  #entry({ n, change }: Kept): JournalEntry {
    return { is: 'change', at: { epoch: this.#epoch, n }, change };
  }

  #closeJournal(): void {
    this.#isJournaling = false;
    this.#journal.clear();
  }

  #fallBehind(error: unknown, answer?: CommitAnswer): void {
    if (this.#isBehind || this.#stopped) return;
    if (answer !== undefined && this.#isOver(answer)) return;
    this.#isBehind = true;
    if (!this.#isJournaling) this.#openJournal();
    this.#observer.storeBehind(this.#made - this.#taken, error);
    if (answer === undefined) this.#later(retryMs, () => void this.#catchUp());
    else void this.#catchUp();
  }

  /** A process that began later writes now: what this one says is of no more use. */
  #isOver(answer: CommitAnswer): boolean {
    if (answer.taken || answer.last === undefined || answer.last.epoch <= this.#epoch) return false;
    this.stop();
    this.#observer.storeTakenOver?.();
    return true;
  }

  /** The store is back, perhaps without what it held. */
  async #look(): Promise<void> {
    if (this.#stopped) return;
    if (this.#isBehind) return this.#catchUp();
    if (this.#made === 0) return;
    try {
      const taken = this.#taken;
      const last = await this.#store.position();
      if (isAfter({ epoch: this.#epoch, n: taken }, last))
        this.#fallBehind(new Error('The store has lost changes.'), { taken: false, last });
    } catch (error) {
      this.#fallBehind(error);
    }
  }

  async #catchUp(): Promise<void> {
    if (this.#isCatchingUp || this.#stopped) return;
    this.#isCatchingUp = true;
    try {
      await this.#tellAll();
    } catch (error) {
      this.#observer.storeBehind(this.#made - this.#taken, error);
      if (!this.#journal.isWhole && this.#clock.now() - this.#openedAt >= reopenMs) this.#openJournal();
      this.#later(retryMs, () => void this.#catchUp());
    } finally {
      this.#isCatchingUp = false;
    }
  }

  async #tellAll(): Promise<void> {
    if (this.#inherits !== undefined || this.#isSpilt) {
      await replay(this.#journal, this.#store);
      this.#isSpilt = false;
    }
    const last = await this.#store.position();
    if (this.#isOver({ taken: false, last })) return;
    this.#taken = last?.epoch === this.#epoch ? last.n : 0;
    // The copy was a moment older than what the store holds, or newer: that cannot be mended one by one.
    if (this.#inherits === 'copy' || !this.#followsOn(last)) await this.#tellWhole();
    this.#inherits = undefined;
    while (this.#taken < this.#made) {
      const batch = this.#waiting(batchSize);
      const [first, newest] = [batch[0], batch.at(-1)];
      if (first === undefined || newest === undefined) break;
      const change = batch.reduce((all, one) => all.add(one.change), new Backlog()).change();
      const answer = await this.#store.commit(change, { epoch: this.#epoch, first: first.n, n: newest.n });
      if (this.#isOver(answer)) return;
      if (!answer.taken) throw new Error('The store has lost changes while they were told again.');
      this.#taken = newest.n;
    }
    this.#isBehind = false;
    this.#closeJournal();
    this.#observer.storeCaughtUp();
  }

  /** Whether what is kept here begins no later than what the store holds ends. */
  #followsOn(last: Position | undefined): boolean {
    if (last === undefined) return false;
    const [oldest] = this.#kept;
    return oldest === undefined ? this.#taken === this.#made : oldest.n <= this.#taken + 1;
  }

  /** The store has lost too much: all the state, and what is still known of what was told. */
  async #tellWhole(): Promise<void> {
    const whole = this.#whole();
    const at = { epoch: this.#epoch, n: this.#made };
    // What was live when this process began is not told again: readers would take the calls since then for lost.
    const others = this.#waiting().flatMap(({ change }) =>
      change.facts.filter(
        (fact) => !('call' in fact) && fact.type !== 'PolicyTaken' && fact.type !== 'ExchangeRecovered',
      ),
    );
    if (!(await this.#store.replace({ ...whole, facts: [...this.#told.facts, ...others, ...whole.facts] }, at))) {
      this.#isOver({ taken: false, last: await this.#store.position() });
      return;
    }
    this.#taken = at.n;
  }

  #later(ms: number, act: () => void): void {
    if (this.#stopped) return;
    this.#clock.alarm((this.#clock.now() + ms) as ReturnType<Clock['now']>, act);
  }
}

interface Kept {
  readonly n: number;
  readonly change: Change;
  readonly since: number;
}
