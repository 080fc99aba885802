import type { BoardDelta, BoardSnapshot } from '@cordboard/contracts';
import { type AgentView, boardSum, type CallView, type QueueSnapshot } from '@cordboard/core';
import { beforeEach, expect, test } from 'vitest';
import { BoardStore } from './board-store.ts';

const call = (id: string, place = 'waiting') => ({ id, place }) as CallView;
const agent = (id: string, state = 'ready') => ({ id, state }) as AgentView;
const queue = (id: string, waiting: number) => ({ id, waiting }) as QueueSnapshot;

const snapshot = (changes: Partial<BoardSnapshot['board']> = {}, seq = 7, epoch = 'a'): BoardSnapshot => ({
  epoch,
  seq,
  at: 0,
  board: { queues: [], agents: [], calls: [], trunks: [], healings: [], admission: null, policyVersion: 1, ...changes },
});
const delta = (seq: number, changes: Partial<BoardDelta> = {}): BoardDelta => ({ epoch: 'a', seq, at: 0, ...changes });

let frames: (() => void)[];
let store: BoardStore;
const paint = () => {
  for (const frame of frames.splice(0)) frame();
  return store.picture.get();
};
const callsShown = () => [...(paint()?.calls.keys() ?? [])];

beforeEach(() => {
  frames = [];
  store = new BoardStore((frame) => frames.push(frame));
});

test('deltas go on from the snapshot: calls come, change and go', () => {
  store.take(snapshot({ calls: [call('one')] }));
  expect(store.change(delta(8, { calls: [call('two')] }))).toBe(true);
  expect(store.change(delta(9, { calls: [call('two', 'talking')], gone: ['one' as CallView['id']] }))).toBe(true);
  expect([...(paint()?.calls.values() ?? [])]).toEqual([call('two', 'talking')]);
});

test('a gap is noticed, and nothing after it is believed until a snapshot comes', () => {
  store.take(snapshot());
  expect(store.change(delta(9, { calls: [call('late')] }))).toBe(false);
  expect(callsShown()).toEqual([]);
  store.take(snapshot({ calls: [call('late')] }, 9));
  expect(store.change(delta(10, { calls: [call('next')] }))).toBe(true);
  expect(callsShown()).toEqual(['late', 'next']);
});

test('another epoch is another numbering: a snapshot is needed', () => {
  store.take(snapshot());
  expect(store.change({ ...delta(8), epoch: 'b' })).toBe(false);
  expect(store.isAbreast({ epoch: 'b', seq: 7 })).toBe(false);
});

test('what was on its way while the snapshot was made is not told twice', () => {
  store.take(snapshot({ calls: [call('one', 'talking')] }, 9));
  expect(store.change(delta(8, { calls: [call('one', 'ringing')] }))).toBe(true);
  expect(paint()?.calls.get('one' as CallView['id'])?.place).toBe('talking');
});

test('a pulse that is ahead tells of a delta that never came', () => {
  store.take(snapshot());
  expect(store.isAbreast({ epoch: 'a', seq: 7 })).toBe(true);
  expect(store.isAbreast({ epoch: 'a', seq: 8 })).toBe(false);
});

test('a page notices that it shows something else than it was told, once it has been told as much', () => {
  store.take(snapshot({ queues: [queue('support', 1)], calls: [call('one')] }));
  const sum = boardSum([queue('support', 1), call('one', 'talking')]);
  expect(store.agrees({ epoch: 'a', seq: 7, sum })).toBe(false);
  expect(store.agrees({ epoch: 'a', seq: 8, sum })).toBe(true);
  expect(store.agrees({ epoch: 'a', seq: 7 })).toBe(true);
  store.change(delta(8, { calls: [call('one', 'talking')] }));
  expect(store.agrees({ epoch: 'a', seq: 8, sum })).toBe(true);
});

test('a thousand facts within a frame are one painting', () => {
  store.take(snapshot());
  let painted = 0;
  store.picture.watch(() => {
    painted += 1;
  });
  for (let seq = 8; seq < 1008; seq += 1) store.change(delta(seq, { queues: [queue('support', seq)] }));
  expect(frames).toHaveLength(1);
  expect(paint()?.queues).toEqual([queue('support', 1007)]);
  expect(painted).toBe(1);
});

test('what has not changed stays the very same, so that only tiles that changed are drawn', () => {
  store.take(snapshot({ queues: [queue('support', 1), queue('sales', 2)], agents: [agent('ana')], calls: [] }));
  const before = paint();
  store.change(delta(8, { queues: [queue('support', 3)] }));
  const after = paint();
  expect(after?.queues[1]).toBe(before?.queues[1]);
  expect(after?.agents).toBe(before?.agents);
  expect(after?.calls).toBe(before?.calls);
  expect(after?.queues[0]).not.toBe(before?.queues[0]);
});

test('a snapshot takes away what is no more', () => {
  store.take(snapshot({ queues: [queue('old', 1)] }));
  paint();
  store.take(snapshot({ queues: [queue('new', 0)] }, 8));
  expect(paint()?.queues).toEqual([queue('new', 0)]);
});
