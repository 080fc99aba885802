export type { AriAccess } from './ari-access.ts';
export {
  type AriTransport,
  type Configuration,
  type LogLevel,
  type Ports,
  portVariables,
  readConfiguration,
} from './configuration.ts';
export { ConfigurationError } from './configuration-error.ts';
export type { PortRange } from './fields.ts';
export type { Environment } from './parse.ts';
export { readServiceConfiguration, type ServiceConfiguration } from './service-configuration.ts';
