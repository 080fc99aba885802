import { expect, test } from 'vitest';
import { seatingOrder } from './seats.ts';

const people = ['ana', 'ben', 'chloe', 'emma'].map((id, index) => ({ id, extension: `10${index}` }));
const teams = [
  ['ana', 'ben', 'chloe'],
  ['chloe', 'emma'],
  ['emma', 'dan'],
];

test('with few agents no queue is left alone that could have somebody; the others come as they are listed', () => {
  expect(seatingOrder(people, teams).map(({ id }) => id)).toEqual(['chloe', 'emma', 'ana', 'ben']);
});

test('without queues they come as they are listed', () => {
  expect(seatingOrder(people, [])).toEqual(people);
});
