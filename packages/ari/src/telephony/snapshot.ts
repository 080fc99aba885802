import type { LiveChannel, TelephonySnapshot } from '@cordboard/application';
import type { BridgeId, ChannelId, Extension, Instant } from '@cordboard/core';
import type { Channel, Endpoint } from '../operation/answers.ts';
import { phonesAskedEveryS } from '../provisioning/phone-objects.ts';
import { isLeg, liveChannel, roleByDialplan } from '../translate/channel.ts';
import { momentIn } from '../translate/moment.ts';
import { phoneOf } from '../translate/translate.ts';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { adopt } from './adopt.ts';
import { phonesInDialplan } from './in-dialplan.ts';

/** The channel variable that says which application made a leg. */
export const ownerVariable = 'CORDBOARD_APP';

/**
 * All that is there now, and of it what is ours: other applications may use the same Asterisk.
 * @param others applications whose channels are ours too: they are taken into our hands
 */
export const takeSnapshot = async (
  transport: AriTransport,
  now: Instant,
  others: readonly string[] = [],
): Promise<TelephonySnapshot> => {
  const [channels, bridges, endpoints, application, { status }] = await Promise.all([
    transport.request('channels.list', {}),
    transport.request('bridges.list', {}),
    transport.request('endpoints.list', {}),
    transport.request('applications.get', { applicationName: transport.app }),
    transport.request('asterisk.getInfo', { only: 'system,status' }),
  ]);
  await adopt(transport, channels, others);
  const apps = [transport.app, ...others];
  const startedAt = momentIn(status?.startup_time);
  const followed = new Set(application.channel_ids);
  const ours = await Promise.all(channels.map((channel) => asOurs(channel, apps, followed, transport)));
  return {
    channels: ours.filter((channel) => channel !== undefined),
    bridges: bridges.map(({ id, channels: inside }) => ({ id: id as BridgeId, channels: inside as ChannelId[] })),
    reachable: reachable(endpoints, channels, startedAt, now),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
};

const createdAt = ({ creationtime }: Channel): Pick<LiveChannel, 'createdAt'> => {
  const at = momentIn(creationtime);
  return at === undefined ? {} : { createdAt: at };
};

/**
 * Which phones are registered, as far as Asterisk knows. One that has just been started still has their registrations, and
 * asks each phone at a moment of its own: until then it says offline, and nothing is known. A phone that talks in a call of the
 * dialplan's own is not to be had either, for as long as that goes on.
 */
export const reachable = (
  endpoints: readonly (typeof Endpoint)['_output'][],
  channels: readonly Channel[],
  startedAt: Instant | undefined,
  now: Instant,
): ReadonlyMap<Extension, boolean> => {
  const taken = phonesInDialplan(channels);
  const hasAskedAll = startedAt === undefined || now - startedAt > askedWithinMs;
  return new Map(
    endpoints.flatMap((endpoint) => {
      const extension = phoneOf(endpoint);
      const isOnline = endpoint.state === 'online';
      return extension === undefined || !(isOnline || hasAskedAll)
        ? []
        : [[extension, isOnline && !taken.has(extension)] as const];
    }),
  );
};

/** Asterisk tells its start in whole seconds, begins to ask a while later, and waits 3 s for an answer (qualify_timeout). */
const askedWithinMs = phonesAskedEveryS * 1000 + 10_000;

/** In the application by the dialplan, or on its way there: a leg that rings, by who follows it or who made it. */
const asOurs = async (
  channel: Channel,
  apps: readonly string[],
  followed: ReadonlySet<string>,
  transport: AriTransport,
): Promise<LiveChannel | undefined> => {
  const role = roleByDialplan(channel, apps);
  if (role !== null) return { ...liveChannel(channel, role), ...createdAt(channel) };
  const leg =
    isLeg(channel.id) && (followed.has(channel.id) || apps.includes((await ownerOf(channel.id, transport)) ?? ''));
  return leg ? liveChannel(channel, { is: 'leg' }) : undefined;
};

const ownerOf = async (channelId: string, transport: AriTransport): Promise<string | undefined> => {
  try {
    return (await transport.request('channels.getChannelVar', { channelId, variable: ownerVariable })).value;
  } catch (error) {
    // No such variable, or no such channel any more.
    if (error instanceof AriRefused && error.status === 404) return undefined;
    throw error;
  }
};
