import type { CallState } from '../call/state.ts';
import type { Extension } from '../ids.ts';

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
