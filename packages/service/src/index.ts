export { type Life, live } from './live.ts';
