import { once } from 'node:events';
import type { Lab } from '../integration/embedded-lab.ts';

/** A table that nobody else can read for as long as it is held. */
export interface HeldTable {
  release(): Promise<void>;
}

/** Makes PostgreSQL slow for real: whoever reads the table waits until it is let go. Resolves when it is held. */
export const holdTable = async (lab: Lab, databaseUrl: string, table: string): Promise<HeldTable> => {
  const psql = lab.root.spawn('psql', [databaseUrl, '-qAt', '-v', 'ON_ERROR_STOP=1'], {
    folder: lab.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = psql;
  if (stdin === null || stdout === null) throw new TypeError('psql without its pipes');
  stdin.write(`begin; lock table ${table} in access exclusive mode; select 'held';\n`);
  const [said] = await once(stdout, 'data');
  if (String(said).trim() !== 'held') throw new Error(`psql said ${String(said)}`);
  return {
    async release() {
      const exited = once(psql, 'exit');
      stdin.end('commit;\n');
      await exited;
    },
  };
};
