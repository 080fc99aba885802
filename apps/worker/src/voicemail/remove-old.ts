import { instant, later } from '@cordboard/core';
import type { Voicemails } from '@cordboard/database';

const dayMs = 86_400_000;

/**
 * Deletes messages that have been kept for as long as they may be: the change is told, and their sounds are erased.
 * @param days 0 for ever
 * @returns how many
 */
export const removeOld = async (
  voicemails: Pick<Voicemails, 'removeLeftBefore'>,
  days: number,
  now: number,
): Promise<number> => (days === 0 ? 0 : voicemails.removeLeftBefore(later(instant(now), -days * dayMs)));
