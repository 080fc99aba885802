import type { AskResult } from '@cordboard/application';
import { expect, test } from 'vitest';
import { obey } from './obey.ts';

const controlThat = (result: AskResult) => {
  const asked: unknown[] = [];
  return {
    asked,
    control: {
      askAgent: (...args: unknown[]) => {
        asked.push(args);
        return result;
      },
      hangUp: (...args: unknown[]) => {
        asked.push(args);
        return result;
      },
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
