import { until } from '../../support/until.ts';
import { limits } from './finding.ts';
import { pause, type Run, within } from './run.ts';
import { extensions } from './world.ts';

/** What Asterisk itself has, less the call that the product has no part in. */
const leftOver = async ({ world: { house } }: Run): Promise<readonly string[]> => {
  const [channels, bridges] = await Promise.all([house.truth.channels(), house.truth.bridges()]);
  return [
    ...channels.filter(({ name }) => !name.startsWith(`PJSIP/${extensions.control}-`)).map(({ name }) => name),
    ...(bridges === 0 ? [] : [`${bridges} bridges`]),
  ];
};

/** Resolves when nothing is left in Asterisk, or when that has taken too long. */
export const lookForLeftovers = async (run: Run): Promise<void> => {
  const since = Date.now();
  try {
    const isEmpty = async (): Promise<boolean> => (await leftOver(run)).length === 0;
    await until('nothing left', isEmpty, { withinMs: limits.orphansMs * run.patience, everyMs: 100 });
    within(run, 'orphans', Date.now() - since, limits.orphansMs, 'Asterisk was emptied late');
  } catch {
    run.findings.broken('orphans', `there still is ${(await leftOver(run)).join(', ')}`);
    await pause(0);
  }
};
