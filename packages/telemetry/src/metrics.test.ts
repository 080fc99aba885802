import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMetrics, type Metrics } from './metrics.ts';

let metrics: Metrics;
beforeEach(() => {
  metrics = createMetrics('test');
});
afterEach(() => metrics.close());

test('figures are told in Prometheus’ format, with the process they are of', async () => {
  metrics.counter('calls_total', 'Calls.', ['from']).inc({ from: 'trunk' }, 2);
  metrics.gauge('waiting', 'Waiting.').set(3);
  metrics.histogram('took_seconds', 'How long.', [], [0.1, 1]).observe(0.5);
  const text = await metrics.text();
  expect(text).toContain('calls_total{from="trunk",process="test"} 2');
  expect(text).toContain('waiting{process="test"} 3');
  expect(text).toContain('took_seconds_bucket{le="1",process="test"} 1');
});

test('two registries in one process do not meet', async () => {
  const other = createMetrics('other');
  metrics.counter('calls_total', 'Calls.').inc();
  expect(() => other.counter('calls_total', 'Calls.')).not.toThrow();
  expect(await other.text()).toContain('calls_total{process="other"} 0');
  other.close();
});

test('a label that was not declared is refused', () => {
  const calls = metrics.counter('calls_total', 'Calls.', ['from']);
  // @ts-expect-error: the compiler refuses it too.
  expect(() => calls.inc({ to: 'x' })).toThrow();
});

test('the event loop’s lag is among the figures', async () => {
  expect(await metrics.text()).toMatch(/cordboard_event_loop_lag_seconds\{process="test"\} \d/);
  expect(metrics.eventLoopLagMs()).toBeGreaterThanOrEqual(0);
});
