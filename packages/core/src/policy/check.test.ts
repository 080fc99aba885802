import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { AgentId, Extension, NodeId, QueueId } from '../ids.ts';
import { checkPolicy } from './check.ts';
import { dialKey } from './dial-key.ts';
import type { Policy } from './policy.ts';

const known = { agents: new Set(['ana', 'ben', 'chloe'] as AgentId[]), extensions: new Set(['101'] as Extension[]) };
const faults = (policy: Policy): readonly string[] => checkPolicy(policy, known).map(({ path }) => path);

test('a sound policy has no faults', () => {
  expect(checkPolicy(aPolicy(), known)).toEqual([]);
});

test('a queue that is not there is named, with the node that leads to it', () => {
  const policy = aPolicy({ queues: { ['support' as QueueId]: aQueue() } });
  expect(checkPolicy(policy, known)).toEqual([
    { path: 'flows.main.nodes.sales.queue', message: 'No queue is called "sales": create it or choose another.' },
  ]);
});

test.each<[string, Partial<Policy>, string[]]>([
  [
    'a queue without members',
    { queues: { ...aPolicy().queues, ['sales' as QueueId]: aQueue({ members: [] }) } },
    ['queues.sales.members'],
  ],
  [
    'a member nobody knows',
    { queues: { ...aPolicy().queues, ['sales' as QueueId]: aQueue({ members: ['zoe'] as AgentId[] }) } },
    ['queues.sales.members'],
  ],
  [
    'a number given twice, once in another spelling',
    {
      numbers: [
        ...aPolicy().numbers,
        { number: '0033170000010', name: 'again', language: 'fr', flow: 'main' as never },
      ],
    },
    ['numbers.3.number'],
  ],
  [
    'a number that leads to no flow',
    { numbers: [{ number: '+331', name: 'x', language: 'fr', flow: 'nowhere' as never }] },
    ['numbers.0.flow'],
  ],
  [
    'an edge that lands nowhere',
    {
      flows: flows({
        ...aPolicy().flows,
        main: aFlow('a', { a: { kind: 'say', sounds: ['x'], next: 'b' as NodeId } }),
      }),
    },
    ['flows.main.nodes.a.next'],
  ],
  ['a start that is not there', { flows: flows({ ...aPolicy().flows, main: aFlow('a', {}) }) }, ['flows.main.start']],
  [
    'a circle',
    {
      flows: flows({
        ...aPolicy().flows,
        main: aFlow('a', {
          a: { kind: 'language', language: 'fr', next: 'b' as NodeId },
          b: { kind: 'language', language: 'en', next: 'a' as NodeId },
        }),
      }),
    },
    ['flows.main.nodes.a', 'flows.main.nodes.b'],
  ],
  [
    'a queue that lets callers go, and nowhere to go',
    { queues: { ...aPolicy().queues, ['sales' as QueueId]: aQueue({ maxWaitMs: 1000 }) } },
    ['flows.main.nodes.sales.timeout'],
  ],
  [
    'an extension without a phone',
    {
      flows: flows({
        ...aPolicy().flows,
        ana: aFlow('r', {
          r: { kind: 'ring', extension: '999' as Extension, forMs: 1000, noAnswer: 'e' as NodeId },
          e: { kind: 'hangup' },
        }),
      }),
    },
    ['flows.ana.nodes.r.extension'],
  ],
  [
    'skills that are not, a step that comes too soon, and a member twice',
    {
      queues: {
        ...aPolicy().queues,
        ['sales' as QueueId]: aQueue({
          members: ['ben', 'ben'],
          requires: { tact: 5 } as never,
          relax: [
            { afterMs: 20_000, requires: {} },
            { afterMs: 10_000, requires: {} },
          ],
        }),
      },
      agents: { zed: { skills: {} } } as never,
    },
    ['queues.sales.members', 'queues.sales.requires.tact', 'queues.sales.relax.1.afterMs', 'agents.zed'],
  ],
])('%s', (_, changes, paths) => {
  expect(faults(aPolicy(changes))).toEqual(paths);
});

test.each([
  ['+33 1 70 00 00 10', '33170000010'],
  ['0033170000010', '33170000010'],
  ['*11', '*11'],
  ['abc', ''],
])('%s is dialled as %s', (dialled, key) => {
  expect(dialKey(dialled)).toBe(key);
});
