import type { Arrival, CallFact, CallId, ChannelId } from '@cordboard/core';
import { CallNotEnded, type CallRecord, type Database } from '@cordboard/database';
import { Floor } from '@cordboard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectedUntilTheEnd, type DatabaseHouse, openDatabaseHouse, sql } from './database-house.ts';

let house: DatabaseHouse;
let url: string;
let database: Database;
let calls: Database['calls'];
beforeAll(async () => {
  house = await openDatabaseHouse();
  ({ url, database } = house);
  ({ calls } = database);
});
beforeEach(() => house.clear());
afterAll(() => house.close());

/** One floor, so that each call has an id of its own; the clock stands still unless it is told to go on. */
const aFloor = (): Floor => new Floor().signIn('ana', 'ben');
const factsOf = (floor: Floor, call: CallId): readonly CallFact[] =>
  floor.facts.filter((fact): fact is CallFact => 'call' in fact && fact.call === call);

/** A caller who waited in vain. */
const anAbandonedCall = (floor: Floor, arrival: Partial<Arrival> = {}): readonly CallFact[] => {
  const call = floor.arrive('+33170000010', arrival);
  floor.callerHangsUp(call);
  return factsOf(floor, call);
};

/** A caller who talked for a minute with the one whose turn it was. */
const anAnsweredCall = (floor: Floor, dnis: string, arrival: Partial<Arrival> = {}): readonly CallFact[] => {
  const call = floor.arrive(dnis, arrival);
  floor.after(4000).answers(call);
  floor.after(60_000).callerHangsUp(call);
  return factsOf(floor, call);
};

const idOf = ([fact]: readonly CallFact[]): CallId => fact?.call ?? ('' as CallId);
const channel = (name: string): Partial<Arrival> => ({ channel: name as ChannelId });
const idsOf = (records: readonly Pick<CallRecord, 'id'>[]): readonly string[] => records.map(({ id }) => id);

/** From the newest to the oldest, page by page. */
const allPages = async (query: Omit<Parameters<Database['calls']['list']>[0], 'after'>): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await calls.list({ ...query, after });
    expect(page.records.length).toBeLessThanOrEqual(query.limit);
    ids.push(...idsOf(page.records));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return ids;
};

describe('the record of a call', () => {
  test('says who called, who answered, how long it took, and where the call was', async () => {
    const facts = anAnsweredCall(aFloor(), '+33170000011', { ani: '+33639981234', aniName: 'Zoé' });
    await calls.record(facts);
    const record = await calls.byId(idOf(facts));
    expect(record).toMatchObject({
      id: idOf(facts),
      ani: '+33639981234',
      aniName: 'Zoé',
      queue: 'support',
      agent: 'ana',
      extension: '101',
      disposition: 'answered',
      endedBy: 'caller',
      waitedMs: 4000,
      talkedMs: 60_000,
    });
    expect(record?.segments).toEqual([
      {
        n: 1,
        place: 'ringing',
        queue: 'support',
        agent: 'ana',
        startedAt: record?.arrivedAt,
        endedAt: record?.answeredAt,
      },
      {
        n: 2,
        place: 'talking',
        queue: 'support',
        agent: 'ana',
        startedAt: record?.answeredAt,
        endedAt: record?.endedAt,
      },
    ]);
    expect(await calls.factsOf(idOf(facts))).toEqual(facts);
  });

  test('told again, in another order, or by several at once, is there once and as it was', async () => {
    const facts = anAnsweredCall(aFloor(), '+33170000011');
    const others = [connectedUntilTheEnd(url), connectedUntilTheEnd(url)];
    await Promise.all([database, ...others, database].map((each) => each.calls.record(facts)));
    const record = await calls.byId(idOf(facts));
    expect(record?.segments).toHaveLength(2);
    await calls.record([...facts, ...facts].toReversed());
    const changed = facts.map((fact) => (fact.type === 'CallEnded' ? { ...fact, talkedMs: 1 } : fact));
    await calls.record(changed);
    expect(await calls.byId(idOf(facts))).toEqual(record);
    expect(await sql(url, 'SELECT 1 FROM call_records')).toHaveLength(1);
    expect(await sql(url, 'SELECT 1 FROM call_segments')).toHaveLength(2);
  });

  test('of several calls at once: each is there once and as it was first told, or none of them is', async () => {
    const floor = aFloor();
    const [known, talked, waited] = [
      anAnsweredCall(floor, '+33170000011'),
      anAnsweredCall(floor, '+33170000011', channel('1760000000.2')),
      anAbandonedCall(floor, channel('1760000000.3')),
    ];
    await calls.record(known);
    const record = await calls.byId(idOf(known));
    const goesOn = talked.filter(({ type }) => type !== 'CallEnded');
    await expect(calls.recordAll([waited, goesOn])).rejects.toThrow(CallNotEnded);
    expect(await calls.byId(idOf(waited))).toBeUndefined();
    const changed = known.map((fact) => (fact.type === 'CallEnded' ? { ...fact, talkedMs: 1 } : fact));
    await calls.recordAll([waited, talked, changed, waited]);
    expect(await calls.byId(idOf(known))).toEqual(record);
    expect((await calls.byId(idOf(talked)))?.segments).toHaveLength(2);
    expect(await calls.factsOf(idOf(waited))).toEqual(waited);
    expect(await sql(url, 'SELECT 1 FROM call_records')).toHaveLength(3);
  });

  test('is not made of a call that goes on, and what is not there is not found', async () => {
    const facts = anAnsweredCall(aFloor(), '+33170000011');
    await expect(calls.record(facts.filter(({ type }) => type !== 'CallEnded'))).rejects.toThrow(CallNotEnded);
    await expect(calls.record([])).rejects.toThrow(CallNotEnded);
    expect(await calls.byId(idOf(facts))).toBeUndefined();
    expect(await calls.factsOf(idOf(facts))).toBeUndefined();
  });

  test('is written whole or not at all', async () => {
    const facts = anAnsweredCall(aFloor(), '+33170000011');
    await sql(url, 'ALTER TABLE call_segments ADD CONSTRAINT refused CHECK (n < 2)');
    await expect(calls.record(facts)).rejects.toThrow();
    expect(await calls.byId(idOf(facts))).toBeUndefined();
    await sql(url, 'ALTER TABLE call_segments DROP CONSTRAINT refused');
    await calls.record(facts);
    expect((await calls.byId(idOf(facts)))?.segments).toHaveLength(2);
  });

  test('survives the entry of the customer and of the agent', async () => {
    const { agents, customers, phones } = database;
    await phones.create({ extension: '101', name: 'Desk' });
    await agents.create({ id: 'ana', name: 'Ana', extension: '101' });
    const { id } = await customers.create({ name: 'Zoé', numbers: ['+33639981234'] });
    const facts = anAnsweredCall(aFloor(), '+33170000011', { ani: '+33639981234' });
    await calls.record(facts);
    await customers.remove(id);
    await agents.remove('ana');
    expect(await calls.byId(idOf(facts))).toMatchObject({ agent: 'ana', ani: '+33639981234' });
  });

  test.each([
    ['emoji and combined letters', 'Zoé 👩‍👩‍👧 e\u0301 𝒵', 'Zoé 👩‍👩‍👧 e\u0301 𝒵'],
    ['a name from right to left', '\u202eزوي', '\u202eزوي'],
    ['NUL, which PostgreSQL keeps in no text', 'Zo\u0000é\u0000', 'Zoé'],
    ['half a surrogate pair', 'Zo\ud83d é', 'Zo\ufffd é'],
    ['what looks like an escape', 'Zo\\u0000é', 'Zo\\u0000é'],
    ['what looks like SQL', `'); drop table call_records; --`, `'); drop table call_records; --`],
    ['what looks like a page', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['other control characters', '\u0001\u001b[31m\r\n\u007f', '\u0001\u001b[31m\r\n\u007f'],
    ['a hundred thousand characters', 'é'.repeat(100_000), 'é'.repeat(100_000)],
  ])('of a caller whose name is %s is written and read', async (_, aniName, kept) => {
    const facts = anAbandonedCall(aFloor(), { aniName });
    await calls.record(facts);
    await calls.record(facts);
    expect((await calls.byId(idOf(facts)))?.aniName).toBe(kept);
    const told = await calls.factsOf(idOf(facts));
    expect(told).toHaveLength(facts.length);
    expect(told?.[0]).toMatchObject({ type: 'CallArrived', aniName: kept });
  });

  test.each([
    ['NUL', '+33639981234\u0000'],
    ['nothing', ''],
    ['a word', 'anonymous'],
    ['emoji', '💥'],
    ['digits without end', Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 10_007).join('')],
  ])('of a caller whose number is %s is written and read', async (_, ani) => {
    const facts = anAbandonedCall(aFloor(), { ani });
    await calls.record(facts);
    expect((await calls.byId(idOf(facts)))?.ani).toBe(ani.replaceAll('\u0000', ''));
    expect(await allPages({ limit: 10 })).toEqual([idOf(facts)]);
  });
});

describe('the list of calls', () => {
  test('goes page by page without a gap or a double, many in one millisecond and more arriving meanwhile', async () => {
    const floor = aFloor();
    const ids: CallId[] = [];
    const arrive = async (count: number): Promise<void> => {
      for (let each = 0; each < count; each += 1) {
        const facts = anAbandonedCall(floor);
        ids.push(idOf(facts));
        await calls.record(facts);
      }
    };
    await arrive(11);
    floor.after(1);
    await arrive(2);
    const newestFirst = [...ids.slice(11).toReversed(), ...ids.slice(0, 11).toReversed()];
    expect(await allPages({ limit: 3 })).toEqual(newestFirst);
    expect(await allPages({ limit: 13 })).toEqual(newestFirst);
    const first = await calls.list({ limit: 5 });
    floor.after(1);
    await arrive(3);
    const rest: string[] = [];
    for (let after = first.next; after !== null; ) {
      const page = await calls.list({ limit: 5, after });
      rest.push(...idsOf(page.records));
      after = page.next;
    }
    expect([...idsOf(first.records), ...rest]).toEqual(newestFirst);
  });

  test('is by arrival, whenever the record was written', async () => {
    const floor = aFloor();
    const early = anAbandonedCall(floor);
    const late = anAbandonedCall(floor.after(1000));
    await calls.record(late);
    await calls.record(early);
    expect(await allPages({ limit: 1 })).toEqual([idOf(late), idOf(early)]);
  });

  test('shows one queue, one agent, one number in any spelling, and all of these together', async () => {
    const floor = aFloor();
    const zoe = { ani: '+33639981234' };
    const byAna = anAnsweredCall(floor, '+33170000011', zoe);
    const byBen = anAnsweredCall(floor.after(1), '+33170000011', { ani: '0639980021' });
    const inVain = anAbandonedCall(floor.after(1), { ani: '0033 6 39 98 12 34' });
    const hidden = anAbandonedCall(floor.after(1), { ani: 'anonymous' });
    for (const facts of [byAna, byBen, inVain, hidden]) await calls.record(facts);
    const [ana, ben] = await Promise.all([byAna, byBen].map((facts) => calls.byId(idOf(facts))));
    expect([ana?.agent, ben?.agent]).toEqual(['ana', 'ben']);
    const shown = (query: object): Promise<readonly string[]> => allPages({ limit: 1, ...query });
    expect(await shown({ queue: 'support' })).toEqual([idOf(byBen), idOf(byAna)]);
    expect(await shown({ agent: 'ana' })).toEqual([idOf(byAna)]);
    for (const number of ['+33639981234', '06 39 98 12 34', '33639981234', '00 33 6 39 98 12 34'])
      expect(await shown({ number }), number).toEqual([idOf(inVain), idOf(byAna)]);
    expect(await shown({ queue: 'support', number: '0639981234' })).toEqual([idOf(byAna)]);
    expect(await shown({ queue: 'support', agent: 'ben', number: '0639980021' })).toEqual([idOf(byBen)]);
    expect(await shown({ queue: 'nowhere' })).toEqual([]);
    expect(await shown({ agent: 'ben', number: '0639981234' })).toEqual([]);
    // No digit: nobody's number, and not everybody's who hides it.
    expect(await shown({ number: 'anonymous' })).toEqual([]);
    expect(idsOf(await calls.ofNumber('0639981234', 10))).toEqual([idOf(inVain), idOf(byAna)]);
    expect(idsOf(await calls.ofNumber('0639981234', 1))).toEqual([idOf(inVain)]);
    expect(await calls.ofNumber('anonymous', 10)).toEqual([]);
    const { lastCalls } = await database.customers.identify('06 39 98 12 34');
    expect(lastCalls).toEqual([inVain, byAna].map(([arrived]) => arrived?.at));
  });

  test.each([
    '',
    '_',
    '1_',
    'x_1',
    '1750000000000',
    '-1_a',
    '99999999999999999_a',
    "1_'; drop table users; --",
    '💥',
    '1_\u0000',
  ])('ends at once behind %j, which no page has given out', async (after) => {
    await calls.record(anAbandonedCall(aFloor()));
    expect(await calls.list({ limit: 10, after })).toEqual({ records: [], next: null });
  });

  test('of an empty house is empty', async () => {
    expect(await calls.list({ limit: 10 })).toEqual({ records: [], next: null });
  });

  test('takes its ids as they are: one that is spelt like a place in the list is still one', async () => {
    const floor = aFloor();
    for (const id of ['1_2_3', '_', 'é', 'a b']) await calls.record(anAbandonedCall(floor, channel(id)));
    expect(await allPages({ limit: 1 })).toHaveLength(4);
  });
});
