import { expect, test } from 'vitest';
import { instant } from '../time.ts';
import { Trunks } from './trunk.ts';

const at = instant;

test('a carrier that answers, and then does not: the moment is kept, and told once', () => {
  const trunks = new Trunks();
  expect(trunks.report('a', { of: 'contact', reachable: true, roundTripMs: 3 }, at(1))?.state).toEqual({
    id: 'a',
    is: 'reachable',
    since: 1,
    roundTripMs: 3,
    lastError: null,
    lastErrorAt: null,
  });
  expect(trunks.objectionTo('a')).toBeUndefined();
  const gone = trunks.report('a', { of: 'contact', reachable: false }, at(2));
  expect(gone).toMatchObject({ state: { is: 'unreachable', since: 2, lastError: 'does not answer' } });
  expect(gone?.down).toBe('it does not answer');
  expect(trunks.report('a', { of: 'contact', reachable: false }, at(3))).toBeUndefined();
  expect(trunks.objectionTo('a')).toBe('it does not answer');
  expect(trunks.report('a', { of: 'contact', reachable: true, roundTripMs: 3 }, at(4))?.state).toMatchObject({
    is: 'reachable',
    lastError: 'does not answer',
    lastErrorAt: 2,
  });
});

test('a wrong password is a rejection, whether or not the carrier answers otherwise', () => {
  const trunks = new Trunks();
  trunks.report('a', { of: 'contact', reachable: true }, at(1));
  const rejected = trunks.report('a', { of: 'registration', is: 'rejected', status: 403 }, at(2));
  expect(rejected).toMatchObject({ down: 'rejected 403', state: { is: 'rejected', lastError: 'rejected 403' } });
  const mended = trunks.report('a', { of: 'registration', is: 'registered' }, at(3));
  expect(mended?.state).toMatchObject({ is: 'registered', since: 3 });
  expect(trunks.report('a', { of: 'trunk', is: 'changed' }, at(4))?.state).toMatchObject({ is: 'unknown' });
  trunks.report('a', { of: 'trunk', is: 'removed' }, at(5));
  expect(trunks.all).toEqual([]);
});

test('what a call over it came to is kept as its last error, and it stays what it was', () => {
  const trunks = new Trunks();
  trunks.report('a', { of: 'contact', reachable: true }, at(1));
  expect(trunks.failed('a', 'answered 488', at(2))?.state).toMatchObject({
    is: 'reachable',
    lastError: 'answered 488',
    lastErrorAt: 2,
  });
});
