export { CommandFailed, type Output } from './command.ts';
export { type Lock, LockHeld, lock, lockNow } from './lock.ts';
export { openLogFile } from './log-file.ts';
export { type EnsureMediaOptions, ensureMedia, type Media } from './media/ensure-media.ts';
export { freePortRange, freePorts, requirePort } from './ports.ts';
export type { Report } from './report.ts';
export { type EnsureRootOptions, ensureRoot, rootPath } from './root/ensure-root.ts';
export { insideFolder } from './root/enter.ts';
export { asInvoker, askForPassword, findPrivilege } from './root/privilege.ts';
export type { Root, RunInRootOptions, SpawnInRootOptions } from './root/root.ts';
export { ensureSecrets, type Secrets } from './secrets.ts';
export { type Asterisk, type AsteriskOptions, startAsterisk } from './servers/asterisk.ts';
export type { Lasting } from './servers/lasting.ts';
export { type PostgresOptions, startPostgres } from './servers/postgres.ts';
export { type RedisOptions, startRedis } from './servers/redis.ts';
export type { Exit, Server } from './servers/server.ts';
export { StartFailed } from './start-failed.ts';
export {
  type EnvironmentParts,
  type ExternalServers,
  type ServerEnvironment,
  type Servers,
  type StartServersOptions,
  serverEnvironment,
  startServers,
} from './start-servers.ts';
export { type BackOff, type Supervisable, type Supervised, type SuperviseOptions, supervise } from './supervise.ts';
