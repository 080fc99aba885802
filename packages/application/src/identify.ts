import type { CustomerDirectory, Identified } from './ports/stores.ts';

/** A customer directory may be slow; the card then comes late and says so. After this long it does not come at all. */
const longestLookUpMs = 15_000;

/** The directory did not answer in time. */
export class LookUpTimedOut extends Error {
  override readonly name = 'LookUpTimedOut';
}

/** Asks, and waits no longer than that. @throws LookUpTimedOut, or whatever the directory throws. */
export const identify = async (directory: CustomerDirectory, number: string): Promise<Identified> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LookUpTimedOut(`no answer in ${longestLookUpMs} ms`)), longestLookUpMs);
  });
  try {
    return await Promise.race([directory.identify(number), tooLong]);
  } finally {
    clearTimeout(timer);
  }
};
