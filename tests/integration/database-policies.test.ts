import type { PolicyDocument } from '@cordboard/contracts';
import { type Database, type Policies, PolicyUnreadable } from '@cordboard/database';
import { aPolicy } from '@cordboard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectedUntilTheEnd, type DatabaseHouse, openDatabaseHouse, refusalOf, sql } from './database-house.ts';

let house: DatabaseHouse;
let url: string;
let database: Database;
let policies: Policies;
beforeAll(async () => {
  house = await openDatabaseHouse();
  ({ url, database } = house);
  ({ policies } = database);
});
beforeEach(() => house.clear());
afterAll(() => house.close());

const { version: _, ...whole } = aPolicy();
/** As it comes from a page: what is left out has a default. */
const aDocument = (timeZone = 'Europe/Paris'): PolicyDocument => ({ ...whole, timeZone }) as unknown as PolicyDocument;

const numbersOf = async (): Promise<readonly number[]> => (await policies.versions()).map(({ version }) => version);

describe('published policies', () => {
  test('there is none at first; each gets the next number, its author and its note, and the newest is in force', async () => {
    expect(await policies.current()).toBeUndefined();
    expect(await policies.versions()).toEqual([]);
    const before = Date.now();
    expect(await policies.publish(aDocument(), 'sue', 'The first')).toMatchObject({
      version: 1,
      timeZone: 'Europe/Paris',
    });
    const second = await policies.publish(aDocument('Europe/London'), 'bob', '', { moveWaiting: true });
    expect(second).toMatchObject({ version: 2, moveWaiting: true });
    expect(await policies.current()).toEqual(second);
    expect(await policies.versions()).toMatchObject([
      { version: 2, publishedBy: 'bob', note: '', moveWaiting: true },
      { version: 1, publishedBy: 'sue', note: 'The first', moveWaiting: false },
    ]);
    for (const { publishedAt } of await policies.versions()) {
      expect(publishedAt).toBeGreaterThanOrEqual(before - 1000);
      expect(publishedAt).toBeLessThanOrEqual(Date.now() + 1000);
    }
  });

  test('an old one reads for ever as it was read when it was new', async () => {
    const first = await policies.publish(aDocument(), 'sue', '');
    await policies.publish(aDocument('Europe/London'), 'sue', '');
    expect(await policies.byVersion(1)).toEqual(first);
    expect(await policies.byVersion(3)).toBeUndefined();
    expect(first.queues).toEqual(aPolicy().queues);
  });

  test('by several at once are numbered without a gap or a double, and each is kept', async () => {
    const others = [connectedUntilTheEnd(url), connectedUntilTheEnd(url)];
    const notes = Array.from({ length: 12 }, (_, index) => `note ${index}`);
    const published = await Promise.all(
      notes.map((note, index) => (others[index % 2] ?? database).policies.publish(aDocument(), 'sue', note)),
    );
    const inOrder = notes.map((_, index) => index + 1);
    expect(published.map(({ version }) => version).sort((a, b) => a - b)).toEqual(inOrder);
    expect((await numbersOf()).toReversed()).toEqual(inOrder);
    expect(new Set((await policies.versions()).map(({ note }) => note))).toEqual(new Set(notes));
  });

  test('one that is meant to be the first is refused when it is not', async () => {
    await policies.publish(aDocument(), 'sue', '', { asFirst: true });
    expect(await refusalOf(policies.publish(aDocument(), 'bob', '', { asFirst: true }))).toBe('already-there');
    expect(await policies.versions()).toMatchObject([{ version: 1, publishedBy: 'sue' }]);
  });

  test.each([
    ['another text', `UPDATE policy_versions SET document = '{}'`],
    ['another number', 'UPDATE policy_versions SET version = 7'],
    ['callers taken along after all', 'UPDATE policy_versions SET move_waiting = true'],
    ['its number free for another', 'DELETE FROM policy_versions'],
  ])('are never given %s, whoever tries', async (_, attempt) => {
    const first = await policies.publish(aDocument(), 'sue', '');
    await expect(sql(url, attempt)).rejects.toThrow('A published policy is never changed: publish another version.');
    expect(await policies.current()).toEqual(first);
  });

  test('a note can be mended: it decides nothing', async () => {
    await policies.publish(aDocument(), 'sue', 'Frist');
    await sql(url, `UPDATE policy_versions SET note = 'First'`);
    expect(await policies.versions()).toMatchObject([{ note: 'First' }]);
  });

  test('a document that is none is not published, and takes no number', async () => {
    const shapeless = { ...aDocument(), queues: { support: {} } } as unknown as PolicyDocument;
    await expect(policies.publish(shapeless, 'sue', '')).rejects.toThrow(/queues/);
    expect(await numbersOf()).toEqual([]);
    expect((await policies.publish(aDocument(), 'sue', '')).version).toBe(1);
  });

  test('one that was written past us and cannot be read is named, and the others are read', async () => {
    const first = await policies.publish(aDocument(), 'sue', '');
    await sql(url, `INSERT INTO policy_versions (version, document, published_by) VALUES (2, '{"queues": 1}', 'psql')`);
    const error = await policies.current().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PolicyUnreadable);
    expect((error as Error).message).toMatch(/^Version 2 of the policy cannot be read: .*queues/s);
    expect(await policies.byVersion(1)).toEqual(first);
    expect(await numbersOf()).toEqual([2, 1]);
    expect((await policies.publish(aDocument(), 'sue', 'Repaired')).version).toBe(3);
  });
});

describe('the draft', () => {
  test('is one for the house: saved, saved over, read, and thrown away', async () => {
    const { draft } = database;
    expect(await draft.read()).toBeUndefined();
    const first = await draft.save({ document: aDocument(), basedOn: 3, by: 'sue', note: 'Begun' });
    expect(first).toMatchObject({ basedOn: 3, savedBy: 'sue', note: 'Begun', document: { timeZone: 'Europe/Paris' } });
    expect(Math.abs(first.savedAt - Date.now())).toBeLessThan(10_000);
    expect(await draft.read()).toEqual(first);
    const second = await draft.save({ document: aDocument('Europe/London'), basedOn: 4, by: 'bob', note: '' });
    expect(await draft.read()).toEqual(second);
    expect(second).toMatchObject({ basedOn: 4, savedBy: 'bob', document: { timeZone: 'Europe/London' } });
    expect(await sql(url, 'SELECT 1 FROM policy_draft')).toHaveLength(1);
    await draft.discard();
    expect(await draft.read()).toBeUndefined();
    await draft.discard();
  });

  test('saved by several at once is one of theirs, whole', async () => {
    const others = [connectedUntilTheEnd(url), connectedUntilTheEnd(url)];
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, basedOn) =>
        (others[basedOn % 2] ?? database).draft.save({ document: aDocument(), basedOn, by: `of ${basedOn}`, note: '' }),
      ),
    );
    expect(saved).toContainEqual(await database.draft.read());
  });

  test('that cannot be read says so, and can be thrown away', async () => {
    await sql(url, `INSERT INTO policy_draft (document, based_on, saved_by) VALUES ('[]', 1, 'psql')`);
    await expect(database.draft.read()).rejects.toThrow(PolicyUnreadable);
    await database.draft.discard();
    expect(await database.draft.read()).toBeUndefined();
  });
});
