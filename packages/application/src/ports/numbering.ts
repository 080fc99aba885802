import type { ReadNumber } from '@cordboard/core';

/** Knows the numbering plans of the world. */
export interface Numbering {
  /**
   * Reads what was dialled in a country, as `FR`.
   * @returns undefined when no telephone can have that number.
   */
  read(dialled: string, country: string): ReadNumber | undefined;
}
