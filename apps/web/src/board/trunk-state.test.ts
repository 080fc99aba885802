import type { TrunkState } from '@cordboard/core';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { isDown, trunkStateText } from './trunk-state.ts';

const state = (is: TrunkState['is'], lastError: string | null = null): TrunkState => ({
  id: 'carrier',
  is,
  since: 0 as TrunkState['since'],
  roundTripMs: null,
  lastError,
  lastErrorAt: null,
});

test.each([
  [state('registered'), 'Online, registered', 'En service, enregistré'],
  [state('rejected', 'rejected 403'), 'Rejected (403)', 'Refusé (403)'],
  [state('unreachable', 'does not answer'), 'Unreachable', 'Injoignable'],
  [null, 'Not heard of yet', 'Pas encore de nouvelles'],
])('a line’s state has a word that says what it means', (trunk, english, french) => {
  expect([trunkStateText(en, trunk), trunkStateText(fr, trunk)]).toEqual([english, french]);
});

test('a line is down when calls cannot go over it, not when nothing has been heard of it', () => {
  expect([state('rejected'), state('unreachable'), state('unregistered')].every(isDown)).toBe(true);
  expect([state('reachable'), state('registered'), state('unknown'), null].some(isDown)).toBe(false);
});
