import { z } from 'zod';
import { type AriAccess, ariAccess } from './ari-access.ts';
import { ConfigurationError } from './configuration-error.ts';
import {
  address,
  applicationName,
  ariTransport,
  logLevel,
  type PortRange,
  port,
  portRange,
  url,
  yesOrNo,
} from './fields.ts';
import { homeOf, homeVariables } from './home.ts';
import { type Environment, parse } from './parse.ts';

/** All that a person may set about one installation. */
export interface Configuration {
  /** The cache of the private Debian root, and the data of this installation. */
  readonly home: string;
  /** The address on which pages, SIP and media listen. The servers behind listen on loopback only. */
  readonly host: string;
  readonly ports: Ports;
  /** Servers of one's own; where absent, the embedded server is started. */
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly ari: AriAccess | undefined;
  readonly ariTransport: AriTransport;
  /** The name under which the call control registers with Asterisk: one process, one name. */
  readonly app: string;
  /** Whether a second call control stands by. */
  readonly standby: boolean;
  readonly logLevel: LogLevel;
}

/** The ports of one installation. */
export interface Ports {
  readonly http: number;
  readonly sip: number;
  readonly rtp: PortRange;
  readonly ari: number;
  readonly redis: number;
  readonly postgres: number;
}

export type AriTransport = z.output<typeof ariTransport>;
export type LogLevel = z.output<typeof logLevel>;

export const Variables = z.object({
  ...homeVariables,
  CORDBOARD_HOST: address.default('127.0.0.1'),
  CORDBOARD_HTTP_PORT: port.default(8080),
  CORDBOARD_SIP_PORT: port.default(5060),
  CORDBOARD_RTP_PORTS: portRange.default({ first: 16_000, last: 17_999 }),
  CORDBOARD_ARI_PORT: port.default(18_088),
  CORDBOARD_REDIS_PORT: port.default(16_379),
  CORDBOARD_POSTGRES_PORT: port.default(15_432),
  CORDBOARD_APP: applicationName.default('cordboard-1'),
  CORDBOARD_STANDBY: yesOrNo.default(false),
  DATABASE_URL: url('postgresql://user:password@host:5432/database', 'postgresql', 'postgres').optional(),
  REDIS_URL: url('redis://:password@host:6379', 'redis', 'rediss').optional(),
  ARI_URL: url('http://host:8088', 'http', 'https').optional(),
  ARI_USER: z.string().optional(),
  ARI_PASSWORD: z.string().optional(),
  ARI_TRANSPORT: ariTransport.default('auto'),
  LOG_LEVEL: logLevel.default('info'),
});

/**
 * Reads the configuration of an installation.
 * @throws ConfigurationError with one sentence naming the variable to change.
 */
export const readConfiguration = (environment: Environment): Configuration => {
  const read = parse(Variables, environment);
  const ports = {
    http: read.CORDBOARD_HTTP_PORT,
    sip: read.CORDBOARD_SIP_PORT,
    rtp: read.CORDBOARD_RTP_PORTS,
    ari: read.CORDBOARD_ARI_PORT,
    redis: read.CORDBOARD_REDIS_PORT,
    postgres: read.CORDBOARD_POSTGRES_PORT,
  };
  refuseSharedPorts(ports);
  return {
    home: homeOf(read),
    host: read.CORDBOARD_HOST,
    ports,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    ari: read.ARI_URL === undefined ? undefined : ariAccess(read.ARI_URL, read.ARI_USER, read.ARI_PASSWORD),
    ariTransport: read.ARI_TRANSPORT,
    app: read.CORDBOARD_APP,
    standby: read.CORDBOARD_STANDBY,
    logLevel: read.LOG_LEVEL,
  };
};

/** The variable that sets each port. */
export const portVariables = {
  http: 'CORDBOARD_HTTP_PORT',
  sip: 'CORDBOARD_SIP_PORT',
  rtp: 'CORDBOARD_RTP_PORTS',
  ari: 'CORDBOARD_ARI_PORT',
  redis: 'CORDBOARD_REDIS_PORT',
  postgres: 'CORDBOARD_POSTGRES_PORT',
} as const satisfies Record<keyof Ports, string>;

const refuseSharedPorts = ({ rtp, ...single }: Ports): void => {
  const takenBy = new Map<number, string>();
  for (const name of Object.keys(single) as (keyof typeof single)[]) {
    const variable = portVariables[name];
    const other = takenBy.get(single[name]);
    if (other !== undefined)
      throw new ConfigurationError(`${variable} and ${other} are both ${single[name]}: give one of them another port.`);
    takenBy.set(single[name], variable);
  }
  // The others are TCP alone and may share a number with media, which is UDP.
  if (single.sip >= rtp.first && single.sip <= rtp.last)
    throw new ConfigurationError(
      `${portVariables.sip} (${single.sip}) lies in ${portVariables.rtp} (${rtp.first}-${rtp.last}): move one of them.`,
    );
};
