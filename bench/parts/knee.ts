import { setTimeout as pause } from 'node:timers/promises';
import { backlogOf, forgetBacklog } from '../backlog.ts';
import type { Side } from '../floor.ts';
import { LagWatch } from '../lag-watch.ts';
import type { Measured, Part } from '../part.ts';
import type { Kept } from '../report.ts';
import { quantile } from '../statistics.ts';
import { type Costly, liveOf, loadAndCount } from './cost.ts';

const talkMs = 500;
const agents = 200;
/** A setup that takes longer is felt. */
const setupWithinMs = 50;
/** However far it goes, it ends then. */
const longestMs = 300_000;
const restMs = 1000;

/** Calls a second that one side has borne so far. */
interface Borne {
  /** None has failed, nor been turned away. */
  all: number;
  /** None has failed, and p99 of the setup is within {@link setupWithinMs}. */
  soon: number;
  isOver: boolean;
}

const kneeRow = 'most calls a second, none failed';

/** The knee that was found last, calls a second; undefined when none has been. */
export const kneeIn = ({ rows }: Kept): number | undefined => {
  const found = rows.find(({ part, what }) => part === 'knee' && what === kneeRow)?.ours;
  return typeof found === 'number' && found > 0 ? found : undefined;
};

/** The load is raised, on either side in turn, until calls fail. */
export const knee: Part = {
  name: 'knee',
  seconds: ({ steps: { rates, seconds } }) => Math.min(longestMs / 1000, 20 + rates.length * 2 * (seconds + 3)),
  async measure({ floor, sizes: { steps }, say }) {
    const { house, crew } = await floor();
    const both = await crew(agents);
    const borne: Record<Side['is'], Borne> = { ours: fresh(), peer: fresh() };
    await forgetBacklog(house);
    let lagMs = 0;
    let ownShare = 0;
    const step = async (side: Side, rate: number): Promise<void> => {
      const so = borne[side.is];
      if (so.isOver) return;
      const lag = side.is === 'ours' ? new LagWatch(house) : undefined;
      const result = await loadAndCount(house, side, { rate, seconds: steps.seconds, talkMs });
      const held = (await lag?.stop()) ?? 0;
      const p99 = quantile(result.setups, 0.99);
      if (result.failed + result.refused.length > 0) so.isOver = true;
      else {
        so.all = rate;
        if (p99 <= setupWithinMs && (so.soon === 0 || so.soon === lastBefore(steps.rates, rate))) so.soon = rate;
        lagMs = Math.max(lagMs, held);
        ownShare = Math.max(ownShare, result.ownShare);
      }
      say(told(side.is, rate, result, p99, held));
      await pause(restMs);
    };
    const giveUpAt = performance.now() + longestMs;
    for (const [index, rate] of steps.rates.entries()) {
      if (performance.now() > giveUpAt || (borne.ours.isOver && borne.peer.isOver)) break;
      const inTurn = index % 2 === 0 ? [both.ours, both.peer] : [both.peer, both.ours];
      for (const side of inTurn) await step(side, rate);
    }
    const { calls, phones } = await backlogOf(house);
    const { ours, peer } = borne;
    return [
      { ...rate(kneeRow, ours.all, peer.all), aim: 'at least 0.8 ×', met: ours.all >= 0.8 * peer.all },
      rate(`most calls a second, none failed, p99 of (a) ≤ ${setupWithinMs} ms`, ours.soon, peer.soon),
      { what: 'up to there, call control’s event loop held up, longest', unit: 'ms', ours: lagMs },
      {
        what: 'meanwhile, events of calls that waited in Asterisk for us, most',
        unit: '',
        ours: calls,
        aim: 'below 100',
        met: calls < 100,
      },
      { what: 'meanwhile, events of phones that did', unit: '', ours: phones },
      { what: 'up to there, the bench’s own share of a core', unit: '', ours: ownShare },
    ];
  },
};

const fresh = (): Borne => ({ all: 0, soon: 0, isOver: false });

const lastBefore = (rates: readonly number[], rate: number): number => rates[rates.indexOf(rate) - 1] ?? 0;

const rate = (what: string, ours: number, theirs: number): Measured => ({ what, unit: 'a second', ours, theirs });

const told = (side: Side['is'], rate: number, result: Costly, p99: number, lagMs: number): string =>
  `${side}, ${rate} a second: ${result.failed} of ${result.calls} failed, ${result.refused.length} refused, setup p50 ${quantile(result.setups, 0.5).toFixed(1)} ` +
  `p99 ${p99.toFixed(1)} ms, ${(liveOf(side, result.processor) / result.calls).toFixed(1)} ms of processor a call, ` +
  `bench ${(100 * result.ownShare).toFixed(0)} % of a core${side === 'ours' ? `, loop held ${lagMs.toFixed(0)} ms` : ''}`;
