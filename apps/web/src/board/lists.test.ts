import type { AgentView, CallView } from '@cordboard/core';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { isFound } from './find.ts';
import { agentsInOrder, callsInOrder, clockSince } from './order.ts';
import { beside, who } from './who.ts';

const call = (id: string, place: string, since: number, queuedAt: number | null = null) =>
  ({ id, place, since, queuedAt }) as CallView;
const agent = (id: string, state: string, since: number) => ({ id, name: id, state, since }) as AgentView;

test('whoever has waited longest stands first; ringing in vain sets no wait back', () => {
  const calls = [call('talks', 'talking', 1), call('new', 'waiting', 9, 9), call('back', 'waiting', 12, 3)];
  expect(callsInOrder(calls).map(({ id }) => id)).toEqual(['back', 'new', 'talks']);
  expect(clockSince(call('rung', 'ringing', 50, 10))).toBe(10);
  expect(clockSince(call('rung', 'ringing', 50))).toBe(50);
});

test('agents stand by what they do, those who have done it longest first, the absent by name', () => {
  const agents = [
    agent('zoe', 'signed-out', 1),
    agent('ben', 'ready', 5),
    agent('ana', 'signed-out', 2),
    agent('chloe', 'ready', 3),
    agent('dan', 'talking', 9),
  ];
  expect(agentsInOrder(agents).map(({ id }) => id)).toEqual(['dan', 'chloe', 'ben', 'ana', 'zoe']);
});

test('a search minds neither case, accents nor spaces', () => {
  expect(isFound('zoe', 'Zoë Martin')).toBe(true);
  expect(isFound('0612', null, '+33 6 12 34 56 78')).toBe(false);
  expect(isFound('612 34', '+33612345678')).toBe(true);
  expect(isFound('', undefined)).toBe(true);
});

test('a caller is called by the best that is known of them', () => {
  const unknown = { ani: '+33612345678', aniName: '', customer: null };
  expect(who(en, unknown)).toMatch(/^\+33\s6\s12\s34\s56\s78$/);
  expect(beside(en, unknown)).toBeUndefined();
  const named = { ...unknown, aniName: 'ZOE M' };
  expect([who(en, named), beside(en, named)]).toEqual(['ZOE M', expect.stringMatching(/^\+33\s6/)]);
  const known = { ...named, customer: { id: 'z', name: 'Zoë Martin', company: 'Acme' } };
  expect([who(en, known), beside(en, known)]).toEqual(['Zoë Martin', 'Acme']);
  expect(who(en, { ...unknown, ani: 'anonymous' })).toBe('Number withheld');
});
