import { expect, test } from 'vitest';
import { houseOf } from './house-of.ts';

const ari = { url: 'http://127.0.0.1:8088', app: 'cordboard-1' };
const name = houseOf({ redisUrl: 'redis://:secret@127.0.0.1:6379/0', ari });

test('a house keeps its name when a password is changed', () => {
  expect(name).toMatch(/^[0-9a-f]{12}$/);
  expect(houseOf({ redisUrl: 'redis://:another@127.0.0.1:6379/0', ari })).toBe(name);
});

test('another Redis, database, Asterisk or application is another house', () => {
  const others = [
    houseOf({ redisUrl: 'redis://:secret@127.0.0.1:6380/0', ari }),
    houseOf({ redisUrl: 'redis://:secret@127.0.0.1:6379/1', ari }),
    houseOf({ redisUrl: 'redis://:secret@127.0.0.1:6379/0', ari: { ...ari, url: 'http://127.0.0.1:8089' } }),
    houseOf({ redisUrl: 'redis://:secret@127.0.0.1:6379/0', ari: { ...ari, app: 'cordboard-2' } }),
  ];
  expect(new Set([name, ...others]).size).toBe(5);
});
