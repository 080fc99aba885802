export { askCarrier, askRegistration } from './ask-carrier.ts';
export { type Finding, findings } from './findings.ts';
export type { ProbedTrunk } from './probed-trunk.ts';
export type { Registration } from './registration.ts';
