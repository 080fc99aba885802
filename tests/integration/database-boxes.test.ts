import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DatabaseHouse, openDatabaseHouse } from './database-house.ts';

let house: DatabaseHouse;
beforeAll(async () => {
  house = await openDatabaseHouse();
});
afterAll(() => house.close());

const tried = async (...pins: readonly string[]): Promise<readonly string[]> => {
  const answers: string[] = [];
  for (const pin of pins) answers.push(await house.database.boxes.opens('101', pin));
  return answers;
};

describe('a box with a PIN', () => {
  beforeEach(async () => {
    await house.clear();
    await house.database.boxes.set('101', { pin: '1357' });
  });

  test('is opened by it, and by no other', async () => {
    expect(await tried('1357', '2468', '1357')).toEqual(['yes', 'no', 'yes']);
  });

  test('is opened by none after five wrong ones in a row, for a quarter of an hour', async () => {
    expect(await tried('1', '2', '3', '4', '5', '1357')).toEqual(['no', 'no', 'no', 'no', 'locked', 'locked']);
    vi.useFakeTimers({ now: Date.now() + 15 * 60_000, toFake: ['Date'] });
    try {
      expect(await tried('6', '1357')).toEqual(['no', 'yes']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('counts wrong ones in a row only', async () => {
    expect(await tried('1', '2', '3', '4', '1357', '5', '1357')).toEqual(['no', 'no', 'no', 'no', 'yes', 'no', 'yes']);
  });

  test('is opened at once by a new one', async () => {
    await tried('1', '2', '3', '4', '5');
    await house.database.boxes.set('101', { pin: '8642' });
    expect(await tried('8642')).toEqual(['yes']);
  });
});

test('a box without a PIN is opened by none', async () => {
  await house.clear();
  await house.database.boxes.set('101', { email: 'ana@example.org' });
  expect(await tried('', '0000', '1', '2', '3', '4')).not.toContain('yes');
});
