import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { boardSum } from './board-sum.ts';

test('two boards that show the same have the same sum, in whatever order they were told; others have not', () => {
  const floor = new Floor().signIn('ana', 'ben');
  floor.arrive('+33170000011');
  const { queues, agents, calls } = floor.board.snapshot(floor.now);
  const sum = boardSum([...queues, ...agents, ...calls]);
  expect(boardSum([...calls, ...[...agents].reverse(), ...queues])).toBe(sum);
  expect(boardSum(JSON.parse(JSON.stringify([...queues, ...agents, ...calls])))).toBe(sum);
  floor.after(1).callerHangsUp([...floor.exchange.calls.keys()][0] ?? ('' as never));
  const after = floor.board.snapshot(floor.now);
  expect(boardSum([...after.queues, ...after.agents, ...after.calls])).not.toBe(sum);
});
