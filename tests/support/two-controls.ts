import { join } from 'node:path';
import { askAri } from '../integration/embedded-lab.ts';
import { type CountedAri, startCountedAri } from './counted-ari.ts';
import { type House, openHouse } from './house.ts';
import { type App, houseApp } from './house-apps.ts';
import { housePolicy } from './house-policy.ts';
import { until } from './until.ts';

/** One of two processes that may be in control. */
export interface ControlProcess extends App {
  readonly name: string;
  /** Its own way to Asterisk. */
  readonly ari: CountedAri;
}

/** A house with two call controls: one is in control, the other stands by. */
export interface TwoControls {
  readonly house: House;
  /** Whoever is in control now, as the test has it. */
  holder: ControlProcess;
  standby: ControlProcess;
  /** Starts whichever does not run; resolves when somebody stands by. */
  bothRun(): Promise<void>;
  /** They change places. @returns how long nobody was in control, in ms, from that moment to the calls being compared with Asterisk */
  takenOver(since: number): Promise<number>;
  close(): Promise<void>;
}

export const openTwoControls = async (): Promise<TwoControls> => {
  const ways: CountedAri[] = [];
  const way = async (url: string): Promise<CountedAri> => {
    const made = await startCountedAri(url);
    ways.push(made);
    return made;
  };
  let asteriskUrl = '';
  const house = await openHouse({
    // A phone rings for longer than any of this takes.
    policy: housePolicy({ ringForMs: 30_000 }),
    environment: async ({ environment }) => {
      asteriskUrl = environment.ARI_URL;
      return { ARI_URL: (await way(asteriskUrl)).url };
    },
  });
  const [ofFirst] = ways as [CountedAri];
  const ofSecond = await way(asteriskUrl);
  const second = houseApp(
    'stasis',
    { ...house.environment, ARI_URL: ofSecond.url },
    join(house.lab.folder, 'log'),
    'stasis-2',
  );
  const app = `${house.environment.CORDBOARD_APP}-standby`;
  const bothRun = async (): Promise<void> => {
    for (const app of [pair.holder, pair.standby]) if (!app.isRunning()) app.start();
    await until(
      'somebody stands by',
      async () => (await askAri(house.asterisk, 'GET', `applications/${app}`)).status === 200,
      { withinMs: 15_000 },
    );
  };
  const pair: TwoControls = {
    house,
    holder: { ...house.apps.stasis, name: 'the first', ari: ofFirst },
    standby: { ...second, name: 'the second', ari: ofSecond },
    bothRun,
    async takenOver(since) {
      const at = await until(
        `${pair.standby.name} in control`,
        () => house.allFacts().findLast((fact) => fact.type === 'ExchangeRecovered' && fact.at > since)?.at,
        { withinMs: 10_000, everyMs: 5 },
      );
      [pair.holder, pair.standby] = [pair.standby, pair.holder];
      return at - since;
    },
    async close() {
      await second.kill();
      await house.close();
      await Promise.all(ways.map((each) => each.close()));
    },
  };
  await bothRun();
  return pair;
};
