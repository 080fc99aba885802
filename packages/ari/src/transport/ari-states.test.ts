import { expect, test } from 'vitest';
import { ariStates } from './ari-states.ts';
import type { AriState } from './transport.ts';

const setUp = () => {
  const states = ariStates({ app: 'a', url: '', user: '', password: '', events: [] });
  const told: unknown[] = [];
  const seen: AriState['is'][] = [];
  states.onEvent((event) => told.push(event));
  states.onState(({ is }) => seen.push(is));
  return { states, told, seen };
};

test('events that come before the connection is ready wait for it, in order', () => {
  const { states, told } = setUp();
  states.heard({ type: 'A' });
  states.heard({ type: 'B' });
  expect(told).toEqual([]);
  states.become({ is: 'connected', version: '22' });
  states.heard({ type: 'C' });
  expect(told).toEqual([{ type: 'A' }, { type: 'B' }, { type: 'C' }]);
});

test('those of a connection that came to nothing are not told with the next', () => {
  const { states, told } = setUp();
  states.heard({ type: 'A' });
  states.lost('broken', 100);
  states.become({ is: 'connected', version: '22' });
  expect(told).toEqual([]);
});

test('each change is told once, with the newest reason at hand', () => {
  const { states, seen } = setUp();
  states.lost('refused', 100);
  expect(states.reason).toBe('refused');
  states.become({ is: 'connected', version: '22' });
  states.become({ is: 'connected', version: '22' });
  states.lost('broken', 100);
  states.lost('refused', 100);
  expect(states.reason).toBe('refused');
  expect(seen).toEqual(['disconnected', 'connected', 'disconnected']);
});

test('what is replaced stays so, and is told to no one as an event', () => {
  const { states, told, seen } = setUp();
  states.become({ is: 'connected', version: '22' });
  states.heard({ type: 'ApplicationReplaced' });
  states.lost('closed', 100);
  states.become({ is: 'connected', version: '22' });
  expect(seen).toEqual(['disconnected', 'connected', 'replaced']);
  expect(told).toEqual([]);
});
