import type { Channel } from '../operation/answers.ts';
import { roleByDialplan } from '../translate/channel.ts';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { unlessGone } from './refusal.ts';

/**
 * Takes the channels that another application holds into this one's hands, bridged or not; whoever speaks goes on speaking.
 * They enter as they entered there, with the same arguments. A leg that rings is in nobody's hands before it is answered.
 *
 * @param channels all that are there @param from the applications
 */
export const adopt = async (
  transport: AriTransport,
  channels: readonly Channel[],
  from: readonly string[],
): Promise<void> => {
  const entered = channels.flatMap((channel) => {
    const app = from.find((name) => roleByDialplan(channel, [name]) !== null);
    return app === undefined ? [] : [{ channel, app }];
  });
  if (entered.length === 0) return;
  const held = new Map(await Promise.all(from.map(async (app) => [app, await heldBy(transport, app)] as const)));
  await Promise.all(
    entered
      // What the dialplan says of a channel stays the same when it has been moved.
      .filter(({ channel, app }) => held.get(app)?.has(channel.id))
      .map(({ channel: { id, dialplan } }) => {
        const [, ...args] = (dialplan.app_data ?? '').split(',');
        return unlessGone(
          transport.request('channels.move', { channelId: id, app: transport.app, appArgs: args.join(',') }),
        );
      }),
  );
};

const heldBy = async (transport: AriTransport, applicationName: string): Promise<ReadonlySet<string>> => {
  try {
    return new Set((await transport.request('applications.get', { applicationName })).channel_ids);
  } catch (error) {
    // There is no such application.
    if (error instanceof AriRefused && error.status === 404) return new Set();
    throw error;
  }
};
