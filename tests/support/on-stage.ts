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
 * though a test has failed in the middle of a talk.
 */
export const onStage = (options: HouseOptions, begin: (stage: Stage) => void | Promise<void>): void => {
  let stage: Stage;
  beforeAll(async () => {
    const house = await openHouse(options);
    stage = { house, cast: await gather(house) };
    await begin(stage);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await stage.cast.hangUp();
    await stage.cast.restored();
  });
  afterAll(() => stage.house.close());
};
