import { expect, test } from 'vitest';
import { readKept } from './read-kept.ts';

const began = 'began:trunk:trunk-demo:+33612345678:+33170000010:1795678871.586';

test('a call that was answered and has ended is read, in whatever order its lines come', () => {
  const lines = ['answered:101:1795678872.164', began, 'ended:1795678873.889:agent', 'rung:101', 'rung:102'];
  expect(readKept('1795678871.2', lines)).toEqual({
    channel: '1795678871.2',
    from: 'trunk',
    source: 'demo',
    ani: '+33612345678',
    dnis: '+33170000010',
    cameAt: 1_795_678_871_586,
    rung: ['101', '102'],
    answered: { extension: '101', at: 1_795_678_872_164 },
    endedAt: 1_795_678_873_889,
    endedBy: 'agent',
  });
});

test('one that goes on has no end, and one from a phone has no trunk', () => {
  const call = readKept('1.2', ['began:phone:101::*12:1795678871.586']);
  expect(call).toMatchObject({ from: 'phone', source: '101', ani: '', dnis: '*12', rung: [] });
  expect(call).not.toHaveProperty('endedAt');
});

test('a clock that was set back gives no negative length', () => {
  const call = readKept('1.2', [began, 'answered:101:1795678800.000', 'ended:1795678700.000:caller']);
  expect(call).toMatchObject({ answered: { at: 1_795_678_871_586 }, endedAt: 1_795_678_871_586 });
});

test.each([
  [[]],
  [['ended:1795678873.889:caller', 'rung:101']],
  [['began:trunk:trunk-demo:+33612345678:+33170000010:soon']],
  [['began:trunk:trunk-demo:anonymous:+33170000010:1795678871.586']],
  [['began:other:x:1:2:1795678871.586']],
])('without a beginning as the dialplan writes it there is no call: %j', (lines) => {
  expect(readKept('1.2', lines)).toBeUndefined();
});

test('a line that is not as the dialplan writes it says nothing', () => {
  expect(
    readKept('1.2', [began, 'rung:1&2', 'answered:x:1795678872.164', 'ended:now:caller', 'ended:1795678873.889:me']),
  ).toEqual(readKept('1.2', [began]));
});
