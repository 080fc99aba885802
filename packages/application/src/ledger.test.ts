import type { CallFact, CallId, Fact } from '@cordboard/core';
import { MemoryJournal, MemoryStore, SimulatedClock } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import { Ledger } from './ledger.ts';
import type { ControlObserver } from './ports/observer.ts';
import type { Change } from './ports/stores.ts';
import { replay, stateIn } from './replay.ts';

const nothing = { calls: [], ended: [], agents: [], facts: [] } as const satisfies Change;

const fact = (n: number, type: CallFact['type'] = 'DigitPressed', call = 'c1'): Fact =>
  ({ type, call: call as CallId, n, at: n }) as unknown as Fact;
const told = (n: number, type?: CallFact['type'], call?: string): Change => ({
  ...nothing,
  facts: [fact(n, type, call)],
});

const setUp = ({
  store = new MemoryStore(),
  journal = new MemoryJournal(),
  copy = new MemoryJournal(),
  epoch = 1,
} = {}) => {
  const clock = new SimulatedClock();
  const seen: string[] = [];
  const observer = {
    storeBehind: () => seen.push('behind'),
    storeCaughtUp: () => seen.push('caught up'),
    factsLost: (count: number) => seen.push(`lost ${count}`),
    storeTakenOver: () => seen.push('taken over'),
  } as unknown as ControlObserver;
  const recovered = { type: 'ExchangeRecovered', at: 0, calls: [], agents: [] } as unknown as Fact;
  const state = { calls: [{ id: 'c1' }], agents: [{ id: 'ana' }] } as unknown as Change;
  const whole = (): Change => ({ ...nothing, ...state, facts: [recovered] });
  const ledger = new Ledger({ store, journal, copy, clock, observer, whole });
  ledger.begin(epoch);
  const numbers = (): readonly number[] => store.facts.map((each) => ('n' in each ? each.n : 0));
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { store, journal, copy, clock, ledger, seen, numbers, pass };
};

describe('the store is away for a while', () => {
  test('each fact is told once and in order, and the journal is empty again', async () => {
    const { store, journal, ledger, numbers, pass, seen } = setUp();
    ledger.commit(told(1));
    await pass(10);
    store.failing = true;
    for (const n of [2, 3]) ledger.commit(told(n));
    await pass(10);
    ledger.commit(told(4));
    expect(journal.entries.map(({ is, at }) => [is, at.n])).toEqual([
      ['whole', 3],
      ['change', 2],
      ['change', 3],
      ['change', 4],
    ]);
    store.failing = false;
    await pass(300);
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(journal.entries).toEqual([]);
    expect(seen).toEqual(['behind', 'caught up']);
  });

  test('what was carried out though the answer never came is not told twice', async () => {
    const { store, ledger, numbers, pass } = setUp();
    const commit = store.commit.bind(store);
    store.commit = async (...args) => {
      await commit(...args);
      throw new Error('the answer was cut off');
    };
    ledger.commit(told(1));
    await pass(10);
    store.commit = commit;
    ledger.commit(told(2));
    await pass(300);
    expect(numbers()).toEqual([1, 2]);
  });

  test('what it has not answered in time goes to the journal as well', async () => {
    const { store, journal, ledger, pass } = setUp();
    store.hanging = true;
    ledger.commit(told(1));
    await pass(50);
    expect(journal.entries).toEqual([]);
    await pass(300);
    expect(journal.entries.map(({ is, at }) => [is, at.n])).toEqual([
      ['whole', 1],
      ['change', 1],
    ]);
  });

  test('a process that is killed meanwhile has left the state and what was not told, for the next one', async () => {
    const { store, journal, ledger, numbers, pass } = setUp();
    ledger.commit(told(1));
    await pass(10);
    store.failing = true;
    ledger.commit(told(2));
    await pass(10);
    ledger.commit({ ...told(3), agents: [{ id: 'ben' }] } as unknown as Change);
    ledger.stop();
    expect(await stateIn(journal)).toMatchObject({
      at: { epoch: 1, n: 3 },
      state: { calls: [{ id: 'c1' }], agents: [{ id: 'ana' }, { id: 'ben' }] },
    });

    const next = setUp({ store, journal, epoch: 2 });
    next.ledger.begin(2, 'journal');
    next.ledger.commit(told(4));
    await next.pass(300);
    expect(numbers()).toEqual([1]);
    store.comeBack();
    await next.pass(300);
    expect(numbers()).toEqual([1, 2, 3, 4]);
    await replay(journal, store);
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(journal.entries).toEqual([]);
  });

  test('a journal that cannot be written is given everything again as soon as it can', async () => {
    const { store, journal, ledger, pass } = setUp();
    store.failing = true;
    journal.failing = true;
    ledger.commit(told(1));
    await pass(300);
    ledger.commit(told(2));
    expect(journal.entries).toEqual([]);
    journal.failing = false;
    await pass(2500);
    await pass(300);
    expect(journal.entries.map(({ is, at }) => [is, at.n])).toEqual([
      ['whole', 2],
      ['change', 1],
      ['change', 2],
    ]);
  });
});

describe('the store has lost what it held', () => {
  test('all of it: the state is there again at once, with what was told of the calls that go on and ended lately', async () => {
    const { store, ledger, numbers, pass } = setUp();
    ledger.commit(told(1, 'CallArrived'));
    ledger.commit(told(2, 'CallEnded'));
    ledger.commit(told(1, 'CallArrived', 'c2'));
    await pass(10);
    store.loseAll();
    store.comeBack();
    await pass(10);
    expect((await store.load()).agents).toEqual([{ id: 'ana' }]);
    expect(numbers()).toEqual([1, 2, 1, 0]);
    ledger.commit(told(2, 'CallEnded', 'c2'));
    await pass(10);
    expect(numbers()).toEqual([1, 2, 1, 0, 2]);
  });

  test('all of it: what was live when the process began is not told after the calls since, which would look lost', async () => {
    const { store, ledger, pass } = setUp();
    ledger.commit({ ...nothing, facts: [{ type: 'ExchangeRecovered', at: -1, calls: [] } as unknown as Fact] });
    ledger.commit(told(1, 'CallArrived'));
    await pass(10);
    store.loseAll();
    store.comeBack();
    await pass(10);
    expect(store.facts).toMatchObject([{ type: 'CallArrived' }, { type: 'ExchangeRecovered', at: 0 }]);
  });

  test('its last moments: only those are told again', async () => {
    const { store, ledger, numbers, pass } = setUp();
    for (const n of [1, 2, 3]) ledger.commit(told(n));
    await pass(10);
    await store.replace(nothing, { epoch: 1, n: 1 });
    store.facts.splice(1);
    ledger.commit(told(4));
    await pass(10);
    expect(numbers()).toEqual([1, 2, 3, 4]);
  });
});

test('a process whose place another has taken writes no more', async () => {
  const { store, ledger, numbers, pass, seen } = setUp();
  ledger.commit(told(1));
  await pass(10);
  await store.claim(2);
  ledger.commit(told(2));
  ledger.commit(told(3));
  await pass(500);
  expect(numbers()).toEqual([1]);
  expect(seen).toEqual(['taken over']);
});

describe('the copy of the state', () => {
  const changes = (call: string, phase: string): Change =>
    ({ ...told(1), calls: [{ id: call, phase }] }) as unknown as Change;

  test('is a tenth of a second old at most, holds what has changed meanwhile as one, and no fact', async () => {
    const { copy, ledger, pass } = setUp();
    ledger.commit(changes('c1', 'queued'));
    await pass(99);
    expect(copy.entries).toEqual([]);
    await pass(1);
    ledger.commit(changes('c2', 'queued'));
    ledger.commit(changes('c2', 'talking'));
    ledger.commit({ ...told(9), ended: ['c1' as CallId] });
    await pass(100);
    expect(copy.entries.map(({ is, at, change }) => [is, at.n, change.calls, change.facts])).toEqual([
      ['whole', 1, [{ id: 'c1' }], []],
      ['change', 4, [{ id: 'c2', phase: 'talking' }], []],
    ]);
    expect((await stateIn(copy))?.state.calls).toEqual([{ id: 'c2', phase: 'talking' }]);
    await pass(5000);
    expect(copy.entries).toHaveLength(2);
  });

  test('is begun anew when it has grown long, and some time after it could not be written', async () => {
    const { copy, ledger, pass } = setUp();
    const second = async (calls: number): Promise<void> => {
      for (let call = 0; call < calls; call += 1) ledger.commit(changes(`c${call}`, 'queued'));
      await pass(1000);
    };
    for (const calls of [1, 3000, 3000, 1]) await second(calls);
    expect(copy.entries.map(({ is, at }) => [is, at.n])).toEqual([['whole', 6002]]);
    copy.failing = true;
    await second(1);
    copy.failing = false;
    for (let times = 0; times < 8; times += 1) await second(1);
    expect(copy.entries.map(({ at }) => at.n)).toEqual([6002]);
    await second(1);
    expect(copy.entries.map(({ is, at }) => [is, at.n])).toEqual([['whole', 6012]]);
  });

  test('ends with the process: one whose place another has taken writes no more', async () => {
    const { copy, store, ledger, pass } = setUp();
    await store.claim(2);
    ledger.commit(changes('c1', 'queued'));
    await pass(10);
    await pass(300);
    expect(copy.entries).toEqual([]);
  });

  test('a process that has begun with it tells the store all there is: that may hold more, or less', async () => {
    const earlier = setUp();
    earlier.ledger.commit(changes('c1', 'queued'));
    earlier.ledger.commit(changes('c8', 'queued'));
    await earlier.pass(10);
    earlier.ledger.stop();
    expect((await earlier.store.load()).calls).toEqual([
      { id: 'c1', phase: 'queued' },
      { id: 'c8', phase: 'queued' },
    ]);
    earlier.store.failing = true;
    // What waited there for the store is not lost by it.
    earlier.journal.begin([{ is: 'change', at: { epoch: 1, n: 3 }, change: told(3) }]);
    const { ledger, store, numbers, pass } = setUp({ store: earlier.store, journal: earlier.journal, epoch: 2 });
    ledger.begin(2, 'copy');
    ledger.commit(told(7));
    store.comeBack();
    await pass(300);
    expect((await store.load()).calls).toEqual([{ id: 'c1' }]);
    expect(numbers()).toEqual([1, 1, 3, 7, 0]);
  });
});
