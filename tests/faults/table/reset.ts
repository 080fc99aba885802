import { Refused } from '../../support/api.ts';
import { agentAt, password } from '../../support/house-people.ts';
import { until } from '../../support/until.ts';
import { messageOf, type Run } from './run.ts';
import { everybodyGoes } from './run-once.ts';
import { extensions, untilListening } from './world.ts';

/** After something was found: everybody goes, and call control begins anew if that does not help. @returns whether all is in order */
export const reset = async (run: Run): Promise<boolean> => {
  const { house } = run.world;
  const isEmpty = async (): Promise<boolean> =>
    (await house.truth.channels()).every(({ name }) => name.startsWith(`PJSIP/${extensions.control}-`));
  for (const again of [false, true]) {
    try {
      if (again) {
        await house.apps.stasis.kill();
        house.apps.stasis.start();
        await untilListening(run.world, 20_000);
      }
      await everybodyGoes(run);
      await until('an empty Asterisk', isEmpty, { withinMs: 5000, everyMs: 100 });
      await everybodyWorks(run);
      return true;
    } catch (error) {
      console.error(`  (the house is not in order: ${messageOf(error)})`);
    }
  }
  return false;
};

const everybodyWorks = async ({ world: { house } }: Run): Promise<void> => {
  await house.admin.signIn('admin', password);
  for (const agent of Object.values(agentAt)) {
    try {
      await house.signIn(agent);
    } catch (error) {
      // They never left.
      if (!(error instanceof Refused)) throw error;
    }
  }
};
