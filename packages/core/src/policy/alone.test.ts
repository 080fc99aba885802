import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentId, Extension, FlowId, NodeId, QueueId } from '../ids.ts';
import { whenAlone } from './alone.ts';
import type { FlowNode } from './flow.ts';
import type { Policy } from './policy.ts';
import type { Queue } from './queue.ts';

const phoneOf = new Map([
  ['ana', '101'],
  ['ben', '102'],
  ['chloe', '103'],
]) as unknown as ReadonlyMap<AgentId, Extension>;

const members = (...given: readonly (readonly [agent: string, penalty: number])[]): Queue['members'] =>
  given.map(([agent, penalty]) => ({ agent: agent as AgentId, penalty }));

/** A policy of one number, whose callers begin at `start`. */
const oneNumber = (nodes: Readonly<Record<string, FlowNode>>, changes: Partial<Policy> = {}): Policy =>
  aPolicy({
    numbers: [{ number: '+33170000011', name: 'One', language: 'fr', flow: 'one' as FlowId }],
    flows: flows({ one: aFlow('start', nodes) }),
    ...changes,
  });

const toSupport: FlowNode = { kind: 'queue', queue: 'support' as QueueId, priority: 0 };
const support = (changes: Partial<Queue>): Partial<Policy> => ({
  queues: { ['support' as QueueId]: { ...aQueue({ members: [] }), ringForMs: 12_000, ...changes } },
});

test('the numbers of a house, each with the phones that its callers reach', () => {
  expect(whenAlone(aPolicy(), phoneOf)).toMatchInlineSnapshot(`
    [
      {
        "language": "fr",
        "number": "33170000010",
        "rounds": [
          {
            "extensions": [
              "101",
              "102",
              "103",
            ],
            "forMs": 30000,
          },
        ],
      },
      {
        "language": "fr",
        "number": "33170000011",
        "rounds": [
          {
            "extensions": [
              "101",
              "102",
              "103",
            ],
            "forMs": 30000,
          },
        ],
      },
      {
        "language": "en",
        "number": "33170000101",
        "rounds": [
          {
            "extensions": [
              "101",
            ],
            "forMs": 30000,
          },
        ],
      },
    ]
  `);
});

test('in a queue all ring at once; who has a penalty rings when those before have not answered, and at last everybody', () => {
  const policy = oneNumber({ start: toSupport }, support({ members: members(['ben', 1], ['ana', 0], ['chloe', 0]) }));
  expect(whenAlone(policy, phoneOf)).toEqual([
    {
      number: '33170000011',
      language: 'fr',
      rounds: [
        { extensions: ['101', '103'], forMs: 12_000 },
        { extensions: ['102'], forMs: 12_000 },
        { extensions: ['101', '103', '102'], forMs: 30_000 },
      ],
    },
  ]);
});

test('in a linear queue they ring one after another', () => {
  const policy = oneNumber(
    { start: toSupport },
    support({ strategy: 'linear', members: members(['chloe', 0], ['ana', 0], ['ben', 0]) }),
  );
  expect(whenAlone(policy, phoneOf)[0]?.rounds.map(({ extensions }) => extensions)).toEqual([
    ['103'],
    ['101'],
    ['102'],
    ['103', '101', '102'],
  ]);
});

test('a number that leads nobody anywhere by itself rings where a key would have led', () => {
  const menu = {
    kind: 'menu',
    sounds: [],
    choices: { '1': 'there' as NodeId },
    tries: 1,
    waitMs: 1000,
    invalidSounds: [],
    noInputSounds: [],
    otherwise: 'end' as NodeId,
  } as const satisfies FlowNode;
  const nodes = { start: menu, there: toSupport, end: { kind: 'hangup' } } as const;
  expect(whenAlone(oneNumber(nodes, support({ members: members(['ana', 0]) })), phoneOf)[0]?.rounds).toEqual([
    { extensions: ['101'], forMs: 30_000 },
  ]);
});

test('where no phone can be reached, nobody is rung, and the number is still known by its language', () => {
  expect(whenAlone(oneNumber({ start: { kind: 'hangup' } }), phoneOf)).toEqual([
    { number: '33170000011', language: 'fr', rounds: [] },
  ]);
});

test('whatever stands in a policy, nothing but digits and bounded times comes out of it, for every number', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('101', 'ana', '1,n,System(rm)', `\${SHELL(id)}`, '101&PJSIP/102', ']\n[x]', '__proto__', 'start'),
  );
  const node = fc.oneof(
    nasty.map((extension) => ({ kind: 'ring', extension, forMs: 1, noAnswer: 'start' })),
    fc.array(nasty).map((extensions) => ({ kind: 'ring-group', extensions, forMs: 1e9, noAnswer: 'start' })),
    nasty.map((queue) => ({ kind: 'queue', queue, priority: 0 })),
    nasty.map((next) => ({ kind: 'say', sounds: [next], next })),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ number: nasty, flow: nasty }), { maxLength: 4 }),
      fc.dictionary(nasty, node),
      fc.array(fc.tuple(nasty, nasty)),
      (numbers, nodes, phones) => {
        const policy = aPolicy({
          numbers: numbers.map((each) => ({ ...each, name: each.number, language: 'en' })) as never,
          flows: Object.fromEntries(numbers.map(({ flow }) => [flow, { name: flow, start: 'start', nodes }])) as never,
        });
        const alone = whenAlone(policy, new Map(phones) as never);
        for (const { number, rounds } of alone) {
          expect(number).toMatch(/^[0-9]{1,32}$/);
          expect(rounds.length).toBeLessThanOrEqual(6);
          for (const { extensions, forMs } of rounds) {
            expect(extensions.length).toBeGreaterThan(0);
            for (const extension of extensions) expect(extension).toMatch(/^[0-9]{1,32}$/);
            expect(forMs).toBeGreaterThanOrEqual(5000);
            expect(forMs).toBeLessThanOrEqual(60_000);
          }
        }
      },
    ),
  );
});
