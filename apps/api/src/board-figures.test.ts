import { type BoardProjection, instant } from '@cordboard/core';
import { createMetrics, togetherAsText } from '@cordboard/telemetry';
import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { boardFigures } from './board-figures.ts';

const figuresOf = async (board: BoardProjection): Promise<string> => {
  const metrics = createMetrics('api');
  boardFigures(metrics, board);
  const text = await togetherAsText([await metrics.figures()]);
  metrics.close();
  return text;
};

test('a trunk is told in one state of all, with how long it took to answer', async () => {
  const { board, now } = new Floor();
  const trunk = {
    id: 'carrier',
    is: 'rejected',
    since: now,
    roundTripMs: 12,
    lastError: null,
    lastErrorAt: null,
  } as const;
  board.apply({ type: 'TrunkChanged', at: now, trunk });
  const text = await figuresOf(board);
  expect(text).toContain('cordboard_trunk_state{trunk="carrier",state="rejected",process="api"} 1');
  expect(text).toContain('cordboard_trunk_state{trunk="carrier",state="registered",process="api"} 0');
  expect(text).toContain('cordboard_trunk_round_trip_seconds{trunk="carrier",process="api"} 0.012');
});

test('a queue that has had no call today has no service level, rather than one of 0', async () => {
  const text = await figuresOf(new Floor().board);
  expect(text).toContain('cordboard_queue_waiting{queue="support",process="api"} 0');
  expect(text).not.toContain('cordboard_queue_service_level_ratio{');
});

test('who waits is told with for how long, and a ready member is seen as ready', async () => {
  const floor = new Floor();
  floor.now = instant(Date.now() - 90_000);
  floor.arrive('+33170000011');
  const text = await figuresOf(floor.board);
  expect(text).toContain('cordboard_calls{place="waiting",direction="in",process="api"} 1');
  expect(text).toMatch(/cordboard_queue_longest_wait_seconds\{queue="support",process="api"\} 9\d/);
  const served = new Floor().signIn('ana');
  expect(await figuresOf(served.board)).toContain(
    'cordboard_queue_members{queue="support",state="ready",process="api"} 1',
  );
});
