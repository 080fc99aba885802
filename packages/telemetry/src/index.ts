export { type LagWatch, watchLag } from './lag-watch.ts';
export { createLogger, type Logger, type LogOptions } from './log.ts';
export {
  type Counter,
  createMetrics,
  type Figures,
  type Gauge,
  type Histogram,
  type Measured,
  type Metrics,
  togetherAsText,
} from './metrics.ts';
