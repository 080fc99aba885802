import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';

const support = '+33170000011';

test('who signs in at another phone is rung there, also when their own extension is dialled', () => {
  const floor = new Floor();
  floor.arrive('*11101', { from: 'phone', source: '110' });
  expect(floor.agent('ana')).toMatchObject({ extension: '110', seat: '110', presence: { is: 'ready' } });
  const call = floor.arrive(support);
  expect(floor.commandsOf(call, 'RingPhone')).toMatchObject([{ extension: '110' }]);
  floor.callerHangsUp(call);
  const dialled = floor.arrive('101', { from: 'phone', source: '102' });
  expect(floor.commandsOf(dialled, 'RingPhone')).toMatchObject([{ extension: '110' }]);
});

test('it outlives a restart, and ends with signing out', () => {
  const floor = new Floor();
  floor.arrive('*11101', { from: 'phone', source: '110' });
  floor.restart();
  expect(floor.agent('ana')).toMatchObject({ extension: '110' });
  floor.ask('ana', { to: 'sign-out' });
  expect(floor.agent('ana')).toMatchObject({ extension: '101' });
  expect(floor.agent('ana').seat).toBeUndefined();
});

test('a phone at which somebody else works is not taken; one whose own agent is away is lent', () => {
  const floor = new Floor().signIn('ben');
  floor.arrive('*11101', { from: 'phone', source: '102' });
  expect(floor.agent('ana').presence.is).toBe('signed-out');
  floor.arrive('*11101', { from: 'phone', source: '103' });
  expect(floor.agent('ana')).toMatchObject({ extension: '103' });
  floor.ask('ana', { to: 'sign-out' });
  floor.signIn('chloe');
  expect(floor.offeredTo(floor.arrive(support))).toBe('ben');
});
