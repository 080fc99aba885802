export * from './ports/stores.ts';
export * from './ports/telephony.ts';
export * from './ports/telephony-event.ts';
