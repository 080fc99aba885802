export { giveWayToCalls } from './give-way-to-calls.ts';
export { type Life, live } from './live.ts';
