export * from './fake-telephony.ts';
export * from './floor.ts';
export * from './memory-journal.ts';
export * from './memory-store.ts';
export * from './named-figures.ts';
export * from './policy.ts';
export * from './rules-policy.ts';
export * from './simulated-clock.ts';
