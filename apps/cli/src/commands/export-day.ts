import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfiguration } from '@cordboard/configuration';
import { ensureSecrets, serverEnvironment } from '@cordboard/embedded';
import type { Command } from '../command.ts';
import { writeDay } from '../simulate/day-file.ts';
import { exportDay as readDayOf } from '../simulate/export-day.ts';
import { SimulationRefused } from '../simulate/options.ts';

const usage = '--date 2026-11-25 [--out day.jsonl]';

/** A day of the running system in a file, without the persons in it. */
export const exportDay: Command = {
  name: 'export-day',
  summary: `write down a day of the running system, to simulate: ${usage}`,
  async run({ args, environment }) {
    const { date, out } = optionsIn(args);
    const { home, ports, databaseUrl, redisUrl, ari, app } = readConfiguration(environment);
    const servers = serverEnvironment({
      secrets: await ensureSecrets(join(home, 'data')),
      ports,
      external: { databaseUrl, redisUrl, ari },
      app,
    });
    const day = await readDayOf({ redisUrl: servers.REDIS_URL, databaseUrl: servers.DATABASE_URL, date });
    await writeDay(day, out);
    if (out !== undefined) console.log(`Wrote ${day.calls.length} calls to ${out}.`);
    return 0;
  },
};

const optionsIn = (args: readonly string[]): { readonly date: string; readonly out: string | undefined } => {
  const text = { type: 'string' } as const;
  try {
    const { date, out } = parseArgs({ args: [...args], options: { date: text, out: text } }).values;
    if (date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date)) return { date, out };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new SimulationRefused(`Write cordboard export-day ${usage}: the date is the house’s own.`);
};
