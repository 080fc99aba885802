import type { Customer, Instant } from '@cordboard/core';
import type { CustomerDirectory } from './ports/stores.ts';

/** A customer directory may be slow; the card then comes late and says so. After this long it does not come at all. */
const longestLookUpMs = 15_000;

/** The directory did not answer in time. */
export class LookUpTimedOut extends Error {
  override readonly name = 'LookUpTimedOut';
}

/** What the directory knows of a caller. */
export interface Identified {
  readonly customer: Customer | null;
  /** When this number called before, newest first. */
  readonly lastCalls: readonly Instant[];
}

/** Both at once. @throws LookUpTimedOut, or whatever the directory throws. */
export const identify = async (directory: CustomerDirectory, number: string): Promise<Identified> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LookUpTimedOut(`no answer in ${longestLookUpMs} ms`)), longestLookUpMs);
  });
  try {
    const [customer, lastCalls] = await Promise.race([
      Promise.all([directory.byNumber(number), directory.lastCalls(number)]),
      tooLong,
    ]);
    return { customer: customer ?? null, lastCalls };
  } finally {
    clearTimeout(timer);
  }
};
