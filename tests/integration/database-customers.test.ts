import type { CustomerInput } from '@cordboard/contracts';
import type { Customers } from '@cordboard/database';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DatabaseHouse, openDatabaseHouse, refusalOf } from './database-house.ts';

let house: DatabaseHouse;
let customers: Customers;
beforeAll(async () => {
  house = await openDatabaseHouse();
  ({ customers } = house.database);
});
afterAll(() => house.close());

const zoe: CustomerInput = {
  name: 'Zoé Martin',
  company: 'Atelier Martin',
  segment: 'vip',
  notes: 'Three workshops 🧵',
  owner: 'ana',
  openCase: 'C-17',
  numbers: ['+33 6 39 98 12 34', '+44 20 7946 0018'],
};

describe('in a house with a few customers', () => {
  beforeAll(async () => {
    await customers.create(zoe);
    for (const name of ['100% Bio', 'a_b', 'axb', 'a\\b']) await customers.create({ name, numbers: [] });
    for (const [name, number] of spellings) await customers.create({ name, numbers: [number] });
  });

  /** The same way of writing, each for a number of its own. */
  const spellings = [
    ['Nina', '0639980001'],
    ['Noa', '06.39.98.00.02'],
    ['Nour', '33639980003'],
    ['Nils', '0033639980004'],
    ['Nell', '+33 (0)6 39 98 00 05'],
    ['Nora', '06\u202f39\u202f98\u202f00\u202f06'],
  ] as const;

  test.each([
    ['with its plus', '+33639981234'],
    ['as written by hand', '+33 6 39 98 12 34'],
    ['with the zero in brackets', '+33 (0)6 39 98 12 34'],
    ['as dialled abroad', '0033639981234'],
    ['as dialled abroad, in pairs', '00 33 6 39 98 12 34'],
    ['without its plus, as some carriers send it', '33639981234'],
    ['as dialled at home', '0639981234'],
    ['in pairs', '06 39 98 12 34'],
    ['with dots', '06.39.98.12.34'],
    ['with hyphens', '06-39-98-12-34'],
    ['with brackets', '(06) 39 98 12 34'],
    ['without the zero', '639981234'],
    ['with the narrow spaces of French typography', '06\u202f39\u202f98\u202f12\u202f34'],
    [
      'copied from a list of contacts, with marks that nobody sees',
      '\u202a+33\u00a06\u00a039\u00a098\u00a012\u00a034\u202c',
    ],
  ])('a customer is found by their number %s', async (_, number) => {
    expect(await customerOf(number)).toMatchObject({ name: 'Zoé Martin', segment: 'vip' });
  });

  test.each(spellings)('%s, entered as %s, is found by what carriers send', async (name, number) => {
    const last = number.replaceAll(/\D/g, '').slice(-9);
    for (const sent of [`+33${last}`, `33${last}`, `0033${last}`, `0${last}`])
      expect(await customerOf(sent), sent).toMatchObject({ name });
  });

  test.each(['', 'anonymous', '+33639981235', '0', '+', '\u0000', '💥', "' OR 1=1 --", '%', '9'.repeat(10_000)])(
    '"%.20s" is nobody’s number',
    async (number) => {
      expect(await customers.identify(number)).toEqual({ customer: null, lastCalls: [] });
    },
  );

  test.each([
    ['martin', ['Zoé Martin']],
    ['ZOÉ', ['Zoé Martin']],
    ['atelier', ['Zoé Martin']],
    ['0639981234', ['Zoé Martin']],
    ['06 39 98 12', ['Zoé Martin']],
    ['+33 6 39 98 12', ['Zoé Martin']],
    ['0033639981', ['Zoé Martin']],
    ['1234', ['Zoé Martin']],
    ['20 7946', ['Zoé Martin']],
    ['100%', ['100% Bio']],
    ['a_b', ['a_b']],
    ['a\\', ['a\\b']],
    ['%', ['100% Bio']],
    ['_', ['a_b']],
    ["'; drop table users; --", []],
    ['nobody', []],
    [' a', ['Nina', 'Noa', 'Nora', 'Zoé Martin', 'a\\b', 'a_b', 'axb']],
  ])(
    'who searches "%s" finds those who have it in their name, company or number, and no others',
    async (search, names) => {
      const found = await customers.list({ limit: 20, search });
      expect(found.map(({ name }) => name).sort()).toEqual(names);
    },
  );
});

const customerOf = async (number: string) => (await customers.identify(number)).customer;

describe('customers', () => {
  beforeEach(() => house.clear());

  test('are kept as entered; a replacement leaves nothing of what it leaves out', async () => {
    const { id, ...created } = await customers.create(zoe);
    expect(created).toEqual(zoe);
    expect(await customers.byId(id)).toEqual({ id, ...zoe });
    expect(await customers.replace(id, { name: 'Zoé', numbers: ['101'] })).toEqual({
      id,
      name: 'Zoé',
      numbers: ['101'],
    });
    expect(await customerOf('0639981234')).toBeNull();
    expect(await customerOf('101')).toMatchObject({ id });
    await customers.remove(id);
    expect(await customers.byId(id)).toBeUndefined();
    expect(await customerOf('101')).toBeNull();
    expect(await customers.create({ name: 'Another', numbers: ['101'] })).toMatchObject({ name: 'Another' });
  });

  test('one number belongs to one customer in every spelling, and what is refused changes nothing', async () => {
    const { id } = await customers.create(zoe);
    const hugo = await customers.create({ name: 'Hugo', numbers: ['+33639980021'] });
    expect(await refusalOf(customers.create({ name: 'Thief', numbers: ['06 39 98 12 34'] }))).toBe('already-there');
    const moved = { name: 'Hugo Petit', numbers: ['+33639980022', '0033639981234'] };
    expect(await refusalOf(customers.replace(hugo.id, moved))).toBe('already-there');
    expect(await customers.byId(hugo.id)).toEqual(hugo);
    expect(await customerOf('0639981234')).toMatchObject({ id });
    expect(await customers.list({ limit: 10 })).toHaveLength(2);
    expect(await refusalOf(customers.replace('nobody', moved))).toBe('not-found');
    expect(await refusalOf(customers.remove('nobody'))).toBe('not-found');
  });

  test('a number entered twice in two spellings is kept once', async () => {
    const { id, numbers } = await customers.create({ name: 'Zoé', numbers: ['+33639981234', '06 39 98 12 34'] });
    expect(numbers).toEqual(['06 39 98 12 34']);
    expect(await customerOf('+33639981234')).toMatchObject({ id });
  });

  test('are listed by name in pages, without a gap or a double, namesakes too', async () => {
    const names = ['Abel', 'Bea', 'Bea', 'Bea', 'Carl', 'Dora', 'Éva'];
    for (const name of names.toReversed()) await customers.create({ name, numbers: [] });
    const seen: { readonly id: string; readonly name: string }[] = [];
    for (let page = await customers.list({ limit: 2 }); page.length > 0; ) {
      seen.push(...page);
      page = await customers.list({ limit: 2, after: page.at(-1)?.id ?? '' });
    }
    expect(seen.map(({ name }) => name)).toEqual(names);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(names.length);
  });

  test('what has been found is paged as well', async () => {
    for (const name of ['Bea', 'Beatrix', 'Carl', 'Sibea']) await customers.create({ name, numbers: [] });
    const [first] = await customers.list({ limit: 1, search: 'bea' });
    const rest = await customers.list({ limit: 5, search: 'bea', after: first?.id ?? '' });
    expect([first, ...rest].map((customer) => customer?.name)).toEqual(['Bea', 'Beatrix', 'Sibea']);
  });
});
