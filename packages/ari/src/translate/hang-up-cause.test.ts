import type { HangUpCause, LegEnd } from '@cordboard/core';
import { expect, test } from 'vitest';
import { legEndOf, reasonCode } from './hang-up-cause.ts';

test.each<[HangUpCause, string]>([
  ['normal', '16'],
  ['busy', '17'],
  ['no-answer', '19'],
  ['answered-elsewhere', '26'],
  ['unallocated', '1'],
  ['congestion', '34'],
])('%s is %s to Q.850', (cause, code) => {
  expect(reasonCode(cause)).toBe(code);
});

test.each<[number, number | undefined, LegEnd]>([
  [16, undefined, 'hung-up'],
  [17, undefined, 'busy'],
  [19, undefined, 'no-answer'],
  [20, undefined, 'unreachable'],
  [21, undefined, 'refused'],
  [127, undefined, 'failed'],
  [0, undefined, 'failed'],
  // The SIP status says more than the cause that Asterisk makes of it.
  [17, 486, 'busy'],
  [21, 603, 'refused'],
  [19, 480, 'no-answer'],
  [1, 404, 'unreachable'],
  [34, 503, 'unreachable'],
  [16, 200, 'hung-up'],
  [127, 488, 'failed'],
])('cause %i with SIP %s is %s', (cause, sip, end) => {
  expect(legEndOf(cause, sip)).toBe(end);
});
