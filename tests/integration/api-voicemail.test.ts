import type { Voicemail, VoicemailBox } from '@cordboard/contracts';
import { type CallId, instant, type RecordingId } from '@cordboard/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Person } from '../support/api.ts';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
beforeAll(async () => {
  house = await openApiHouse();
});
afterAll(() => house.close());

const sound = Buffer.from('RIFF....WAVE and what was said');
let count = 0;
/** A message in a box, and its file. */
const left = async (box: string): Promise<RecordingId> => {
  count += 1;
  const id = `c1-${count}.r1` as RecordingId;
  const [call, leftAt] = [`c1-${count}` as CallId, instant(1_750_000_000_000 + count)];
  const file = await house.sounds.write(id, sound);
  const said = { caller: '+336', callerName: 'Zoë', language: 'fr', durationMs: 5000 } as const;
  await house.database.voicemails.keep({ id, box, call, leftAt, file, ...said });
  return id;
};
const listed = async (person: Person, query = ''): Promise<readonly string[]> =>
  (await person.ask<{ items: Voicemail[] }>('GET', `/api/voicemails${query}`)).items.map(({ id }) => id);

let own: RecordingId;
let ofQueue: RecordingId;
let ofBen: RecordingId;
beforeEach(async () => {
  [own, ofQueue, ofBen] = [await left('101'), await left('support'), await left('102')];
});

test('agents hear the messages of their phone and of their queues; what is others’ does not exist for them', async () => {
  const seen = await listed(house.ana);
  expect(seen).toEqual(expect.arrayContaining([own, ofQueue]));
  expect(seen).not.toContain(ofBen);
  expect(await listed(house.ana, '?box=102')).toEqual([]);
  for (const [method, path, body] of [
    ['GET', `/api/voicemails/${ofBen}/audio`, undefined],
    ['PUT', `/api/voicemails/${ofBen}`, { heard: true }],
    ['DELETE', `/api/voicemails/${ofBen}`, undefined],
  ] as const)
    expect((await house.ana.send(method, path, body)).status, path).toBe(404);
  expect(await listed(house.supervisor)).toContain(ofBen);
});

test('messages come newest first, page by page', async () => {
  const page = async (after = '') =>
    house.supervisor.ask<{ items: Voicemail[]; next: string | null }>('GET', `/api/voicemails?limit=2${after}`);
  const first = await page();
  expect(first.items.map(({ id }) => id)).toEqual([ofBen, ofQueue]);
  const second = await page(`&after=${first.next}`);
  expect(second.items[0]?.id).toBe(own);
});

test('what was said is sent whole, in parts, or by its head alone', async () => {
  const ask = (headers: Record<string, string>, method = 'GET') =>
    fetch(`${house.url}/api/voicemails/${own}/audio`, { method, headers: { cookie: house.ana.cookie, ...headers } });
  const whole = await ask({});
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('cache-control')]).toEqual([
    200,
    'audio/wav',
    'no-store',
  ]);
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(sound);
  const part = await ask({ range: 'bytes=4-7' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    `bytes 4-7/${sound.length}`,
    '....',
  ]);
  const head = await ask({}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, `${sound.length}`, '']);
  const beyond = await ask({ range: 'bytes=9999-' });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${sound.length}`]);
});

test('a message whose file is gone says so', async () => {
  await house.sounds.erase(own);
  const answer = await house.ana.send('GET', `/api/voicemails/${own}/audio`);
  expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
    404,
    'The file of this message is not there: restore the data folder.',
  ]);
});

test('a message that is deleted is gone, its caller forgotten, and does not come back when it is told of again', async () => {
  await house.ana.ask('PUT', `/api/voicemails/${own}`, { heard: true });
  await house.ana.ask('DELETE', `/api/voicemails/${own}`);
  expect(await listed(house.ana)).not.toContain(own);
  expect(await house.database.voicemails.toErase()).toContain(own);
  expect(await house.database.voicemails.isKnown(own)).toBe(true);
  expect((await house.ana.send('DELETE', `/api/voicemails/${own}`)).status).toBe(404);
});

test('a PIN and an address are set by the owner of the phone, or a supervisor; nobody can read the PIN', async () => {
  const box = '/api/voicemail-boxes/101';
  expect(await house.ana.ask<VoicemailBox>('GET', box)).toEqual({ box: '101', hasPin: false, email: null });
  await house.ana.ask('PUT', box, { pin: '2468' });
  await house.supervisor.ask('PUT', box, { email: 'ana@example.com' });
  expect(await house.ana.ask('GET', box)).toEqual({ box: '101', hasPin: true, email: 'ana@example.com' });
  expect(await house.database.boxes.opens('101', '2468')).toBe('yes');
  expect(await house.database.boxes.opens('101', '2469')).toBe('no');
  expect(await house.database.boxes.opens('102', '')).toBe('no');
  await house.ana.ask('PUT', box, { pin: null });
  expect(await house.database.boxes.opens('101', '2468')).toBe('no');
  for (const pin of ['123', '123456789', 'abcd', 1234])
    expect((await house.ana.send('PUT', box, { pin })).status, `${pin}`).toBe(422);
  for (const other of ['102', 'support'])
    expect((await house.ana.send('PUT', `/api/voicemail-boxes/${other}`, { pin: '2468' })).status).toBe(403);
});
