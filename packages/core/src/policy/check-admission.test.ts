import { aPolicy } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { FlowId } from '../ids.ts';
import type { Admission } from './admission.ts';
import { checkPolicy } from './check.ts';
import { policyDifference } from './difference.ts';

const busy = { is: 'busy', elsewhere: false } as const;
const faults = (admission: Admission) =>
  checkPolicy(aPolicy({ admission }), {
    agents: new Set(['ana', 'ben', 'chloe'] as never[]),
    extensions: new Set(['101'] as never[]),
  });

test('a limit and what becomes of whoever is beyond it is sound', () => {
  expect(faults({ mostCalls: 200, treatment: busy })).toEqual([]);
  expect(faults({ mostLateMs: 'any', treatment: busy })).toEqual([]);
  expect(faults({ mostLoad: 4, treatment: { is: 'overflow', flow: 'ana' as FlowId, atOnce: 10 } })).toEqual([]);
});

test.each<[string, Admission, string]>([
  [
    'a message says nothing',
    { mostCalls: 1, treatment: { is: 'message', sounds: [], atOnce: 1 } },
    'admission.treatment.sounds',
  ],
  [
    'the overflow is not there',
    { mostCalls: 1, treatment: { is: 'overflow', flow: 'nowhere' as FlowId, atOnce: 1 } },
    'admission.treatment.flow',
  ],
])('%s: where, and what to do', (_, admission, path) => {
  expect(faults(admission)).toEqual([{ path, message: expect.stringMatching(/: (say|name|create) /) }]);
});

test('what differs is said in words', () => {
  const before = aPolicy({ admission: { mostCalls: 200, mostLagMs: 250, treatment: busy } });
  const treatment = { is: 'message', sounds: ['cordboard/call-back-later'], atOnce: 20 } as const;
  expect(policyDifference(before, aPolicy({ admission: { mostCalls: 300, mostLagMs: 3000, treatment } }))).toEqual([
    'the policy: most calls at once 200 → 300',
    'the policy: event loop late at most 250 ms → 3 s',
    'the policy: who is turned away meets busy → message',
    'the policy: who is turned away may be sent elsewhere by the carrier no → nothing',
    'the policy: who is turned away hears nothing → cordboard/call-back-later',
    'the policy: so many of them at once nothing → 20',
  ]);
  expect(policyDifference(aPolicy(), before).join()).toContain('admission nothing → {"mostCalls":200');
});
