import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { watchLag } from './lag-watch.ts';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** What one process counts and measures, for Prometheus. Names end in their unit: `_seconds`, `_total`. */
export interface Metrics {
  counter<Label extends string = never>(name: string, help: string, labels?: readonly Label[]): Counter<Label>;
  gauge<Label extends string = never>(name: string, help: string, labels?: readonly Label[]): Gauge<Label>;
  /**
   * A gauge whose values are read when the figures are asked for, all of them anew: what is left out is told no more.
   * @param read must not fail; what is not known is left out
   */
  measure<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[],
    read: () => readonly Measured<Label>[] | Promise<readonly Measured<Label>[]>,
  ): void;
  /** @param buckets upper bounds, in the metric's unit */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[],
    buckets: readonly number[],
  ): Histogram<Label>;
  /** The longest that the event loop has been held up since the last reading of the metrics, in ms. */
  eventLoopLagMs(): number;
  /** All of it, to be put together with the figures of other processes by {@link togetherAsText}. */
  figures(): Promise<Figures>;
  /** Ends the watching of the event loop. */
  close(): void;
}

/** One value of a gauge that is read when asked for. */
export interface Measured<Label extends string = never> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
}

/** The figures of one process, as they can be sent to another. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Figures of several processes in Prometheus' text format; each line says which process it is of. */
export const togetherAsText = (figures: readonly Figures[]): Promise<string> =>
  AggregatorRegistry.aggregate([...figures]).metrics();

/**
 * A registry of its own, so that two in one process (as in tests) do not meet.
 * @param process the name that every figure carries: `stasis`, `api`, `worker`
 */
export const createMetrics = (process: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const lag = watchLag();
  new Gauge({
    name: 'cordboard_event_loop_lag_seconds',
    help: 'The longest that the event loop was held up since the last reading.',
    registers: [registry],
    collect() {
      this.set(lag.longestMs() / 1000);
      lag.reset();
    },
  });
  const common = <Label extends string>(name: string, help: string, labels: readonly Label[] = []) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  return {
    counter: (name, help, labels) => new Counter(common(name, help, labels)),
    gauge: (name, help, labels) => new Gauge(common(name, help, labels)),
    measure: (name, help, labels, read) => {
      new Gauge({
        ...common(name, help, labels),
        async collect() {
          const values = await read();
          this.reset();
          for (const { labels: of, value } of values) this.set(of, value);
        },
      });
    },
    histogram: (name, help, labels, buckets) => new Histogram({ ...common(name, help, labels), buckets: [...buckets] }),
    eventLoopLagMs: () => lag.longestMs(),
    figures: () => registry.getMetricsAsJSON(),
    close: () => {
      lag.close();
      registry.clear();
    },
  };
};
