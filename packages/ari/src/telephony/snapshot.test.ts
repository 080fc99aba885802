import { instant } from '@cordboard/core';
import { expect, test } from 'vitest';
import { reachable } from './snapshot.ts';

const endpoints = [
  { technology: 'PJSIP', resource: '101', state: 'online', channel_ids: [] },
  { technology: 'PJSIP', resource: '102', state: 'offline', channel_ids: [] },
  { technology: 'PJSIP', resource: 'trunk-carrier', state: 'online', channel_ids: [] },
];
const startedAt = instant(1_000_000);

test('a phone that is offline is not registered', () => {
  const known = reachable(endpoints, [], startedAt, instant(startedAt + 60_000));
  expect([...known]).toEqual([
    ['101', true],
    ['102', false],
  ]);
  expect(reachable(endpoints, [], undefined, startedAt)).toEqual(known);
});

test('an Asterisk that has just been started has not asked all phones: of those it calls offline nothing is known', () => {
  expect([...reachable(endpoints, [], startedAt, instant(startedAt + 20_000))]).toEqual([['101', true]]);
});

test('a phone that talks in a call of the dialplan’s own is not to be had, one in a call of ours is', () => {
  const channel = (name: string, app: string) => ({
    id: name,
    name,
    state: 'Up',
    caller: { name: '', number: '' },
    dialplan: { app_name: app, app_data: '' },
  });
  const known = (name: string, app: string) =>
    reachable(endpoints, [channel(name, app)], startedAt, instant(startedAt + 60_000)).get('101' as never);
  expect(known('PJSIP/101-0000001a', 'AppDial')).toBe(false);
  expect(known('PJSIP/101-0000001a', 'Dial')).toBe(false);
  expect(known('PJSIP/101-0000001a', 'Stasis')).toBe(true);
  expect(known('PJSIP/101-0000001a', 'AppDial2')).toBe(true);
  expect(known('PJSIP/trunk-101-0000001a', 'Dial')).toBe(true);
});
