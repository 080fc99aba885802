import { setTimeout as delay } from 'node:timers/promises';
import { waitForApi } from '../../../apps/cli/src/wait-for-api.ts';
import type { AppName } from '../../support/house-apps.ts';
import type { World } from './world.ts';

/** Something that is done to the house. */
export interface Fault {
  readonly name: string;
  /** What it is done to: two at once are never done to one thing. */
  readonly targets: readonly Target[];
  /** Whether call control is gone meanwhile; where it is not, all goes on as if nothing were. */
  readonly takesControl: boolean;
  /** Whether Asterisk ends, and with it its calls. */
  readonly takesCalls: boolean;
  /** Whether it can be done here. */
  isPossible(world: World): boolean;
  /** Does it, and undoes it: resolves when whatever was taken away is there again. */
  inflict(world: World, forHow: Lengths): Promise<void>;
}

export type Target = AppName | 'redis' | 'postgres' | 'ari' | 'asterisk' | 'disk';

/** How long things are away, ms. */
export interface Lengths {
  readonly stoppedMs: number;
  readonly postgresMs: number;
  readonly awayMs: number;
}

/** For runs that are to be many, and as one would have it in earnest. */
export const shortly: Lengths = { stoppedMs: 3000, postgresMs: 4000, awayMs: 3000 };
export const inEarnest: Lengths = { stoppedMs: 20_000, postgresMs: 60_000, awayMs: 20_000 };

/** As `npm start` begins a process again that has ended. */
const restartAfterMs = 100;

const betweenMs = 2000;

/** @param name of the fault, and all else about it that is not as usual */
export const aFault = (
  fault: Pick<Fault, 'name' | 'targets' | 'inflict'> & Partial<Omit<Fault, 'name' | 'targets' | 'inflict'>>,
): Fault => ({ takesControl: false, takesCalls: false, isPossible: () => true, ...fault });

const killedApp = (app: AppName): Fault =>
  aFault({
    name: `${app} is killed`,
    targets: [app],
    takesControl: app === 'stasis',
    async inflict({ house }) {
      await house.apps[app].kill();
      await delay(restartAfterMs);
      house.apps[app].start();
    },
  });

const frozenApp = (app: AppName): Fault =>
  aFault({
    name: `${app} is stopped`,
    targets: [app],
    takesControl: app === 'stasis',
    async inflict({ house }, { stoppedMs }) {
      house.apps[app].signal('SIGSTOP');
      await delay(stoppedMs);
      house.apps[app].signal('SIGCONT');
    },
  });

/** What is done to the three processes of the application. */
export const appFaults: readonly Fault[] = [
  ...(['stasis', 'api', 'worker'] as const).flatMap((app) => [killedApp(app), frozenApp(app)]),
  aFault({
    name: 'all are restarted, one by one',
    targets: ['stasis', 'api', 'worker'],
    takesControl: true,
    async inflict({ house: { apps, lab, url } }) {
      for (const app of [apps.worker, apps.api, apps.stasis]) {
        await app.stop();
        app.start();
        // As whoever renews an installation waits for the one to be there before the next is taken.
        if (app !== apps.stasis) await delay(betweenMs);
        if (app === apps.api) await waitForApi(url, lab.folder);
      }
    },
  }),
  aFault({
    name: "stasis' clock is stepped",
    targets: ['stasis'],
    async inflict({ house }, { stoppedMs }) {
      house.apps.stasis.signal('SIGUSR2');
      await delay(stoppedMs);
      house.apps.stasis.signal('SIGUSR2');
    },
  }),
];
