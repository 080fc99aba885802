import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { barsOf } from './bars.ts';
import { type Kept, table } from './report.ts';

const figures = 'results/latest.json';

/** What was measured last, part by part. */
export const readKept = async (folder: string): Promise<Kept> => {
  try {
    return JSON.parse(await readFile(join(folder, figures), 'utf8')) as Kept;
  } catch (error) {
    // Nothing has been measured yet.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { runs: [], rows: [] };
    throw error;
  }
};

/** Writes the figures, the table and the picture. @param pictures further ones beside them, by file name */
export const keep = async (kept: Kept, folder: string, pictures: ReadonlyMap<string, string>): Promise<void> => {
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(join(folder, figures), `${JSON.stringify(kept, null, 2)}\n`);
  await writeFile(join(folder, 'results', 'latest.svg'), barsOf(kept.rows));
  for (const [name, svg] of pictures) await writeFile(join(folder, 'results', name), svg);
  await writeFile(join(folder, 'RESULTS.md'), page(kept));
};

const page = ({ runs, rows }: Kept): string =>
  [
    '# What was measured last',
    '',
    'Each row has the date of the run that measured it; within a run all is measured on one Asterisk, pairs one right after the',
    'other. How, and what it means: [docs/performance.md](../docs/performance.md).',
    '',
    ...runs.map(
      ({ takenAt, machine, versions }) =>
        `- ${takenAt}: ${machine}; ${Object.entries(versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}.`,
    ),
    '',
    '![The medians, beside the peer](results/latest.svg)',
    '',
    table(rows),
    '',
    ...(rows.some(({ part }) => part === 'soak') ? ['![Memory over the soak](results/soak.svg)', ''] : []),
  ].join('\n');
