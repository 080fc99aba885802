import { expect, test } from 'vitest';
import { BadOption, partNames, readOptions } from './options.ts';

test('without a word all is measured that ends within twenty minutes', () => {
  const { parts, isKept } = readOptions([]);
  expect(parts).toEqual(partNames.filter((name) => name !== 'soak'));
  expect(isKept).toBe(true);
});

test('what is chosen is measured in the usual order, and nothing else', () => {
  expect(readOptions(['--only=soak,match', '--minutes=3'])).toMatchObject({
    parts: ['match', 'soak'],
    sizes: { minutes: 3 },
  });
});

test('a try keeps nothing', () => {
  expect(readOptions(['--quick', '--pairs=1'])).toMatchObject({ isKept: false, sizes: { pairs: 1 } });
});

test.each(['--only=ring', '--only=', '--pairs=0', '--minutes=soon', '--slow'])(
  '%s is answered in a sentence',
  (arg) => {
    expect(() => readOptions([arg])).toThrow(BadOption);
  },
);
