import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMetrics, type Metrics, togetherAsText } from './metrics.ts';

let metrics: Metrics;
beforeEach(() => {
  metrics = createMetrics('test');
});
afterEach(() => metrics.close());

const text = async (): Promise<string> => togetherAsText([await metrics.figures()]);

test('figures are told in Prometheus’ format, with the process they are of', async () => {
  metrics.counter('calls_total', 'Calls.', ['from']).inc({ from: 'trunk' }, 2);
  metrics.gauge('waiting', 'Waiting.').set(3);
  metrics.histogram('took_seconds', 'How long.', [], [0.1, 1]).observe(0.5);
  const told = await text();
  expect(told).toContain('calls_total{from="trunk",process="test"} 2');
  expect(told).toContain('waiting{process="test"} 3');
  expect(told).toContain('took_seconds_bucket{le="1",process="test"} 1');
});

test('two registries in one process do not meet', async () => {
  const other = createMetrics('other');
  metrics.counter('calls_total', 'Calls.').inc();
  expect(() => other.counter('calls_total', 'Calls.')).not.toThrow();
  expect(await togetherAsText([await other.figures()])).toContain('calls_total{process="other"} 0');
  other.close();
});

test('a label that was not declared is refused', () => {
  const calls = metrics.counter('calls_total', 'Calls.', ['from']);
  // @ts-expect-error: the compiler refuses it too.
  expect(() => calls.inc({ to: 'x' })).toThrow();
});

test('the event loop’s lag is among the figures', async () => {
  expect(await text()).toMatch(/cordboard_event_loop_lag_seconds\{process="test"\} \d/);
  expect(metrics.eventLoopLagMs()).toBeGreaterThanOrEqual(0);
});

test('figures of several processes stand together, each under its own name', async () => {
  const other = createMetrics('other');
  other.counter('calls_total', 'Calls.').inc(2);
  metrics.counter('calls_total', 'Calls.').inc(3);
  const sent = JSON.parse(JSON.stringify(await other.figures())) as Awaited<ReturnType<Metrics['figures']>>;
  const told = await togetherAsText([await metrics.figures(), sent]);
  expect(told).toContain('calls_total{process="test"} 3');
  expect(told).toContain('calls_total{process="other"} 2');
  expect(told.match(/# TYPE calls_total/g)).toHaveLength(1);
  other.close();
});
