import {
  type AgentId,
  type Alert,
  boardSum,
  type CallId,
  createBoardProjection,
  type Extension,
  type Fact,
  type QueueId,
} from '@cordboard/core';
import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { Audience, everything, onlyOwn } from './audience.ts';

/** A floor whose facts are folded as they come, before two audiences: a supervisor, and Ana. */
const aHouse = () => {
  const floor = new Floor();
  const board = createBoardProjection();
  const supervisors = new Audience(board, everything);
  const ana = new Audience(board, onlyOwn('ana' as AgentId));
  let told = 0;
  const fold = (): readonly Fact[] => {
    const facts = floor.facts.slice(told);
    told = floor.facts.length;
    for (const fact of facts) {
      const change = board.apply(fact);
      supervisors.take(change);
      ana.take(change);
    }
    return facts;
  };
  fold();
  supervisors.delta(floor.now);
  ana.delta(floor.now);
  return { floor, board, supervisors, ana, fold };
};

test('changes are told once, together, each thing as it is by then', () => {
  const { floor, supervisors, fold } = aHouse();
  const call = floor.arrive('+33170000011');
  floor.after(10).signIn('ana');
  fold();
  const seq = supervisors.seq;
  expect(supervisors.delta(floor.now)).toMatchObject({
    seq: seq + 1,
    queues: [{ id: 'support', waiting: 1 }],
    agents: [{ id: 'ana', state: 'offered' }],
    calls: [{ id: call, place: 'ringing' }],
  });
  expect(supervisors.delta(floor.now)).toBeUndefined();
  expect(supervisors.seq).toBe(seq + 1);
});

test('a call that came and went between two deltas is not told at all', () => {
  const { floor, supervisors, fold } = aHouse();
  floor.callerHangsUp(floor.arrive('+33170000011'));
  fold();
  const delta = supervisors.delta(floor.now);
  expect(delta).not.toHaveProperty('calls');
  expect(delta).not.toHaveProperty('gone');
});

test('snapshot and deltas give what a later snapshot gives', () => {
  const { floor, supervisors, fold } = aHouse();
  const before = supervisors.snapshot(floor.now);
  const calls = new Map(before.board.calls.map((call) => [call.id, call]));
  floor.signIn('ana', 'ben');
  const first = floor.arrive('+33170000011');
  floor.arrive('+33170000011');
  fold();
  const deltas = [supervisors.delta(floor.now)];
  floor.answers(first);
  floor.after(5000).callerHangsUp(first);
  fold();
  deltas.push(supervisors.delta(floor.now));
  for (const delta of deltas) {
    for (const call of delta?.calls ?? []) calls.set(call.id, call);
    for (const id of delta?.gone ?? []) calls.delete(id);
  }
  expect(deltas.map((delta) => delta?.seq)).toEqual([before.seq + 1, before.seq + 2]);
  expect([...calls.values()]).toEqual(supervisors.snapshot(floor.now).board.calls);
});

test('an agent sees every queue, and of people and callers only their own', () => {
  const { floor, ana, fold } = aHouse();
  floor.signIn('ben');
  const bens = floor.arrive('+33170000011', { ani: '+33611111111' });
  floor.signIn('ana');
  const hers = floor.arrive('+33170000011', { ani: '+33622222222' });
  fold();
  const delta = ana.delta(floor.now);
  expect(delta?.calls?.map(({ id }) => id)).toEqual([hers]);
  expect(delta?.agents?.map(({ id }) => id)).toEqual(['ana']);
  expect(delta?.queues?.map(({ id }) => id)).toContain('support' as QueueId);
  const text = JSON.stringify([delta, ana.snapshot(floor.now)]);
  expect(text).not.toContain('+33611111111');
  expect(bens).not.toBe(hers);
});

test('a call that goes to another agent is gone from the first one’s sight', () => {
  const { floor, ana, fold } = aHouse();
  floor.signIn('ana', 'ben');
  const call = floor.arrive('+33170000011');
  fold();
  expect(ana.delta(floor.now)?.calls?.map(({ id }) => id)).toEqual([call]);
  floor.after(10).legEnds(call, 'refused');
  fold();
  expect(ana.delta(floor.now)).toMatchObject({ gone: [call] });
  floor.after(1000).answers(call);
  fold();
  expect(ana.delta(floor.now)?.gone ?? []).toEqual([] as CallId[]);
});

test('a fresh snapshot takes the place of the next delta', () => {
  const { floor, supervisors, fold } = aHouse();
  floor.arrive('+33170000011');
  fold();
  const { seq } = supervisors;
  expect(supervisors.fresh(floor.now)).toMatchObject({ seq: seq + 1, board: { calls: [{}] } });
  expect(supervisors.delta(floor.now)).toBeUndefined();
});

test('whatever happens, a page that has been told every delta shows what the checksum says', () => {
  const { floor, supervisors, fold } = aHouse();
  const page = new Map<string, Parameters<typeof boardSum>[0] extends Iterable<infer Thing> ? Thing : never>();
  const { board } = supervisors.snapshot(floor.now);
  for (const thing of [...board.queues, ...board.agents, ...board.calls, ...board.trunks]) page.set(thing.id, thing);
  const happened = (): void => {
    fold();
    expect(supervisors.sum(floor.now)).toBeUndefined();
    const { queues = [], agents = [], calls = [], trunks = [], gone = [] } = supervisors.delta(floor.now) ?? {};
    for (const thing of [...queues, ...agents, ...calls, ...trunks]) page.set(thing.id, thing);
    for (const id of gone) page.delete(id);
    expect(supervisors.sum(floor.now)).toBe(boardSum(page.values()));
  };
  const call = floor.arrive('+33170000011');
  happened();
  floor.after(10).signIn('ana');
  happened();
  floor.after(10).answers(call);
  happened();
  const report = { of: 'contact', reachable: false } as const;
  floor.handle({ type: 'TrunkReported', at: floor.now, trunk: 'carrier', report });
  happened();
  const request = { is: 'begin', kind: 'attended', to: { extension: '102' as Extension } } as const;
  floor.after(10).handle({ type: 'TransferAsked', at: floor.now, call, request, agent: null });
  happened();
  floor.after(10).callerHangsUp(call);
  happened();
});

test('how the house stands is for those who lead', () => {
  const { floor, board, supervisors, ana } = aHouse();
  const report = { of: 'contact', reachable: false } as const;
  const trunk = floor.handle({ type: 'TrunkReported', at: floor.now, trunk: 'carrier', report }).facts[0] as Fact;
  const healed: Fact = {
    type: 'DriftHealed',
    at: floor.now,
    afterOutage: false,
    count: 1,
    drifts: [{ is: 'event-missed', call: 'c1' as CallId, what: 'LegEnded' }],
  };
  for (const change of [trunk, healed].map(board.apply)) for (const each of [supervisors, ana]) each.take(change);
  expect(supervisors.delta(floor.now)).toMatchObject({
    trunks: [{ id: 'carrier', is: 'unreachable' }],
    healings: [{ count: 1, last: { what: 'LegEnded' } }],
  });
  expect(ana.delta(floor.now)).toBeUndefined();
  expect(ana.snapshot(floor.now).board).toMatchObject({ trunks: [], healings: [] });
});

test('that callers are turned away is told to those who lead, and so is that it is over', () => {
  const { floor, board, supervisors, ana } = aHouse();
  const alerted = (alert: Alert): Fact => ({ type: 'SupervisorAlerted', at: floor.now, alert });
  const told = (fact: Fact) => {
    const change = board.apply(fact);
    for (const each of [supervisors, ana]) each.take(change);
    return [supervisors.delta(floor.now)?.admission, ana.delta(floor.now)];
  };
  expect(told(alerted({ is: 'admission-limited', because: '2 calls, limit 2' }))).toEqual([
    { since: floor.now, because: '2 calls, limit 2', turnedAway: 1 },
    undefined,
  ]);
  expect(supervisors.snapshot(floor.now).board.admission).toMatchObject({ turnedAway: 1 });
  expect(ana.snapshot(floor.now).board.admission).toBeNull();
  expect(told(alerted({ is: 'admission-open', turnedAway: 1, forMs: 5000 }))).toEqual([null, undefined]);
});
