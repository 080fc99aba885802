import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Person } from '../support/api.ts';
import { flowHousePolicy } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { answerAt, lineUp } from '../support/line-up.ts';
import { onRecord } from '../support/on-record.ts';
import { until } from '../support/until.ts';

const number = '+33170000070';
const wrapUpMs = 300;

const policy = flowHousePolicy(
  { line: { number, start: 'support', nodes: {} } },
  {
    queues: { support: { members: ['ana'], wrapUpMs, wrapUpCodes: ['order', 'complaint'], wrapUpCodeRequired: true } },
  },
);

let house: House;
let ana: Person;
beforeAll(async () => {
  house = await openHouse({ policy });
  ana = await house.person('ana');
});
afterEach(() => house.clear());
afterAll(() => house.close());

const says = (request: object): Promise<Response> => ana.send('PUT', '/api/agents/ana/state', request);
const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code: unknown }).code;

test('[F7] an agent who has not said what a call was about is offered no other, whatever she presses; when she has, the next one rings', async () => {
  const phone = await house.ready('101');
  const first = await lineUp(house, number);
  await (await answerAt(phone)).hangUp();
  const next = await lineUp(house, number);
  await house.board.shows(
    'a code is wanted of Ana',
    ({ agents }) => agents.get('ana')?.state === 'wrap-up' && agents.get('ana')?.codeWanted?.call === first.call,
  );
  await house.talk(wrapUpMs * 3);
  expect(await codeOf(await says({ to: 'be-ready' }))).toBe('wrap-up-code-missing');
  const dialled = await phone.dial('*13');
  await dialled.ended({ withinMs: 8000 });
  expect(await codeOf(await says({ to: 'wrapped-up', code: 'weather' }))).toBe('no-such-wrap-up-code');
  expect(house.board.agents.get('ana')?.state).toBe('wrap-up');
  expect(phone.calls.filter(({ direction }) => direction === 'incoming')).toHaveLength(1);

  expect((await says({ to: 'wrapped-up', code: 'complaint' })).status).toBe(204);
  const ringing = await phone.nextIncoming({ withinMs: 3000 });
  expect(ringing.fromNumber).toBe(next.caller.callerNumber);
  expect(house.board.agents.get('ana')?.codeWanted).toBeUndefined();
  const coded = await until('the code on record', async () => {
    const record = await onRecord(house, first.call);
    return record.wrapUpCode !== null && record;
  });
  expect(coded).toMatchObject({ wrapUpCode: 'complaint', agent: 'ana', queue: 'support' });
});

test('[F7] signing out and in again is no way round it', async () => {
  const phone = await house.ready('101');
  await lineUp(house, number);
  await (await answerAt(phone)).hangUp();
  await house.board.shows('after-call work', ({ agents }) => agents.get('ana')?.state === 'wrap-up');
  await house.ask('ana', { to: 'sign-out' });
  await house.ask('ana', { to: 'sign-in' });
  await lineUp(house, number);
  await house.board.shows('after-call work again', ({ agents }) => agents.get('ana')?.state === 'wrap-up');
  expect(phone.calls).toHaveLength(1);
  await house.ask('ana', { to: 'wrapped-up', code: 'order' });
  await phone.nextIncoming({ withinMs: 3000 });
});
