import type { Dice } from './dice.ts';

/** What one caller will do. */
export interface CallPlan {
  /** After the call before, ms. */
  readonly afterMs: number;
  readonly from: string;
  readonly to: string;
  /** Pressed one after another, each so long after the one before. */
  readonly keys: readonly { readonly afterMs: number; readonly digit: string }[];
  /** How long the caller stays after that, unless the agent hangs up first. */
  readonly patienceMs: number;
}

/** What one agent does with one call. */
export type AnswerPlan =
  | {
      readonly does: 'answer';
      readonly afterMs: number;
      readonly talkMs: number;
      /** A break afterwards, so long. */
      readonly pauseMs: number | undefined;
    }
  | { readonly does: 'decline'; readonly afterMs: number }
  | { readonly does: 'let-it-ring' };

/** Who may call whom. */
export interface World {
  readonly known: readonly string[];
  /** The numbers to dial, the busiest first. */
  readonly numbers: readonly string[];
}

const shareOfKnown = 0.4;

export const planCall = (dice: Dice, callsPerMinute: number, world: World): CallPlan => {
  const to = busiestFirst(dice, world.numbers);
  return {
    afterMs: Math.round(dice.exponential(60_000 / callsPerMinute)),
    from: world.known.length > 0 && dice.chance(shareOfKnown) ? dice.of(world.known) : stranger(dice),
    to,
    keys: planKeys(dice),
    patienceMs: dice.chance(0.15) ? dice.between(3000, 20_000) : dice.between(60_000, 240_000),
  };
};

export const planAnswer = (dice: Dice): AnswerPlan => {
  const chance = dice.next();
  if (chance < 0.06) return { does: 'let-it-ring' };
  if (chance < 0.1) return { does: 'decline', afterMs: dice.between(1000, 4000) };
  return {
    does: 'answer',
    afterMs: dice.between(1500, 7000),
    talkMs: dice.between(12_000, 75_000),
    pauseMs: dice.chance(0.12) ? dice.between(15_000, 60_000) : undefined,
  };
};

/** Each number is called half as often as the one before. */
const busiestFirst = (dice: Dice, numbers: readonly string[]): string => {
  const index = numbers.findIndex(() => dice.chance(0.5));
  return numbers[index] ?? numbers[0] ?? '';
};

/** Where there is no menu, keys do nothing. */
const planKeys = (dice: Dice): CallPlan['keys'] => {
  const chosen = { afterMs: dice.between(6000, 11_000), digit: dice.of(['1', '2', '2', '3']) };
  if (dice.chance(0.1)) return [];
  return dice.chance(0.1) ? [{ afterMs: 5000, digit: dice.of(['7', '8']) }, chosen] : [chosen];
};

/** A mobile number that is kept for fiction: ARCEP, décision n° 2018-0881. */
const stranger = (dice: Dice): string => `+3363998${String(dice.between(0, 9999)).padStart(4, '0')}`;
