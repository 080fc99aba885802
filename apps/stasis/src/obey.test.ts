import type { AskResult } from '@cordboard/application';
import { expect, test } from 'vitest';
import { obey } from './obey.ts';

const controlThat = (result: AskResult) => {
  const asked: unknown[] = [];
  const told = (...args: unknown[]): AskResult => {
    asked.push(args);
    return result;
  };
  return {
    asked,
    control: {
      askAgent: told,
      askCaller: told,
      askHold: told,
      askMember: told,
      askTalk: told,
      askTransfer: told,
      hangUp: told,
      placeCall: told,
      turnSwitch: told,
      withdrawCallback: told,
    },
  };
};

test('a supervisor pauses an agent, and the reason names who asked', () => {
  const { control, asked } = controlThat({ ok: true });
  const request = { to: 'pause', reason: 'training' } as const;
  expect(obey(control, { type: 'agent-state', agent: 'ana', request }, 'sue')).toEqual({ ok: true });
  expect(asked).toEqual([['ana', request, 'asked by sue']]);
});

test('a refusal is a sentence for the one who asked', () => {
  const { control } = controlThat({ ok: false, code: 'no-such-call' });
  expect(obey(control, { type: 'hang-up', call: 'c1' }, 'sue')).toEqual({
    ok: false,
    code: 'no-such-call',
    detail: 'There is no such call any more.',
  });
});

test('a supervisor puts an agent into a queue, and out of it, and leaves it to the policy again', () => {
  const { control, asked } = controlThat({ ok: true });
  for (const placement of [{ is: 'in', penalty: 2 }, { is: 'out' }, { is: 'by-policy' }] as const)
    obey(control, { type: 'place-member', queue: 'support', agent: 'ana', placement }, 'sue');
  expect(asked).toEqual([
    ['support', 'ana', { in: true, penalty: 2 }, 'sue'],
    ['support', 'ana', { in: false }, 'sue'],
    ['support', 'ana', null, 'sue'],
  ]);
});

test('a supervisor moves a caller up', () => {
  const { control, asked } = controlThat({ ok: true });
  obey(control, { type: 'move-caller', call: 'c1', move: { to: 'priority', priority: 3 } }, 'sue');
  expect(asked).toEqual([['c1', { to: 'priority', priority: 3 }, 'sue']]);
});

test('a supervisor turns the night switch', () => {
  const { control, asked } = controlThat({ ok: true });
  obey(control, { type: 'turn-switch', switch: 'night', on: true }, 'sue');
  expect(asked).toEqual([['night', true, 'sue']]);
});
