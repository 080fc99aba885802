import { type CallId, instant, legOf } from '@cordboard/core';
import { expect, test } from 'vitest';
import { type Compared, DriftSentinel } from './drift-sentinel.ts';

const call = 'c1-1' as CallId;
const nothing: Compared = { events: [], repairs: [], strangers: [], orphans: [] };
const at = instant(1000);
const nobodyLeaves = () => false;

test('where call control and Asterisk agree there is nothing to tell', () => {
  expect(new DriftSentinel().factOf(nothing, nobodyLeaves, at, false)).toBeUndefined();
});

test('each thing that was put right is told: what it was, and of which call', () => {
  const compared: Compared = {
    events: [{ call, event: { type: 'LegEnded', at, leg: legOf(call, 1), cause: 'lost' } }],
    repairs: [{ call, command: { type: 'HangUp', channel: legOf(call, 1), cause: 'normal' } }],
    strangers: ['c2-2' as CallId],
    orphans: ['c9-9.b2'],
  };
  expect(new DriftSentinel().factOf(compared, nobodyLeaves, at, true)).toEqual({
    type: 'DriftHealed',
    at,
    afterOutage: true,
    count: 4,
    drifts: [
      { is: 'event-missed', call, what: 'LegEnded' },
      { is: 'request-lost', call, what: 'HangUp' },
      { is: 'caller-unknown', call: 'c2-2', what: 'CallArrived' },
      { is: 'left-over', call: 'c9-9', what: 'c9-9.b2' },
    ],
  });
});

test('what is just being taken down is no difference; what is still there at the next comparison is', () => {
  const sentinel = new DriftSentinel();
  const compared = { ...nothing, orphans: [legOf(call, 1)] };
  expect(sentinel.factOf(compared, () => true, at, false)).toBeUndefined();
  expect(sentinel.factOf(compared, () => true, at, false)).toMatchObject({ count: 1, drifts: [{ is: 'left-over' }] });
  sentinel.factOf(nothing, () => true, at, false);
  expect(sentinel.factOf(compared, () => true, at, false)).toBeUndefined();
});

test('of thousands the first are told, and how many there were', () => {
  const orphans = Array.from({ length: 1000 }, (_, index) => `c9-${index}.b1`);
  const fact = new DriftSentinel().factOf({ ...nothing, orphans }, nobodyLeaves, at, true);
  expect(fact).toMatchObject({ count: 1000 });
  expect(fact?.drifts).toHaveLength(20);
});
