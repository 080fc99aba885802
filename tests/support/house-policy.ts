import type { AgentId, Extension, NodeId, Policy, QueueId } from '@cordboard/core';
import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';

/** How long a phone rings in the house before the next is tried. */
export const ringForMs = 3000;
export const wrapUpMs = 400;

/** The numbers that a caller of the house may dial. */
export const numbers = {
  /** A greeting, then a menu: 1 sales, 2 support; who chooses nothing comes to support. In French. */
  main: '+33170000010',
  /** The same, in English. */
  english: '+33170000020',
  /** Straight to support: Ana, Ben, Chloé. */
  support: '+33170000011',
  /** Straight to sales: Dan alone. */
  sales: '+33170000012',
  /** Ana's own phone, 101. */
  ana: '+33170000101',
} as const;

/**
 * The small house of the unit tests, in a hurry: a beep for the menu's sentences, and everything that is waited for is
 * waited for shortly.
 * @param options.ringForMs how long a queue lets a phone ring
 */
export const housePolicy = (options: { readonly ringForMs?: number } = {}): Omit<Policy, 'version'> => {
  const queueRules = { ...hurried, ...options };
  const { version: _, ...policy } = aPolicy({
    numbers: [
      { number: numbers.main, name: 'Main', language: 'fr', flow: 'main' as never },
      { number: numbers.english, name: 'Main in English', language: 'en', flow: 'main' as never },
      { number: numbers.support, name: 'Support', language: 'fr', flow: 'support' as never },
      { number: numbers.sales, name: 'Sales', language: 'fr', flow: 'sales' as never },
      { number: numbers.ana, name: 'Ana', language: 'fr', flow: 'ana' as never },
    ],
    flows: flows({
      main: aFlow('hours', {
        hours: { kind: 'hours', calendar: 'office', open: node('welcome'), closed: node('closed') },
        welcome: { kind: 'say', sounds: ['cordboard/welcome'], next: node('menu') },
        menu: {
          kind: 'menu',
          sounds: ['beep'],
          choices: { '1': node('sales'), '2': node('support') },
          tries: 3,
          waitMs: 1500,
          invalidSounds: ['beeperr'],
          noInputSounds: ['beeperr'],
          otherwise: node('support'),
        },
        sales: { kind: 'queue', queue: queue('sales'), priority: 0 },
        support: { kind: 'queue', queue: queue('support'), priority: 0 },
        closed: { kind: 'say', sounds: ['cordboard/closed'], next: node('end') },
        end: { kind: 'hangup' },
      }),
      support: aFlow('support', { support: { kind: 'queue', queue: queue('support'), priority: 0 } }),
      sales: aFlow('sales', { sales: { kind: 'queue', queue: queue('sales'), priority: 0 } }),
      ana: aFlow('ring', {
        ring: { kind: 'ring', extension: '101' as Extension, forMs: ringForMs, noAnswer: node('sorry') },
        sorry: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: node('end') },
        end: { kind: 'hangup' },
      }),
    }),
    queues: {
      [queue('support')]: aQueue({ name: 'Support', members: ['ana', 'ben', 'chloe'] as AgentId[], ...queueRules }),
      [queue('sales')]: aQueue({ name: 'Sales', members: ['dan'] as AgentId[], ...queueRules }),
    },
  });
  return policy;
};

const hurried = { ringForMs, wrapUpMs, announce: { everyMs: 1000, position: true, wait: false } };

const node = (name: string): NodeId => name as NodeId;
const queue = (name: string): QueueId => name as QueueId;
