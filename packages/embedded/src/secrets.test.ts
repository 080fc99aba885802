import { expect, test } from 'vitest';
import { parseSecrets } from './secrets.ts';

const secrets = { redis: 'r'.repeat(32), postgres: 'p'.repeat(32), ari: 'a'.repeat(32) };

test('reads what it has written', () => {
  expect(parseSecrets(JSON.stringify(secrets))).toEqual(secrets);
});

test.each(['', '{', 'null', '[]', '{"redis":"r"}', JSON.stringify({ ...secrets, ari: 'a b c d e f g h i j' })])(
  'takes %j for damaged',
  (text) => {
    expect(parseSecrets(text)).toBeUndefined();
  },
);
