import type { House } from './house.ts';

/** How many events have waited in Asterisk for us at most, since that was last forgotten. */
export interface Backlog {
  /** Of calls. */
  readonly calls: number;
  /** Of phones that come and go: another application, so that it holds up no call. */
  readonly phones: number;
}

/**
 * `core show taskprocessors`: name, processed, in queue, max depth, low and high water; the processor of an application is
 * `stasis/m:ari:application/<app>-<n>`.
 */
export const backlogOf = async ({ asterisk }: Pick<House, 'asterisk'>): Promise<Backlog> => {
  const lines = (await asterisk.console('core show taskprocessors'))
    .split('\n')
    .filter((line) => line.includes('ari:application/'))
    .map((line) => line.trim().split(/\s+/));
  const most = (isOfPhones: boolean): number =>
    Math.max(
      0,
      ...lines
        .filter(([name = '']) => name.includes('-watch-') === isOfPhones)
        .map(([, , , maxDepth]) => Number(maxDepth)),
    );
  return { calls: most(false), phones: most(true) };
};

export const forgetBacklog = async ({ asterisk }: Pick<House, 'asterisk'>): Promise<void> => {
  await asterisk.console('core reset taskprocessors');
};
