import { expect, test } from 'vitest';
import type { ChannelId, Extension } from '../ids.ts';
import { createBoardProjection } from '../metrics/projection.ts';
import { whyOf } from '../metrics/why.ts';
import type { Instant } from '../time.ts';
import { Exchange } from './exchange.ts';
import type { AloneCall } from './taken-alone.ts';

const at = (ms: number) => (1_700_000_000_000 + ms) as Instant;

const unanswered: AloneCall = {
  channel: '1700000000.7' as ChannelId,
  from: 'trunk',
  source: 'demo',
  ani: '+33639981234',
  dnis: '+33170000010',
  cameAt: at(0),
  rung: ['101', '102'] as Extension[],
  endedAt: at(9500),
  endedBy: 'caller',
};
const answered: AloneCall = {
  ...unanswered,
  answered: { extension: '101' as Extension, at: at(4000) },
  endedAt: at(64_000),
  endedBy: 'agent',
};

test('who was answered by the dialplan alone is told as answered by that phone, with the wait and the talk', () => {
  const facts = new Exchange().takenAlone(answered);
  expect(facts.map(({ type, n, at: then }) => [n, type, then])).toEqual([
    [1, 'CallArrived', at(0)],
    [2, 'CallTakenAlone', at(0)],
    [3, 'CallAnswered', at(4000)],
    [4, 'CallEnded', at(64_000)],
  ]);
  expect(facts[2]).toMatchObject({ extension: '101', queue: null, waitedMs: 4000 });
  expect(facts[3]).toMatchObject({ disposition: 'answered', endedBy: 'agent', talkedMs: 60_000 });
  expect(new Exchange().takenAlone(answered)).toEqual(facts);
});

test('who gave up has abandoned, and who was cut off by Asterisk’s end was lost', () => {
  expect(new Exchange().takenAlone(unanswered).at(-1)).toMatchObject({ disposition: 'abandoned', endedBy: 'caller' });
  expect(new Exchange().takenAlone({ ...unanswered, endedBy: 'asterisk' }).at(-1)).toMatchObject({
    disposition: 'lost',
    endedBy: 'system',
  });
});

test('the story of the call says that call control was away, and who was rung', () => {
  const facts = new Exchange().takenAlone(unanswered);
  expect(whyOf(facts)?.steps).toMatchObject([
    { is: 'number-dialled', dnis: '+33170000010' },
    { is: 'taken-alone', extensions: ['101', '102'] },
    { is: 'ended', disposition: 'abandoned' },
  ]);
});

test('it changes nothing on the board', () => {
  const board = createBoardProjection();
  const before = board.snapshot(at(70_000));
  for (const fact of new Exchange().takenAlone(answered)) board.apply(fact);
  expect(board.snapshot(at(70_000))).toEqual(before);
});
