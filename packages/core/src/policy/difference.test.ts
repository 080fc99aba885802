import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { Extension, NodeId, QueueId } from '../ids.ts';
import { policyDifference } from './difference.ts';
import type { NodeOf } from './flow.ts';
import type { Policy } from './policy.ts';

const difference = (changes: Partial<Policy>): readonly string[] => policyDifference(aPolicy(), aPolicy(changes));
const support = (changes: Partial<ReturnType<typeof aQueue>>): Partial<Policy> => {
  const { queues } = aPolicy();
  const old = queues['support' as QueueId] ?? aQueue();
  return { queues: { ...queues, ['support' as QueueId]: { ...old, ...changes } } };
};
const main = (id: string, changes: object): Partial<Policy> => {
  const { flows: all } = aPolicy();
  const old = all['main' as never] as ReturnType<typeof aFlow>;
  const node = old.nodes[id as NodeId];
  return {
    flows: flows({
      ...all,
      main: { ...old, nodes: { ...old.nodes, [id]: { ...node, ...changes } as typeof node & object } },
    }),
  };
};
const menu = aPolicy().flows['main' as never] as ReturnType<typeof aFlow>;
const { choices } = menu.nodes['menu' as NodeId] as NodeOf<'menu'>;

test('nothing has changed between a policy and itself, whatever its number', () => {
  expect(policyDifference(aPolicy(), aPolicy({ version: 7 }))).toEqual([]);
});

test.each<[string, Partial<Policy>, readonly string[]]>([
  ['a phone rings longer', support({ ringForMs: 20_000 }), ['Support: rings 15 s → 20 s']],
  [
    'a goal is set higher',
    support({ target: { answerWithinMs: 20_000, goal: 0.9 } }),
    ['Support: service level to reach 80 % → 90 %'],
  ],
  [
    'members come and go',
    support({ members: aQueue({ members: ['ana', 'dora'] as never }).members }),
    ['Support: dora joins', 'Support: ben leaves', 'Support: chloe leaves'],
  ],
  [
    'a key leads elsewhere',
    main('menu', { choices: { ...choices, '2': 'sales', '3': 'sales' } }),
    ['menu menu: key 2 now leads to sales', 'menu menu: key 3 now leads to sales'],
  ],
  ['a key leads nowhere', main('menu', { choices: { '1': 'sales' } }), ['menu menu: key 2 leads nowhere any more']],
  ['more patience', main('menu', { waitMs: 7500 }), ['menu menu: waits 5 s → 7500 ms']],
  [
    'something else is said',
    main('welcome', { sounds: ['cordboard/welcome-back'] }),
    ['say welcome: sounds with cordboard/welcome-back', 'say welcome: sounds without cordboard/welcome'],
  ],
  [
    'another kind of node',
    main('welcome', { kind: 'language', language: 'en', sounds: undefined }),
    ['flow hours: node welcome was a say and is a language now'],
  ],
  [
    'a number leads elsewhere',
    { numbers: aPolicy().numbers.map((each) => ({ ...each, flow: 'straight' as never })) },
    ['number +33170000010: flow main → straight', 'number +33170000101: flow ana → straight'],
  ],
  [
    'a flow is new',
    { flows: flows({ ...aPolicy().flows, night: aFlow('end', { end: { kind: 'hangup' } }) }) },
    ['flow night is new'],
  ],
  ['a list grows', { lists: { vips: ['+331'] } }, ['list vips is new']],
])('%s', (_, changes, said) => {
  expect(difference(changes)).toEqual(said);
});

test('a list, a roster and a branch tell what is in them', () => {
  const house = (numbers: readonly string[], extension: string, segment: string): Policy =>
    aPolicy({
      lists: { vips: numbers },
      rosters: {
        night: {
          name: 'Night',
          timeZone: 'UTC',
          weeks: {},
          order: [{ extension: extension as Extension, forMs: 20_000 }],
        },
      },
      flows: flows({
        night: aFlow('who', {
          who: {
            kind: 'branch',
            cases: [{ when: { fact: 'customer.segment', is: 'equals', value: segment }, to: 'end' as NodeId }],
            otherwise: 'end' as NodeId,
          },
          end: { kind: 'hangup' },
        }),
      }),
    });
  expect(policyDifference(house(['+331', '+332'], '101', 'vip'), house(['+332', '+333'], '102', 'partner'))).toEqual([
    'branch who: case 1 when customer.segment equals vip → customer.segment equals partner',
    'list vips with +333',
    'list vips without +331',
    'roster night: order 1 extension 101 → 102',
  ]);
});
