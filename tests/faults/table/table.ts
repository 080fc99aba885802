import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Dice } from '../../../apps/cli/src/demo/dice.ts';
import type { Fault } from './fault.ts';
import { type Findings, openFindings } from './finding.ts';
import type { Options } from './options.ts';
import { reset } from './reset.ts';
import { messageOf, type Run } from './run.ts';
import { everybodyGoes, lookAtRoll, runOnce } from './run-once.ts';
import { type Seats, seat } from './scene.ts';
import { Goodbyes } from './wire.ts';
import { openWorld, type World } from './world.ts';

/** What came of one run. */
export interface Outcome {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly findings: Findings;
  readonly tookMs: number;
}

/** How long the four phones may take to ring, before the rest is done without them. */
const rollMs = 5000;

/**
 * Makes the runs one after the other in one house. The first calls of each run are the roll call of the one before: four
 * call, and each of four free agents must be offered one.
 */
export const makeTable = async (
  { seed, runs, among, inPairs, patience, lengths, logs }: Omit<Options, 'keep' | 'isInEarnest'>,
  tell: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> => {
  let world = await openWorld(new Dice(seed));
  const outcomes: Outcome[] = [];
  const goodbyes = new Goodbyes();
  const possible = among.filter((fault) => fault.isPossible(world));
  const count = possible.length === 0 ? 0 : (runs ?? possible.length);
  try {
    let last: { readonly run: Run; readonly seed: number; readonly began: number } | undefined;
    for (let index = 0; index <= count; index += 1) {
      const began = Date.now();
      const runSeed = seed + index;
      const dice = new Dice(runSeed);
      const faults =
        runs === undefined && !inPairs ? possible.slice(index, index + 1) : choose(possible, inPairs, dice);
      const run: Run = { world, dice, faults, lengths, patience, goodbyes, findings: openFindings(), since: began };
      const seats = await roll(run, last?.run ?? run);
      if (last !== undefined) {
        const { findings, faults: done } = hasCrashed(last.run.world) ? notCounted(last.run) : last.run;
        const outcome: Outcome = {
          seed: last.seed,
          faults: done.map(({ name }) => name),
          findings,
          tookMs: began - last.began,
        };
        outcomes.push(outcome);
        tell(outcome);
        if (logs !== undefined && findings.all.length > 0 && last.run.world === world)
          await keepLogs(world, join(logs, `seed-${last.seed}`));
      }
      if (index === count) break;
      if (seats === undefined) {
        // Nothing can be learnt from a house that is not as it should be: the next run has a new one.
        run.findings.broken('agents', 'the house could not be brought back into order');
        world = await anew(world, runSeed);
      } else {
        await world.control.begin();
        await runOnce(run, seats).catch((error: unknown) =>
          run.findings.broken(
            'kept',
            `the run broke off: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
          ),
        );
        if (run.findings.all.length > 0 && (hasCrashed(world) || !(await reset(run)))) {
          if (logs !== undefined) await keepLogs(world, join(logs, `seed-${runSeed}`));
          world = await anew(world, runSeed);
        }
      }
      last = { run, seed: runSeed, began };
    }
    await everybodyGoes({ world, goodbyes });
  } finally {
    await world.close();
  }
  return outcomes;
};

/** Whether a phone of the laboratory has ended by itself: that is no fault of the house. */
const hasCrashed = ({ callers, colleague, desks }: World): boolean =>
  [...Object.values(callers), ...desks, colleague].some(({ events }) => events.all.some(({ type }) => type === 'died'));

const notCounted = (run: Run): Run => {
  const findings = openFindings();
  findings.mask('kept', 'one of the phones that all is measured by ended by itself: this run does not count');
  return { ...run, findings };
};

/** What the applications and Asterisk have written so far, and all that was told of the calls. */
const keepLogs = async ({ house }: World, folder: string): Promise<void> => {
  await cp(join(house.lab.folder, 'log'), folder, { recursive: true });
  await cp(join(house.asterisk.folder, 'log'), join(folder, 'asterisk'), { recursive: true });
  await writeFile(
    join(folder, 'facts'),
    house
      .allFacts()
      .map((fact) => `${JSON.stringify(fact)}\n`)
      .join(''),
  );
};

const anew = async (world: World, seed: number): Promise<World> => {
  await world.close();
  return openWorld(new Dice(seed));
};

/** Two that come at once befall different things. */
const choose = (possible: readonly Fault[], inPairs: boolean, dice: Dice): readonly Fault[] => {
  const first = dice.of(possible);
  if (!inPairs) return [first];
  const others = possible.filter(
    ({ targets }) => targets.every((target) => !first.targets.includes(target)) && targets.length > 0,
  );
  return others.length === 0 ? [first] : [first, dice.of(others)];
};

/** Everybody is offered a call; what is amiss is the fault of the run before. @returns undefined when it cannot be mended */
const roll = async (run: Run, blamed: Run): Promise<Seats | undefined> => {
  for (const mayBeMended of [true, false]) {
    try {
      const { seats, slowestMs } = await seat(run.world, rollMs * run.patience);
      if (lookAtRoll(mayBeMended ? blamed : run, seats, slowestMs)) return seats;
    } catch (error) {
      blamed.findings.broken('agents', `the roll call broke off: ${messageOf(error)}`);
    }
    if (!mayBeMended || !(await reset(run))) return undefined;
  }
  return undefined;
};
