import type { CallState } from '../call/state.ts';
import { type CallId, type ChannelId, callOf, type Extension } from '../ids.ts';

/** `*8` and an extension: takes the call that rings there. Any desk phone may. */
export const pickUpDialled = (dialled: string): Extension | undefined =>
  /^\*8(\d{2,6})$/.exec(dialled)?.[1] as Extension | undefined;

/** Whether the call rings this phone. */
export const rings = (call: CallState, extension: Extension): boolean => {
  if (call.phase === 'offered') return call.offer.legs.some((leg) => leg.extension === extension);
  return (
    call.phase === 'ringing' && call.legs.some(({ target }) => 'extension' in target && target.extension === extension)
  );
};

/**
 * The calls that channels of this call once began, before it took them in: whoever picks up comes as a caller, and is
 * the one who answers afterwards.
 */
export const takenIn = (call: CallState): readonly CallId[] =>
  [call.caller, ...(call.phase === 'talking' ? [call.leg] : [])]
    .filter((channel) => isForeign(channel, call))
    .map(callOf);

const isForeign = (channel: ChannelId, { id }: CallState): boolean =>
  !channel.startsWith(`${id}.`) && callOf(channel) !== id;
