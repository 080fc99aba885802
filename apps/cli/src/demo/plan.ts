import type { Dice } from './dice.ts';

/** What one caller will do. */
export interface CallPlan {
  /** After the beginning of the demo, ms. */
  readonly atMs: number;
  readonly from: string;
  /** The number dialled. */
  readonly to: string;
  /** Pressed one after another, each so long after the answer or the one before. */
  readonly keys: readonly { readonly afterMs: number; readonly digit: string }[];
  /** How long the caller stays after that, unless the agent hangs up first. */
  readonly patienceMs: number;
}

/** What one agent does with one call. */
export type AnswerPlan =
  | {
      readonly does: 'answer';
      readonly afterMs: number;
      /** Then the agent hangs up, unless the caller has. */
      readonly talkMs: number;
      /** A break afterwards, so long. */
      readonly pauseMs: number | undefined;
    }
  | { readonly does: 'decline'; readonly afterMs: number }
  | { readonly does: 'let-it-ring' }
  /** Gone for so long without a word, whoever calls meanwhile. */
  | { readonly does: 'step-away'; readonly forMs: number };

/** Who may call whom. */
export interface World {
  /** The numbers of customers, as they show them when they call. */
  readonly known: readonly string[];
  /** The numbers to dial, the busiest first. */
  readonly numbers: readonly string[];
}

const shareOfKnown = 0.4;

/** One call after another, without end. Nobody calls again before they must have hung up. */
export function* planCalls(dice: Dice, callsPerMinute: number, { known, numbers }: World): Generator<CallPlan, never> {
  const busyUntil = new Map<string, number>();
  for (let atMs = firstAfterMs; ; atMs += dice.exponential(60_000 / callsPerMinute)) {
    const free = known.filter((number) => (busyUntil.get(number) ?? 0) <= atMs);
    const wantsKnown = dice.chance(shareOfKnown);
    const from = wantsKnown && free.length > 0 ? dice.of(free) : stranger(dice, atMs, busyUntil);
    const call = { atMs: Math.round(atMs), from, to: busiestFirst(dice, numbers), ...planStay(dice) };
    busyUntil.set(from, atMs + longestMs(call));
    yield call;
  }
}

/** Of whom callers are made: most wait some minutes, some hang up soon. */
const planStay = (dice: Dice): Pick<CallPlan, 'keys' | 'patienceMs'> => ({
  keys: planKeys(dice),
  patienceMs: dice.chance(0.15) ? dice.between(3000, 20_000) : dice.between(60_000, 240_000),
});

/** Where there is no menu, keys do nothing. */
const planKeys = (dice: Dice): CallPlan['keys'] => {
  const chosen = { afterMs: dice.between(6000, 11_000), digit: dice.of(['1', '2', '2', '3']) };
  const chance = dice.next();
  if (chance < 0.1) return [];
  if (chance < 0.2) return [{ afterMs: 5000, digit: dice.of(['7', '8']) }, chosen];
  if (chance < 0.28) return [{ afterMs: 7000, digit: '9' }, chosen];
  return [chosen];
};

/** An agent picks up nearly always; declines, forgets the phone or leaves it alone now and then. */
export const planAnswer = (dice: Dice): AnswerPlan => {
  const chance = dice.next();
  if (chance < 0.04) return { does: 'let-it-ring' };
  if (chance < 0.07) return { does: 'decline', afterMs: dice.between(1000, 4000) };
  if (chance < 0.09) return { does: 'step-away', forMs: dice.between(45_000, 90_000) };
  return {
    does: 'answer',
    afterMs: dice.between(2000, 8000),
    talkMs: Math.round(Math.min(8000 + dice.exponential(20_000), 90_000)),
    pauseMs: dice.chance(0.1) ? dice.between(15_000, 60_000) : undefined,
  };
};

const firstAfterMs = 1000;
/** Beyond the keys and the patience: to be answered and to hang up. */
const spareMs = 10_000;

const longestMs = ({ keys, patienceMs }: Pick<CallPlan, 'keys' | 'patienceMs'>): number =>
  keys.reduce((ms, { afterMs }) => ms + afterMs, patienceMs + spareMs);

/** Each number is called twice as often as the next. */
const busiestFirst = (dice: Dice, numbers: readonly string[]): string => {
  const index = numbers.findIndex(() => dice.chance(0.5));
  return numbers[index] ?? dice.of(numbers);
};

/** A mobile number that is kept for fiction (ARCEP, décision n° 2018-0881), and of nobody who calls now. */
const stranger = (dice: Dice, atMs: number, busyUntil: Map<string, number>): string => {
  for (const [number, until] of busyUntil) if (until <= atMs) busyUntil.delete(number);
  for (;;) {
    const number = `+3363998${String(dice.between(0, 9999)).padStart(4, '0')}`;
    if (!busyUntil.has(number)) return number;
  }
};
