export { CommandFailed, type Output } from './command.ts';
export { type Lock, LockHeld, lock, lockNow } from './lock.ts';
export type { Report } from './report.ts';
export { type EnsureRootOptions, ensureRoot } from './root/ensure-root.ts';
export { insideFolder } from './root/enter.ts';
export type { Root, RunInRootOptions, SpawnInRootOptions } from './root/root.ts';
export { StartFailed } from './start-failed.ts';
