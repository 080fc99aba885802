import type { BridgeId, ChannelId } from '@cordboard/core';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { makeBridge } from './originate-leg.ts';
import { unlessGone } from './refusal.ts';

/**
 * Both legs into the bridge. A channel that hears music goes on hearing it in a bridge, under the other's voice: it ends
 * in the same write.
 */
export const connect = async (
  transport: AriTransport,
  bridge: BridgeId,
  legs: readonly ChannelId[],
  musicOf: ChannelId | undefined,
  call: string,
): Promise<void> => {
  const order = { order: call };
  const join = () => transport.request('bridges.addChannel', { bridgeId: bridge, channel: legs }, order);
  const hushed =
    musicOf === undefined
      ? undefined
      : unlessGone(transport.request('channels.stopMoh', { channelId: musicOf }, order));
  const joined = join().catch(async (error: unknown) => {
    if (!(error instanceof AriRefused && error.status === 404)) throw error;
    // The bridge was swept away, or never made: the legs are there and want one.
    await makeBridge(transport, bridge, call);
    await join();
  });
  await Promise.all([joined, hushed]);
};
