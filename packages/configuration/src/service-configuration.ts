import { join } from 'node:path';
import { z } from 'zod';
import { type AriAccess, ariAccess } from './ari-access.ts';
import type { AriTransport, LogLevel } from './configuration.ts';
import { address, applicationName, ariTransport, days, hostList, logLevel, mailAddress, port, url } from './fields.ts';
import { homeOf, homeVariables } from './home.ts';
import { type Environment, parse } from './parse.ts';
import { type SmtpAccess, smtpAccess } from './smtp-access.ts';

/** What one process (call control, API, worker) needs to know. Everything reaches it through its environment. */
export interface ServiceConfiguration {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly ari: AriAccess & { readonly transport: AriTransport; readonly app: string };
  readonly http: { readonly host: string; readonly port: number };
  readonly logLevel: LogLevel;
  /** All that the installation keeps beside its databases. */
  readonly dataFolder: string;
  /** The server that takes our e-mail, and in whose name we write; undefined: none is sent. */
  readonly smtp: SmtpAccess | undefined;
  /** For how many days callers' messages are kept; 0: until somebody deletes them. */
  readonly voicemailDays: number;
  /** The folder of the built pages, where it is not the one beside the process. */
  readonly webRoot: string | undefined;
  /** Other systems that flows may ask over HTTP; `innerHosts` may be on this machine or in its network. */
  readonly httpLookUps: { readonly hosts: readonly string[]; readonly innerHosts: readonly string[] };
}

export const Variables = z.object({
  REDIS_URL: url('redis://:password@host:6379', 'redis', 'rediss'),
  DATABASE_URL: url('postgresql://user:password@host:5432/database', 'postgresql', 'postgres'),
  ARI_URL: url('http://host:8088', 'http', 'https'),
  ARI_USER: z.string().optional(),
  ARI_PASSWORD: z.string().optional(),
  ARI_TRANSPORT: ariTransport.default('auto'),
  CORDBOARD_APP: applicationName.default('cordboard-1'),
  CORDBOARD_HOST: address.default('127.0.0.1'),
  CORDBOARD_HTTP_PORT: port.default(8080),
  CORDBOARD_WEB_ROOT: z.string().optional(),
  CORDBOARD_HTTP_HOSTS: hostList.default([]),
  CORDBOARD_HTTP_INNER_HOSTS: hostList.default([]),
  LOG_LEVEL: logLevel.default('info'),
  ...homeVariables,
  SMTP_URL: url('smtp://user:password@host:587', 'smtp', 'smtps').optional(),
  SMTP_FROM: mailAddress.optional(),
  CORDBOARD_VOICEMAIL_DAYS: days.default(180),
});

/**
 * Reads the configuration of one process.
 * @throws ConfigurationError with one sentence naming the variable to change.
 */
export const readServiceConfiguration = (environment: Environment): ServiceConfiguration => {
  const read = parse(Variables, environment);
  return {
    redisUrl: read.REDIS_URL,
    databaseUrl: read.DATABASE_URL,
    ari: {
      ...ariAccess(read.ARI_URL, read.ARI_USER, read.ARI_PASSWORD),
      transport: read.ARI_TRANSPORT,
      app: read.CORDBOARD_APP,
    },
    http: { host: read.CORDBOARD_HOST, port: read.CORDBOARD_HTTP_PORT },
    logLevel: read.LOG_LEVEL,
    dataFolder: join(homeOf(read), 'data'),
    smtp: smtpAccess(read.SMTP_URL, read.SMTP_FROM),
    voicemailDays: read.CORDBOARD_VOICEMAIL_DAYS,
    webRoot: read.CORDBOARD_WEB_ROOT,
    httpLookUps: { hosts: read.CORDBOARD_HTTP_HOSTS, innerHosts: read.CORDBOARD_HTTP_INNER_HOSTS },
  };
};
