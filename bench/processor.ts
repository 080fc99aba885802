import { readdir, readFile } from 'node:fs/promises';

const ticksPerSecond = 100;

/** Processor time that these processes and their threads have taken so far, ms. Children are not counted. */
export const processorMs = async (pids: readonly number[]): Promise<number> => {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      // After the name, which may hold anything, in brackets: utime and stime are the 14th and 15th field (proc(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
    }),
  );
  return each.reduce((sum, ms) => sum + ms, 0);
};

/** Our own children whose command line holds this text: others may run another house beside us. */
export const childrenWith = async (text: string): Promise<readonly number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const [line, stat] = await Promise.all([
          readFile(`/proc/${pid}/cmdline`, 'utf8'),
          readFile(`/proc/${pid}/stat`, 'utf8'),
        ]);
        // The parent is the second field after the name (proc(5)).
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return line.includes(text) && parent === process.pid ? [pid] : [];
      } catch (error) {
        // Gone meanwhile.
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return [];
        throw error;
      }
    }),
  );
  return found.flat();
};
