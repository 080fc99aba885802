import type { Extension, Policy } from '@cordboard/core';
import { flowHousePolicy, node, queue } from '../../support/flow-house-policy.ts';

/** The numbers that are dialled in the fault table. */
export const numbers = { line: '+33170000071', menu: '+33170000072', box: '+33170000073' } as const;

/** The trunk by which those are called back who were promised it. */
export const network = 'network';

/** Longer than any run: nothing ends because it was waited for, so whatever ends is seen. */
const longerMs = 60_000;

/**
 * One line, kept by four; a menu that leads to it; a box of messages. Whoever waits may ask to be called back by pressing
 * 1, 1, 1.
 */
export const tablePolicy = (): Omit<Policy, 'version'> =>
  flowHousePolicy(
    {
      line: {
        number: numbers.line,
        start: 'line',
        nodes: {
          line: { kind: 'queue', queue: queue('line'), priority: 0, keys: { '1': node('callback') } },
          callback: {
            kind: 'callback',
            queue: queue('line'),
            priority: 0,
            sounds: ['beep'],
            confirm: { before: ['beep'], after: [] },
            numberSounds: ['beep'],
            waitMs: 8000,
            tries: 3,
            accepted: node('thanks'),
            declined: node('line'),
          },
          thanks: { kind: 'say', sounds: ['beep'], next: node('end') },
        },
      },
      menu: {
        number: numbers.menu,
        start: 'menu',
        nodes: {
          menu: {
            kind: 'menu',
            sounds: ['cordboard/welcome'],
            choices: { '1': node('line') },
            tries: 3,
            waitMs: longerMs,
            invalidSounds: ['beeperr'],
            noInputSounds: ['beeperr'],
            otherwise: node('end'),
          },
          line: { kind: 'queue', queue: queue('line'), priority: 0 },
        },
      },
      box: {
        number: numbers.box,
        start: 'message',
        nodes: {
          message: {
            kind: 'voicemail',
            box: '101' as Extension,
            sounds: [],
            maxMs: longerMs,
            silenceMs: longerMs,
            next: node('end'),
          },
        },
      },
    },
    {
      queues: {
        line: {
          members: ['ana', 'ben', 'chloe', 'dan'],
          ringForMs: longerMs,
          callback: { trunks: [network], ringForMs: 10_000 },
        },
      },
    },
  );
