export { createLogger, type Logger, type LogOptions } from './log.ts';
export { type Counter, createMetrics, type Gauge, type Histogram, type Metrics } from './metrics.ts';
