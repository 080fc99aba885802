import type { Codec } from '../baresip/config.ts';
import type { SpawnInRoot } from '../spawn-in-root.ts';
import { type CurrentCall, currentCall } from './current-call.ts';
import { startUserAgent, type UserAgent } from './user-agent.ts';

/** Someone who calls through a trunk that is known by its address. */
export interface Caller extends UserAgent, CurrentCall {
  readonly callerNumber: string;
}

/** How to start a caller. */
export interface CallerOptions {
  readonly spawn: SpawnInRoot;
  /** Where it keeps its files, on the host. */
  readonly folder: string;
  /** The exchange. */
  readonly trunk: { readonly host: string; readonly port: number };
  /** The user part of From; whatever SIP cannot carry there is percent-encoded. */
  readonly callerNumber: string;
  /** The display name of From: anything but quotes, brackets, backslashes and control characters (raw SIP is SIPp's). */
  readonly callerName?: string;
  /** The address it binds to; 127.0.0.1. */
  readonly host?: string;
  /** The port by which the trunk is known; a free one when not given. */
  readonly sipPort?: number;
  /** The tone of its microphone, in Hz; 440. */
  readonly tone?: number;
  /** In order of preference; G.711 µ-law and A-law. */
  readonly codec?: Codec | readonly Codec[];
}

/**
 * Starts a caller: a phone that does not register, and is known by its address and port as a trunk is.
 * @throws NotSayable for a name that baresip cannot send
 */
export const startCaller = async (options: CallerOptions): Promise<Caller> => {
  const { callerNumber, callerName, trunk, codec = ['pcmu', 'pcma'] } = options;
  const { userAgent, account } = await startUserAgent({
    spawn: options.spawn,
    folder: options.folder,
    host: options.host ?? '127.0.0.1',
    ...(options.sipPort === undefined ? {} : { sipPort: options.sipPort }),
    tone: options.tone ?? 440,
    codecs: typeof codec === 'string' ? [codec] : codec,
    account: { user: callerNumber, ...trunk, ...(callerName === undefined ? {} : { displayName: callerName }) },
  });
  await account.add();
  return { ...userAgent, ...currentCall(userAgent), callerNumber };
};
