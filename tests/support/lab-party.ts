import type { UserAgent } from '@cordboard/sip-lab';

/** A phone or a caller of the laboratory. */
export type LabParty = Pick<UserAgent, 'events' | 'stop'>;

/**
 * The program that plays a phone has crashed, which it does once in some thousand calls (baresip 1.1, where a loudspeaker is
 * closed in the moment of being opened). That says nothing of what is tested: such a test, and no other, is tried once more
 * (vitest.config.ts).
 */
export class LabPartyDied extends Error {
  override readonly name = 'LabPartyDied';

  constructor() {
    super('A phone of the laboratory has died by itself.');
  }
}

export const hasDied = ({ events }: LabParty): boolean => events.all.some(({ type }) => type === 'died');
