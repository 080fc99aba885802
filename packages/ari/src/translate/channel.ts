import type { ChannelRole, LiveChannel } from '@cordboard/application';
import type { ChannelId } from '@cordboard/core';
import type { Channel } from '../operation/answers.ts';
import { cleanName, cleanNumber } from './party.ts';

/** A channel in call control's words. */
export const liveChannel = (channel: Channel, role: ChannelRole | null): LiveChannel => ({
  id: channel.id as ChannelId,
  state: stateOf(channel.state),
  role,
  callerNumber: cleanNumber(channel.caller.number),
  callerName: cleanName(channel.caller.name),
});

/** Who a channel is, by the arguments with which it entered the application: `trunk,<dialled>`, `phone,<dialled>`, `leg,<call>`. */
export const roleOf = (channel: Pick<Channel, 'name'>, [is, said]: readonly string[]): ChannelRole | null => {
  if (is === 'leg') return { is: 'leg' };
  if (is !== 'trunk' && is !== 'phone') return null;
  const endpoint = endpointOf(channel.name);
  const source = is === 'trunk' ? trunkName(endpoint) : endpoint;
  return { is: 'caller', from: is, source, dnis: cleanNumber(said ?? '') };
};

/** A trunk's endpoint says in its name that it is one. */
export const trunkName = (endpoint: string): string => endpoint.replace(/^trunk-/, '');

/** The same, of a channel found in a snapshot, by what the dialplan is doing with it. */
export const roleByDialplan = (channel: Channel, apps: readonly string[]): ChannelRole | null => {
  const { app_name, app_data = '' } = channel.dialplan;
  const [name, ...args] = app_data.split(',');
  return app_name === 'Stasis' && name !== undefined && apps.includes(name) ? roleOf(channel, args) : null;
};

/** Legs that call control makes are named `<call>.a<count>`. */
export const isLeg = (id: string): boolean => /^c[^.]+\.a\d+$/.test(id);

/** `PJSIP/trunk-demo-0000001a` is the endpoint `trunk-demo`, whose name may hold hyphens, and a number of eight digits or more. */
const endpointOf = (name: string): string => /^[^/]+\/(.+)-[0-9a-f]{8,}$/.exec(name)?.[1] ?? name;

const stateOf = (state: string): LiveChannel['state'] => {
  switch (state) {
    case 'Up':
      return 'up';
    case 'Ring':
    case 'Ringing':
      return 'ringing';
    default:
      return 'down';
  }
};
