// What is fast, against what: everything in one run on one Asterisk.   npm run bench [-- --quick | --pairs=5]
import { fileURLToPath } from 'node:url';
import { measureCost } from './cost.ts';
import { type Floor, openFloor, type Side } from './floor.ts';
import { measureBoard, measureCard } from './pages.ts';
import { machine, type Report, table, write } from './report.ts';
import { measureFreed, measureRinging } from './ringing.ts';
import { quantile, ratioOf, summary } from './statistics.ts';

const isQuick = process.argv.includes('--quick');
const asked = /^--pairs=(\d+)$/.exec(process.argv.find((arg) => arg.startsWith('--pairs=')) ?? '')?.[1];
const parameters = isQuick
  ? { warmUp: 30, pairs: 2, calls: 15, waiting: 20, freed: 10, facts: 50, cards: 20 }
  : { warmUp: 100, pairs: Number(asked ?? 5), calls: 40, waiting: 20, freed: 30, facts: 300, cards: 100 };

type Pair = readonly [ours: readonly number[], theirs: readonly number[]];

/** Ours and theirs in turn, and every second time theirs first. */
const inPairs = async (
  name: string,
  measure: (side: Side) => Promise<readonly number[]>,
  { ours, peer }: Floor,
): Promise<readonly Pair[]> => {
  const pairs: Pair[] = [];
  for (let index = 0; index < parameters.pairs; index += 1) {
    const first = index % 2 === 0 ? await measure(ours) : undefined;
    const theirs = await measure(peer);
    pairs.push([first ?? (await measure(ours)), theirs]);
    console.log(`  ${name}: pair ${index + 1} of ${parameters.pairs}`);
  }
  return pairs;
};

const comparison = (pairs: readonly Pair[]) => ({
  ours: summary(pairs.flatMap(([ours]) => ours)),
  theirs: summary(pairs.flatMap(([, theirs]) => theirs)),
  ratio: ratioOf(pairs),
});

const floor = await openFloor();
try {
  // Until a program has run for a while it is compiled while it runs; a contact centre's has.
  for (const side of [floor.ours, floor.peer]) await measureRinging(side, parameters.warmUp);
  const ringing = comparison(await inPairs('caller to agent', (side) => measureRinging(side, parameters.calls), floor));
  const { waiting } = parameters;
  const freed = comparison(
    await inPairs('freed to next', (side) => measureFreed(side, { waiting, times: parameters.freed }), floor),
  );
  const cost = await measureCost(floor, parameters.calls);
  const { received, painted } = await measureCard(floor, parameters.cards);
  const board = summary(await measureBoard(floor.house, parameters.facts));
  const first = received.filter((lead) => lead > 0).length / received.length;
  const report: Report = {
    takenAt: new Date().toISOString(),
    machine: machine(),
    versions: {
      Node: process.versions.node,
      Asterisk: (await floor.house.asterisk.console('core show version')).split(' ')[1] ?? 'unknown',
    },
    parameters,
    rows: [
      {
        what: 'a: caller’s INVITE to agent’s INVITE, agent idle',
        unit: 'ms',
        ...ringing,
        aim: 'at most 1.5 × the median',
        met: ringing.ratio.median <= 1.5,
      },
      {
        what: `b: agent freed to next caller ringing, ${waiting} waiting`,
        unit: 'ms',
        ...freed,
        aim: 'median ≤ 6, p99 ≤ 15',
        met: freed.ours.median <= 6 && freed.ours.p99 <= 15,
      },
      { what: 'c: fact written to wallboard painted', unit: 'ms', ours: board, aim: 'p99 < 100', met: board.p99 < 100 },
      {
        what: 'd: card at the agent’s page before the phone’s 180',
        unit: 'ms',
        ours: summary(received),
        aim: 'first in 99 %',
        met: first >= 0.99,
      },
      {
        what: 'd: share of calls in which the card came first',
        unit: '',
        ours: first,
        aim: 'at least 0.99',
        met: first >= 0.99,
      },
      {
        what: 'd: card painted after the phone’s 180',
        unit: 'ms',
        ours: summary(painted.map((lead) => -lead)),
        aim: 'p95 ≤ 300',
        met:
          quantile(
            painted.map((lead) => -lead),
            0.95,
          ) <= 300,
      },
      {
        what: 'processor time of a call (Asterisk, call control, Redis)',
        unit: 'ms',
        ours: cost.ourMs,
        theirs: cost.peerMs,
        aim: 'at most 1.5 ×',
        met: cost.ourMs <= 1.5 * cost.peerMs,
      },
      { what: 'ARI events of a call', unit: '', ours: cost.events, aim: 'at most 15', met: cost.events <= 15 },
      { what: 'ARI requests of a call', unit: '', ours: cost.requests, aim: 'at most 6', met: cost.requests <= 6 },
    ],
  };
  console.log(`\n${table(report)}\n`);
  if (!isQuick) await write(report, fileURLToPath(new URL('.', import.meta.url)));
} finally {
  await floor.close();
}
process.exit(0);
