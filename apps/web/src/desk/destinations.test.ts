import type { Colleague } from '@cordboard/contracts';
import type { QueueSnapshot } from '@cordboard/core';
import { expect, test } from 'vitest';
import { destinations } from './destinations.ts';

const colleague = (name: string, extension: string, state: Colleague['state'], agent: string | null = name) => ({
  name,
  extension,
  state,
  agent,
});
const known = {
  colleagues: [
    colleague('Chloé', '103', 'signed-out'),
    colleague('Ben', '102', 'talking'),
    colleague('Dan', '104', 'ready'),
    colleague('Front door', '110', null, null),
  ],
  queues: [{ id: 'sales', name: 'Sales', waiting: 2, members: { ready: 1 } } as unknown as QueueSnapshot],
};
const names = (text: string): readonly string[] => destinations(text, known).map(({ name }) => name);

test('whoever can talk soonest comes first, then queues, then phones at which nobody sits', () => {
  expect(names('')).toEqual(['Dan', 'Ben', 'Chloé', 'Sales', 'Front door']);
});

test('a few letters find a name without its accents, a few digits an extension', () => {
  expect(names('chloe')).toEqual(['Chloé']);
  expect(names('sal')).toEqual(['Sales']);
  expect(names('10')).toEqual(['Dan', 'Ben', 'Chloé', 'Front door', '10']);
});

test('what could be a number is offered as it is typed', () => {
  expect(destinations('01 70 00 00 00', known)).toEqual([
    { is: 'number', id: 'number', name: '01 70 00 00 00', to: { number: '01 70 00 00 00' } },
  ]);
  expect(names('+3')).toEqual([]);
  expect(names('nobody')).toEqual([]);
});
