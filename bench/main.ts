/** What is fast, against what.   npm run bench [-- --only=ringing,freed | --pairs=5 | --quick | --all | --minutes=120] */
import { fileURLToPath } from 'node:url';
import { NeverCame } from '../tests/support/until.ts';
import { type Floor, openFloor } from './floor.ts';
import { NotInTime } from './in-time.ts';
import { keep, readKept } from './keep.ts';
import { BadOption, type Options, type PartName, readOptions } from './options.ts';
import type { Bench } from './part.ts';
import { parts } from './parts.ts';
import { machine, merged, type Row, type Run, table } from './report.ts';
import { measureRinging } from './ringing.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** Until the house is open and warm, s. */
const openingSeconds = 50;

/** @returns the parts that could not be measured */
const run = async ({ parts: chosen, sizes, isKept }: Options): Promise<readonly PartName[]> => {
  const seconds =
    (isAlone(chosen) ? 0 : openingSeconds) + chosen.reduce((sum, name) => sum + parts[name].seconds(sizes), 0);
  console.log(`${chosen.join(', ')}: some ${Math.ceil(seconds / 60)} minutes, until ${clock(seconds)}.`);
  const kept = await readKept(folder);
  const house = houses(sizes.warmUp);
  const pictures = new Map<string, string>();
  const takenAt = new Date().toISOString();
  const rows: Row[] = [];
  const missed: PartName[] = [];
  let versions: Run['versions'] = { Node: process.versions.node };
  try {
    for (const name of chosen) {
      const began = performance.now();
      const bench: Bench = {
        sizes,
        kept: { ...kept, rows: [...kept.rows.filter(({ part }) => part !== name), ...rows] },
        floor: house.floor,
        freshFloor: house.freshFloor,
        say: (line) => console.log(`  ${line}`),
        draw: async (file, svg) => void pictures.set(file, svg),
      };
      const measured = await measuredBy(name, bench, takenAt);
      if (measured === undefined) {
        missed.push(name);
        // Whatever is left of it would be in the way of the next.
        await house.close();
        continue;
      }
      rows.push(...measured);
      console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s\n${table(measured)}\n`);
      versions = { ...versions, ...(await house.versions()) };
      if (!isKept) continue;
      // Part by part: what is broken off later does not cost what has been measured.
      await keep(merged(kept, { takenAt, machine: machine(), versions, parts: chosen, sizes }, rows), folder, pictures);
    }
  } finally {
    await house.close();
  }
  return missed;
};

/** @returns undefined when something did not happen that was waited for: that is told, and the other parts go on */
const measuredBy = async (name: PartName, bench: Bench, takenAt: string): Promise<readonly Row[] | undefined> => {
  try {
    return (await parts[name].measure(bench)).map((row): Row => ({ part: name, ...row, takenAt }));
  } catch (error) {
    if (!(error instanceof NotInTime || error instanceof NeverCame)) throw error;
    console.error(`${name}: ${error.message}; what was kept of it before stays.\n`);
    return undefined;
  }
};

/** The core alone needs no house. */
const isAlone = (chosen: Options['parts']): boolean => chosen.every((name) => name === 'match');

const clock = (inSeconds: number): string =>
  new Date(Date.now() + inSeconds * 1000).toLocaleTimeString('en-GB', { timeStyle: 'short' });

/** One house at a time, opened when it is needed. */
const houses = (warmUp: number) => {
  let open: Floor | undefined;
  const close = async (): Promise<void> => {
    const closing = open;
    open = undefined;
    await closing?.close();
  };
  return {
    async floor(): Promise<Floor> {
      if (open !== undefined) return open;
      open = await openFloor();
      // Until a program has run for a while it is compiled while it runs; a contact centre's has.
      for (const side of [open.ours, open.peer]) await measureRinging(side, warmUp);
      return open;
    },
    async freshFloor(): Promise<Floor> {
      await close();
      open = await openFloor();
      return open;
    },
    async versions(): Promise<Readonly<Record<string, string>>> {
      if (open === undefined) return {};
      return { Asterisk: (await open.house.asterisk.console('core show version')).split(' ')[1] ?? 'unknown' };
    },
    close,
  };
};

try {
  const missed = await run(readOptions(process.argv.slice(2)));
  if (missed.length > 0)
    console.error(`Not measured: ${missed.join(', ')}. Try again with --only=${missed.join(',')}.`);
  process.exit(missed.length === 0 ? 0 : 1);
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  console.error(error.message);
  process.exit(2);
}
