import type { RecordRequest } from '@cordboard/application';
import type { AriTransport } from '../transport/transport.ts';
import { unlessDone } from './refusal.ts';

/** Asterisk counts in whole seconds; 0 would be for ever. */
const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/**
 * A beep, then what is said, until silence, `#`, the longest time, or the caller has gone: Asterisk keeps in each case what
 * it has. The name is ours: asking twice records once.
 */
export const record = (
  transport: AriTransport,
  { channel, recording, maxMs, silenceMs }: RecordRequest,
  order: { readonly order: string },
): Promise<void> =>
  unlessDone(
    transport.request(
      'channels.record',
      {
        channelId: channel,
        name: recording,
        format: 'wav',
        maxDurationSeconds: seconds(maxMs),
        maxSilenceSeconds: seconds(silenceMs),
        ifExists: 'fail',
        beep: true,
        terminateOn: '#',
      },
      order,
    ),
  );
