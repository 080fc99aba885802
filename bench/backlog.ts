import type { House } from './house.ts';

/** How far Asterisk has been behind in telling its applications what happens. */
export interface Backlog {
  /** Messages handed to our application so far. */
  readonly processed: number;
  /** The most that ever waited. */
  readonly most: number;
}

/**
 * `core show taskprocessors`: name, processed, in queue, max depth, low and high water; the processor of an application is
 * `stasis/m:ari:application/<app>-<n>`.
 */
export const backlogOf = async ({ asterisk }: Pick<House, 'asterisk'>): Promise<Backlog> => {
  const lines = (await asterisk.console('core show taskprocessors'))
    .split('\n')
    .filter((line) => line.includes('ari:application/'))
    .map((line) => line.trim().split(/\s+/).slice(1).map(Number));
  return {
    processed: lines.reduce((sum, [processed = 0]) => sum + processed, 0),
    most: Math.max(0, ...lines.map(([, , most = 0]) => most)),
  };
};
