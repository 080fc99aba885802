import { randomUUID } from 'node:crypto';
import type { AloneCall, Instant } from '@cordboard/core';
import { momentIn } from '../translate/moment.ts';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { type BegunCall, readKept } from './read-kept.ts';

/** Where the dialplan keeps what it did by itself (extensions.conf, `degraded`). */
const familyOf = ({ app }: AriTransport): string => `${app}-alone`;

/** A call that is over, and what is kept of it. */
export interface KeptCall {
  readonly call: AloneCall;
  readonly lines: readonly string[];
}

export interface KeptCalls {
  readonly over: readonly KeptCall[];
  /** How many go on. */
  readonly goOn: number;
}

/**
 * The calls that the dialplan had by itself. Asterisk lists the keys of its database only for a channel: one is made for it
 * that calls nobody, and is gone afterwards.
 * @throws AriRefused
 * @throws TelephonyUnavailable
 */
export const readAloneCalls = async (transport: AriTransport): Promise<KeptCalls> => {
  const [family, channelId] = [familyOf(transport), `alone-${randomUUID()}`];
  await transport.request('channels.create', { channelId, endpoint: 'Local/h@lamp/n', app: transport.app });
  try {
    const keys = async (path: string): Promise<readonly string[]> => {
      const variable = `DB_KEYS(${path})`;
      const { value } = await transport.request('channels.getChannelVar', { channelId, variable });
      return value.split(',').filter((key) => key !== '');
    };
    const over: KeptCall[] = [];
    let goOn = 0;
    for (const channel of (await keys(family)).filter(isChannel)) {
      const read = async () => {
        const lines = await keys(`${family}/${channel}`);
        return { lines, call: readKept(channel, lines) };
      };
      let { call, lines } = await read();
      if (call !== undefined && !isOver(call)) {
        if (await isThere(transport, channel)) {
          goOn += 1;
          continue;
        }
        // It may have ended, and said so, while we asked.
        ({ call, lines } = await read());
      }
      // What has no beginning is what was left when somebody ended in the middle of forgetting it.
      if (call === undefined) await forget(transport, channel, lines);
      else over.push({ lines, call: isOver(call) ? call : await lostWithAsterisk(transport, call) });
    }
    return { over, goOn };
  } finally {
    await transport.request('channels.hangup', { channelId, reason_code: '16' });
  }
};

/** Its record is safe: the caller's number goes first. */
export const forgetAloneCall = (transport: AriTransport, { call, lines }: KeptCall): Promise<void> =>
  forget(transport, call.channel, lines);

const forget = async (transport: AriTransport, channel: string, lines: readonly string[]): Promise<void> => {
  for (const line of lines.toSorted((one, other) => Number(isBeginning(other)) - Number(isBeginning(one))))
    await transport.request('asterisk.setGlobalVar', {
      variable: `DB_DELETE(${familyOf(transport)}/${channel}/${line})`,
      value: '1',
    });
};

const isBeginning = (line: string): boolean => line.startsWith('began:');
const isOver = (call: BegunCall | AloneCall): call is AloneCall => 'endedAt' in call;

/** As Asterisk names channels, after its own name if it has one; nothing else gets into the name of a function. */
const isChannel = (key: string): boolean => /^[\w.-]{1,100}$/.test(key);

const isThere = async (transport: AriTransport, channelId: string): Promise<boolean> => {
  try {
    await transport.request('channels.get', { channelId });
    return true;
  } catch (error) {
    if (error instanceof AriRefused && error.status === 404) return false;
    throw error;
  }
};

/** Asterisk has ended without a word: at some moment before it began again. */
const lostWithAsterisk = async (transport: AriTransport, call: BegunCall): Promise<AloneCall> => {
  const { status } = await transport.request('asterisk.getInfo', { only: 'system,status' });
  const least = call.answered?.at ?? call.cameAt;
  const startedAt = momentIn(status?.startup_time) ?? least;
  return { ...call, endedAt: Math.max(least, startedAt) as Instant, endedBy: 'asterisk' };
};
