import type { SpawnInRoot } from '../spawn-in-root.ts';
import type { CallCounts } from './counts.ts';
import type { SippMessage } from './message-log.ts';

/** What SIPp is to do. */
export interface SippOptions {
  readonly spawn: SpawnInRoot;
  /** Where it keeps its files, on the host. */
  readonly folder: string;
  /** A scenario's XML. */
  readonly scenario: string;
  /** Whom it calls; for a scenario that is called, who may be left out. */
  readonly remote?: { readonly host: string; readonly port: number };
  /** The address it binds to; 127.0.0.1. */
  readonly localHost?: string;
  /** A free one when not given. */
  readonly localPort?: number;
  /** It ends after so many calls; without this, when told. */
  readonly calls?: number;
  /** New calls per second; 10. */
  readonly rate?: number;
  /** At most so many calls at a time; 1000. */
  readonly simultaneous?: number;
  /** Lines whose columns a scenario's fields stand for, taken in turn, one per call. No semicolons or line ends. */
  readonly lines?: readonly (readonly string[])[];
  /** More files for its folder, such as sounds. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Send back whatever sound arrives. */
  readonly echo?: boolean;
  /** Keep the messages, for `SippResult.messages`. */
  readonly messages?: boolean;
  /** It is ended by force after so long, whatever it does. */
  readonly timeoutMs?: number;
  /** More arguments of SIPp's. */
  readonly args?: readonly string[];
}

/** What SIPp did. */
export interface SippResult extends CallCounts {
  /** SIPp's exit code: 0 when all calls succeeded, 1 when one failed, 99 when there was none; null when killed. */
  readonly exitCode: number | null;
  /** In order; empty unless asked for. */
  readonly messages: readonly SippMessage[];
  /** SIPp's own words about calls that failed. */
  readonly errors: string;
}

/** The ports of one SIPp. */
export interface SippPorts {
  readonly localPort: number;
  readonly controlPort: number;
  readonly mediaPort: number;
}

/** SIPp's arguments. Files are named as in its own folder, which is its working directory. */
export const sippArguments = (options: SippOptions, ports: SippPorts): readonly string[] => {
  const { remote, localHost = '127.0.0.1', calls, rate = 10, simultaneous = 1000 } = options;
  const media = mediaRange(ports.mediaPort, simultaneous);
  return [
    ...(remote ? [`${remote.host}:${remote.port}`] : []),
    ...['-sf', 'scenario.xml', '-inf', 'lines.csv'],
    ...['-i', localHost, '-p', `${ports.localPort}`, '-bind_local'],
    ...['-ci', localHost, '-cp', `${ports.controlPort}`],
    ...['-mi', localHost, '-min_rtp_port', `${media.first}`, '-max_rtp_port', `${media.last}`],
    ...ratio(rate),
    ...['-l', `${simultaneous}`],
    ...(calls === undefined ? [] : ['-m', `${calls}`]),
    // OPTIONS and NOTIFY come from any exchange at any time; nobody wants to write them into a scenario.
    ...['-aa', '-nostdin'],
    ...['-trace_stat', '-stf', 'stats.csv', '-fd', '1s'],
    ...['-trace_err', '-error_file', 'errors.log'],
    ...(options.messages ? ['-trace_msg', '-message_file', 'messages.log'] : []),
    ...(options.echo ? ['-rtp_echo'] : []),
    ...(options.args ?? []),
  ];
};

/** SIPp takes whole numbers only: less than one call per second, or a fraction, is so many in a longer time. */
const ratio = (perSecond: number): readonly string[] =>
  Number.isInteger(perSecond) ? ['-r', `${perSecond}`] : ['-r', '100', '-rp', `${Math.round(100_000 / perSecond)}`];

/** Two ports for each call, and as many again for those that others hold. */
const mediaRange = (wanted: number, simultaneous: number): { first: number; last: number } => {
  const size = 4 * simultaneous + 100;
  const first = Math.max(1024, Math.min(wanted, 65_000 - size));
  return { first: first - (first % 2), last: Math.min(65_534, first + size) };
};

/**
 * The injection file for the lines.
 * @throws TypeError for a text that the file cannot hold
 */
export const injectionFile = (lines: readonly (readonly string[])[]): string => {
  const bad = lines.flat().find((text) => /[;\r\n]/.test(text));
  if (bad !== undefined) throw new TypeError(`a line for SIPp cannot hold ${JSON.stringify(bad)}`);
  return ['SEQUENTIAL', ...(lines.length === 0 ? ['-'] : lines.map((line) => line.join(';'))), ''].join('\n');
};
