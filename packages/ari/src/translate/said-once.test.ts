import { expect, test } from 'vitest';
import { SaidOnce } from './said-once.ts';

test('an id is new once', () => {
  const said = new SaidOnce<string>();
  expect([said.first('a'), said.first('a'), said.first('b'), said.first('a')]).toEqual([true, false, true, false]);
});

test('what is long past is forgotten, oldest first, so that memory does not grow', () => {
  const said = new SaidOnce<number>();
  for (let id = 0; id <= 10_000; id += 1) said.first(id);
  expect(said.first(1)).toBe(false);
  expect(said.first(0)).toBe(true);
});
