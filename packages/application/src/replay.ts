import { Backlog } from './backlog.ts';
import type { Journal, JournalEntry } from './ports/journal.ts';
import type { Change, ExchangeStore, Position } from './ports/stores.ts';

/** Changes handed over as one. */
const batchSize = 500;

/** Where the one or the other stands among all changes. */
export const isAfter = (one: Position, other: Position | undefined): boolean =>
  other === undefined || one.epoch > other.epoch || (one.epoch === other.epoch && one.n > other.n);

/**
 * Hands over, in order and each once, the changes in a journal that the store does not hold yet. A store that has lost what
 * came before gets all the state that there was at that point.
 *
 * @throws what the store throws, as when it is away: then it is replayed anew another time.
 */
export const replay = async (journal: Pick<Journal, 'read'>, store: ExchangeStore): Promise<void> => {
  let last = await store.position();
  const whole = new Whole();
  let batch: JournalEntry[] = [];

  const handOver = async (): Promise<void> => {
    const [first, newest] = [batch[0], batch.at(-1)];
    if (first === undefined || newest === undefined) return;
    const change = batch.reduce((all, entry) => all.add(entry.change), new Backlog()).change();
    const answer = await store.commit(change, { ...newest.at, first: first.at.n });
    if (!answer.taken && (answer.last === undefined || answer.last.epoch <= newest.at.epoch))
      await store.replace({ ...whole.change(), facts: change.facts }, newest.at);
    last = newest.at;
    batch = [];
  };

  for await (const entry of journal.read()) {
    const newest = batch.at(-1);
    if (newest !== undefined && (batch.length === batchSize || entry.at.epoch !== newest.at.epoch)) await handOver();
    whole.take(entry);
    if (entry.is === 'change' && isAfter(entry.at, batch.at(-1)?.at ?? last)) batch.push(entry);
  }
  await handOver();
};

/** All the state at the end of what a journal holds; undefined when it does not tell. */
export const stateIn = async (
  journal: Pick<Journal, 'read'>,
): Promise<{ readonly at: Position; readonly state: Change } | undefined> => {
  const whole = new Whole();
  for await (const entry of journal.read()) whole.take(entry);
  return whole.at === undefined ? undefined : { at: whole.at, state: whole.change() };
};

/** What a journal tells of the state, up to some line. */
class Whole {
  #state = new Backlog();
  #at: Position | undefined;

  get at(): Position | undefined {
    return this.#at;
  }

  take({ is, at, change }: JournalEntry): void {
    if (is === 'whole') this.#state = new Backlog();
    // What was not taken by the store then stands behind the whole, which knows of it already.
    else if (this.#at === undefined || !isAfter(at, this.#at)) return;
    this.#state.add({ ...change, facts: [] });
    this.#at = at;
  }

  change(): Change {
    return this.#state.change();
  }
}
