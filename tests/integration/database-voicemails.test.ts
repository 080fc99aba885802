import { type CallId, type Instant, instant, later, type RecordingId } from '@cordboard/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { removeOld } from '../../apps/worker/src/voicemail/remove-old.ts';
import { type DatabaseHouse, openDatabaseHouse } from './database-house.ts';

let house: DatabaseHouse;
beforeAll(async () => {
  house = await openDatabaseHouse();
});
beforeEach(() => house.clear());
afterAll(() => house.close());

const now = instant(Date.UTC(2026, 10, 26));
const daysAgo = (days: number): Instant => later(now, -days * 86_400_000);

const leave = async (name: string, leftAt: Instant): Promise<void> =>
  house.database.voicemails.keep({
    id: name as RecordingId,
    box: 'night',
    call: name as CallId,
    caller: '+33639981234',
    callerName: 'Zoé',
    language: 'fr',
    leftAt,
    durationMs: 4000,
    file: `${name}.wav`,
  });

const kept = async (): Promise<readonly string[]> =>
  (await house.database.voicemails.list({ limit: 10 })).messages.map(({ id }) => id);

test('messages are kept for so many days, then deleted, and their sounds are to be erased', async () => {
  await leave('old', daysAgo(181));
  await leave('recent', daysAgo(179));
  expect(await removeOld(house.database.voicemails, 180, now)).toBe(1);
  expect(await kept()).toEqual(['recent']);
  expect(await house.database.voicemails.toErase()).toEqual(['old']);
  expect(await removeOld(house.database.voicemails, 180, now)).toBe(0);
});

test('0 days is for ever', async () => {
  await leave('old', daysAgo(5000));
  expect(await removeOld(house.database.voicemails, 0, now)).toBe(0);
  expect(await kept()).toEqual(['old']);
});
