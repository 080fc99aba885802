import { LegGone } from '@cordboard/application';
import type { AriTransport } from '../transport/transport.ts';
import { inWords } from './refusal.ts';

/**
 * The load average of the last minute of the machine that Asterisk is on, as Asterisk says it (func_sysinfo). ARI tells such
 * things of a channel only: any will do.
 * @returns undefined when that channel is gone, or this Asterisk does not say.
 */
export const askLoad = async (transport: AriTransport, channelId: string): Promise<number | undefined> => {
  try {
    const { value } = await inWords(
      transport.request('channels.getChannelVar', { channelId, variable: 'SYSINFO(loadavg)' }),
    );
    const load = Number.parseFloat(value);
    return Number.isFinite(load) ? load : undefined;
  } catch (error) {
    if (error instanceof LegGone) return undefined;
    throw error;
  }
};
