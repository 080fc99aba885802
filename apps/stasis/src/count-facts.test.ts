import type { ChannelId } from '@cordboard/core';
import { createMetrics, type Metrics, togetherAsText } from '@cordboard/telemetry';
import { aPolicy, Floor } from '@cordboard/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countFacts } from './count-facts.ts';

let metrics: Metrics;
let count: ReturnType<typeof countFacts>;
let floor: Floor;
let counted: number;
beforeEach(() => {
  metrics = createMetrics('stasis');
  count = countFacts(metrics);
  floor = new Floor();
  counted = 0;
});
afterEach(() => metrics.close());

/** All that has happened on the floor since it was last asked. */
const told = async (): Promise<(line: string) => number> => {
  count(floor.facts.slice(counted));
  counted = floor.facts.length;
  const text = await togetherAsText([await metrics.figures()]);
  return (line) =>
    Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
};

test('callers for whom there is no place are counted by what they met', async () => {
  floor = new Floor(aPolicy({ admission: { mostCalls: 1, treatment: { is: 'busy', elsewhere: false } } }));
  floor.arrive('+33170000011');
  const arrival = {
    channel: '9.9',
    from: 'trunk',
    source: 'demo',
    dnis: '+33170000011',
    ani: '',
    aniName: '',
  } as const;
  floor.handle({ type: 'CallArrived', at: floor.now, arrival: { ...arrival, channel: '9.9' as ChannelId } });
  const figure = await told();
  expect(figure('cordboard_calls_turned_away_total{treatment="busy",process="stasis"}')).toBe(1);
  expect(figure('cordboard_calls_turned_away_total{treatment="message",process="stasis"}')).toBe(0);
});

const ring = (call: Parameters<Floor['happen']>[0]): void =>
  void floor.happen(call, { type: 'LegRinging', leg: floor.legOf(call) });

test('who waits while nobody is free is rung as soon as somebody is: the time before does not count', async () => {
  const call = floor.arrive('+33170000011');
  floor.after(30_000).signIn('ana');
  floor.after(40);
  ring(call);
  const value = await told();
  expect(value('cordboard_free_ring_seconds_sum{process="stasis"}')).toBeCloseTo(0.04);
  expect(value('cordboard_offer_ring_seconds_sum{process="stasis"}')).toBeCloseTo(0.04);
});

test('who comes to an agent who has long been free is rung from the moment of coming into line', async () => {
  floor.signIn('ana');
  floor.after(60_000);
  const call = floor.arrive('+33170000011');
  floor.after(70);
  ring(call);
  const value = await told();
  expect(value('cordboard_free_ring_seconds_sum{process="stasis"}')).toBeCloseTo(0.07);
  expect(value('cordboard_free_ring_seconds_count{process="stasis"}')).toBe(1);
});

test('while one phone rings, nobody waits for another', async () => {
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.after(50);
  ring(call);
  floor.signIn('ben');
  floor.timePasses(call, 60_000);
  floor.after(60);
  ring(call);
  const value = await told();
  expect(value('cordboard_offers_ended_total{outcome="no-answer",process="stasis"}')).toBe(1);
  expect(value('cordboard_free_ring_seconds_count{process="stasis"}')).toBe(2);
  expect(value('cordboard_free_ring_seconds_sum{process="stasis"}')).toBeCloseTo(0.11);
});

test('of many differences that were put right all are counted, the first ones by their kind', async () => {
  floor.arrive('+33170000011');
  count([
    {
      type: 'DriftHealed',
      at: floor.now,
      afterOutage: true,
      count: 23,
      drifts: [{ is: 'left-over', call: 'c1' as never, what: 'c1.a1' }],
    },
  ]);
  const value = await told();
  expect(value('cordboard_drift_healed_total{kind="left-over",process="stasis"}')).toBe(1);
  expect(value('cordboard_drift_healed_total{kind="unnamed",process="stasis"}')).toBe(22);
  expect(value('cordboard_drift_healed_total{kind="event-missed",process="stasis"}')).toBe(0);
});
