import type { Change, ExchangeStore } from '@cordboard/application';
import type { CallState, Fact, QueueId, SwitchState, Ticket } from '@cordboard/core';
import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';

/** One call by itself on a floor where Ana is ready: real states and facts to be kept. */
const aCallOfferedToAna = (): { readonly arrival: Change; readonly end: Change } => {
  const floor = new Floor().signIn('ana');
  const told = floor.facts.length;
  const call = floor.arrive('+33170000011');
  const arrival: Change = {
    calls: [floor.call(call)],
    ended: [],
    agents: [floor.agent('ana')],
    facts: floor.facts.slice(told),
  };
  const before = floor.facts.length;
  floor.callerHangsUp(call);
  return {
    arrival,
    end: { calls: [], ended: [call], agents: [floor.agent('ana')], facts: floor.facts.slice(before) },
  };
};

/** What every store of the exchange must do. `facts` reads what has been appended, in order. */
export const exchangeStoreContract = (
  open: () => Promise<{ readonly store: ExchangeStore; readonly facts: () => Promise<readonly Fact[]> }>,
): void => {
  test('a fresh store holds nothing', async () => {
    const { store } = await open();
    expect(await store.load()).toEqual({ calls: [], agents: [], switches: [], tickets: [], paces: [], ended: [] });
  });

  test('a call and an agent come back as they were saved', async () => {
    const { store } = await open();
    const { arrival } = aCallOfferedToAna();
    await store.commit(arrival);
    const { calls, agents } = await store.load();
    expect(calls).toEqual(arrival.calls);
    expect(agents).toEqual(arrival.agents);
  });

  test('of a call saved twice the later state is kept, and an ended call is gone, and known to be over', async () => {
    const { store } = await open();
    const { arrival, end } = aCallOfferedToAna();
    const [call] = arrival.calls as [CallState];
    await store.commit(arrival);
    await store.commit({ calls: [{ ...call, told: 99 }], ended: [], agents: [], facts: [] });
    expect((await store.load()).calls).toMatchObject([{ told: 99 }]);
    await store.commit(end);
    expect((await store.load()).calls).toEqual([]);
    expect((await store.load()).agents).toEqual(end.agents);
    expect((await store.load()).ended).toEqual(end.ended);
  });

  test('facts are kept in the order told, over several changes', async () => {
    const { store, facts } = await open();
    const { arrival, end } = aCallOfferedToAna();
    await store.commit(arrival);
    await store.commit(end);
    expect(await facts()).toEqual([...arrival.facts, ...end.facts]);
  });

  test('changes handed over at once are kept in the order handed over', async () => {
    const { store, facts } = await open();
    const { arrival } = aCallOfferedToAna();
    const [fact] = arrival.facts as [Fact & { n: number }];
    const many = Array.from({ length: 200 }, (_, n) => ({ ...fact, n: n + 1 }) as Fact);
    await Promise.all(many.map((one) => store.commit({ calls: [], ended: [], agents: [], facts: [one] })));
    expect(await facts()).toEqual(many);
  });

  test('a promise to call back and a switch come back as they were saved, and a promise that is over is gone', async () => {
    const { store } = await open();
    const ticket = { id: 't1', number: '+33639980001', state: { is: 'waiting' } } as unknown as Ticket;
    const night = { id: 'night', on: true, at: 1, by: 'sue' } as unknown as SwitchState;
    const nothing = { calls: [], ended: [], agents: [], facts: [] };
    await store.commit({ ...nothing, tickets: [ticket], switches: [night] });
    expect(await store.load()).toMatchObject({ tickets: [ticket], switches: [night] });
    await store.commit({ ...nothing, closedTickets: [ticket.id] });
    expect((await store.load()).tickets).toEqual([]);
    expect((await store.load()).switches).toEqual([night]);
  });

  test('what a queue has learned of its waits comes back as it was last saved', async () => {
    const { store } = await open();
    const pace = (handlingMs: number) => ({ id: 'support' as QueueId, handlingMs, ratios: [0.5, 1.2] });
    const nothing = { calls: [], ended: [], agents: [], facts: [] };
    await store.commit({ ...nothing, paces: [pace(60_000)] });
    await store.commit({ ...nothing, paces: [pace(61_000)] });
    expect((await store.load()).paces).toEqual([pace(61_000)]);
  });

  test('an empty change changes nothing', async () => {
    const { store, facts } = await open();
    await store.commit({ calls: [], ended: [], agents: [], facts: [] });
    expect(await facts()).toEqual([]);
  });

  test('a numbered change is taken once, and only as the next one', async () => {
    const { store, facts } = await open();
    const { arrival } = aCallOfferedToAna();
    const [fact] = arrival.facts as [Fact & { n: number }];
    const nothing = { calls: [], ended: [], agents: [], facts: [] };
    const commit = (n: number, first = n) =>
      store.commit({ ...nothing, facts: [{ ...fact, n } as Fact] }, { epoch: 1000, first, n });
    expect(await store.claim(1000)).toBe(true);
    expect(await commit(1)).toEqual({ taken: true });
    expect(await commit(1)).toEqual({ taken: true });
    expect(await commit(3)).toEqual({ taken: false, last: { epoch: 1000, n: 1 } });
    expect(await commit(3, 2)).toEqual({ taken: true });
    expect(await store.position()).toEqual({ epoch: 1000, n: 3 });
    expect((await facts()).map((told) => 'n' in told && told.n)).toEqual([1, 3]);
  });

  test('who began later writes; who wrote before is refused from then on', async () => {
    const { store, facts } = await open();
    const nothing = { calls: [], ended: [], agents: [], facts: [] };
    await store.claim(1000);
    expect(await store.claim(1000)).toBe(false);
    expect(await store.claim(2000)).toBe(true);
    expect(await store.commit(nothing, { epoch: 1000, first: 1, n: 1 })).toMatchObject({ taken: false });
    expect(await store.replace(nothing, { epoch: 1000, n: 1 })).toBe(false);
    expect(await store.commit(nothing, { epoch: 3000, first: 1, n: 1 })).toEqual({ taken: true });
    expect(await facts()).toEqual([]);
  });

  test('replaced as a whole, nothing of before is left but what was told, which is not told twice', async () => {
    const { store, facts } = await open();
    const { arrival, end } = aCallOfferedToAna();
    await store.claim(1000);
    await store.commit(arrival, { epoch: 1000, first: 1, n: 1 });
    const whole = { ...end, ended: [], calls: [], facts: [...arrival.facts, ...end.facts] };
    expect(await store.replace(whole, { epoch: 1000, n: 7 })).toBe(true);
    expect((await store.load()).calls).toEqual([]);
    expect(await store.position()).toEqual({ epoch: 1000, n: 7 });
    const ofCalls = (await facts()).filter((told) => 'call' in told);
    expect(ofCalls).toEqual([...arrival.facts, ...end.facts].filter((told) => 'call' in told));
  });
};
