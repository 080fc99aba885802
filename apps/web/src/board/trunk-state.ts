import type { TrunkState } from '@cordboard/core';
import type { Words } from '../i18n/language.ts';

/** How a line stands, in a word or two: `Online`, `Rejected (403)`. */
export const trunkStateText = ({ trunkPanel: say }: Words, state: TrunkState | null): string => {
  if (state === null) return say.states.unknown;
  const status = /^rejected (\d{3})$/.exec(state.lastError ?? '')?.[1];
  return state.is === 'rejected' && status !== undefined ? say.rejected(status) : say.states[state.is];
};

/** Whether calls can go over it, as far as is known. */
export const isDown = (state: TrunkState | null): boolean =>
  state !== null && (state.is === 'unreachable' || state.is === 'rejected' || state.is === 'unregistered');
