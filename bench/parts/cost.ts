import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from '../floor.ts';
import type { House } from '../house.ts';
import { type Loaded, type LoadOptions, load } from '../load.ts';
import { ofBothSides, type Pair } from '../pairs.ts';
import type { Part } from '../part.ts';
import { type Processor, processorBetween, processorOf } from '../processor.ts';
import { quantile } from '../statistics.ts';

/** What a load has taken. */
export interface Costly extends Loaded {
  readonly processor: Processor;
  /** The share of a core that the bench itself has taken, callers and agents together. */
  readonly ownShare: number;
}

export const loadAndCount = async (house: House, side: Side, options: LoadOptions): Promise<Costly> => {
  const [before, own, began] = [await processorOf(house), process.cpuUsage(), performance.now()];
  const loaded = await load(side, options);
  const { user, system } = process.cpuUsage(own);
  const processor = processorBetween(before, await processorOf(house));
  return { ...loaded, processor, ownShare: (user + system) / 1000 / (performance.now() - began) };
};

/** Whatever is needed while a call is under way. */
export const liveOf = (side: Side['is'], { asterisk, stasis, redis }: Processor): number =>
  side === 'ours' ? asterisk + stasis + redis : asterisk;

export const steadyTalkMs = 1000;

/** Processor time of a call in which two people talk, at a steady load. */
export const cost: Part = {
  name: 'cost',
  seconds: ({ pairs, steady }) => 25 + pairs * 2 * (steady.seconds + 2),
  async measure({ floor, sizes: { pairs, steady } }) {
    const { house, crew } = await floor();
    const both = await crew(200);
    const idle = await atRest(house);
    const measured = await ofBothSides(pairs, both, (side) =>
      loadAndCount(house, side, { ...steady, talkMs: steadyTalkMs }),
    );
    const perCall = (of: (processor: Processor) => number, which: 0 | 1): number =>
      middle(measured.map((pair) => of(pair[which].processor) / pair[which].calls));
    const ratios = measured.map(
      ([ours, theirs]) =>
        liveOf('ours', ours.processor) / ours.calls / (liveOf('peer', theirs.processor) / theirs.calls),
    );
    const ratio = { median: middle(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
    const apart = ({ api, worker, postgres }: Processor): number => api + worker + postgres;
    return [
      {
        what: `processor time of a call at ${steady.rate} a second (Asterisk, call control, Redis)`,
        unit: 'ms',
        ours: perCall((each) => liveOf('ours', each), 0),
        theirs: perCall((each) => liveOf('peer', each), 1),
        ratio,
        aim: 'at most 1.5 ×',
        met: ratio.median <= 1.5,
      },
      { what: 'of that, Asterisk', unit: 'ms', ours: perCall(asterisk, 0), theirs: perCall(asterisk, 1) },
      { what: 'of that, call control', unit: 'ms', ours: perCall(({ stasis }) => stasis, 0) },
      { what: 'of that, Redis', unit: 'ms', ours: perCall(({ redis }) => redis, 0) },
      { what: 'beside it: pages, records (API, worker, PostgreSQL)', unit: 'ms', ours: perCall(apart, 0) },
      { what: 'while nobody calls, each second (all processes)', unit: 'ms', ours: idle },
      ...failures(measured),
    ];
  },
};

const restMs = 5000;

/** What all processes take each second while nobody calls, ms. */
const atRest = async (house: House): Promise<number> => {
  const before = await processorOf(house);
  await pause(restMs);
  const taken = Object.values(processorBetween(before, await processorOf(house)));
  return (taken.reduce((sum, ms) => sum + ms, 0) * 1000) / restMs;
};

const asterisk = (processor: Processor): number => processor.asterisk;

const middle = (values: readonly number[]): number => quantile(values, 0.5);

/** A call that failed cost something, and is no call. */
const failures = (measured: readonly Pair<Costly>[]) => {
  const of = (which: 0 | 1): number =>
    measured.reduce((sum, pair) => sum + pair[which].failed + pair[which].refused.length, 0);
  return [
    {
      what: 'calls that failed meanwhile',
      unit: '' as const,
      ours: of(0),
      theirs: of(1),
      aim: 'none',
      met: of(0) === 0,
    },
  ];
};
