export type { AskResult, Asks } from './asks.ts';
export * from './call-control.ts';
export * from './ports/clock.ts';
export * from './ports/numbering.ts';
export * from './ports/observer.ts';
export * from './ports/stores.ts';
export * from './ports/telephony.ts';
export * from './ports/telephony-event.ts';
export * from './system-clock.ts';
