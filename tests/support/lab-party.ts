import type { UserAgent } from '@cordboard/sip-lab';

/** A phone or a caller of the laboratory. */
export type LabParty = Pick<UserAgent, 'events' | 'stop'>;

/**
 * The program that plays a phone has crashed, which it does once in some hundred holds: baresip 1.1 closes a loudspeaker in the
 * moment of opening it, and the thread that plays has not begun yet (modules/aufile/aufile_play.c; mended in 2.0). That says
 * nothing of what is tested: such a test, and no other, is tried again, twice at most (vitest.config.ts).
 */
export class LabPartyDied extends Error {
  override readonly name = 'LabPartyDied';

  constructor() {
    super('A phone of the laboratory has died by itself.');
  }
}

export const hasDied = ({ events }: LabParty): boolean => events.all.some(({ type }) => type === 'died');
