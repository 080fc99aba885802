import type { PartName } from './options.ts';
import type { Part } from './part.ts';
import { answered } from './parts/answer.ts';
import { board } from './parts/board.ts';
import { card } from './parts/card.ts';
import { cost } from './parts/cost.ts';
import { freed } from './parts/freed.ts';
import { knee } from './parts/knee.ts';
import { match } from './parts/match.ts';
import { memory } from './parts/memory.ts';
import { overload } from './parts/overload.ts';
import { reoffer } from './parts/reoffer.ts';
import { ringing } from './parts/ringing.ts';
import { floorSizes } from './parts/sizes.ts';
import { soak } from './parts/soak.ts';
import { trips } from './parts/trips.ts';
import { pickedUp } from './parts/voice.ts';

/** What measures which. */
export const parts: Readonly<Record<PartName, Part>> = {
  match,
  ringing,
  freed,
  reoffer,
  voice: pickedUp,
  answer: answered,
  sizes: floorSizes,
  cost,
  trips,
  knee,
  overload,
  board,
  card,
  memory,
  soak,
};
