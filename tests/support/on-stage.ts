import { afterAll, afterEach, beforeAll } from 'vitest';
import { type House, type HouseOptions, openHouse } from './house.ts';
import { gather, type TransferCast } from './transfer-cast.ts';

/** A house, and those who talk in it. */
export interface Stage {
  readonly house: House;
  readonly cast: TransferCast;
}

/**
 * For a whole file: the house is opened and its cast gathered before the first test; after each everybody is free again,
 * though a test has failed in the middle of a talk. Where one of the cast has died, another cast takes over.
 */
export const onStage = (options: HouseOptions, begin: (stage: Stage) => void | Promise<void>): void => {
  let stage: Stage;
  const enter = async (house: House): Promise<void> => {
    stage = { house, cast: await gather(house) };
    await begin(stage);
  };
  beforeAll(async () => enter(await openHouse(options)));
  afterEach(async ({ task }) => {
    const { house } = stage;
    if (house.hasLostParty) {
      const died = await house.clear().catch((error: unknown) => error);
      await enter(house);
      throw died;
    }
    if (task.result?.state === 'fail') await stage.cast.hangUp();
    await stage.cast.restored();
  });
  afterAll(() => stage.house.close());
};
