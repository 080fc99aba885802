import { readdir, readFile } from 'node:fs/promises';
import type { House, ProcessName } from './house.ts';

const ticksPerSecond = 100;

/** Processor time that a process and its threads have taken so far, and what it holds in memory. */
interface Taken {
  readonly parent: number;
  /** ms */
  readonly own: number;
  /** Of children that have ended, ms. */
  readonly ended: number;
}

/** proc(5): after the name, which may hold anything, in brackets come state, parent … utime is the 14th field of all. */
const takenBy = async (pid: number): Promise<Taken | undefined> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ms = (index: number): number => (Number(fields[index]) * 1000) / ticksPerSecond;
    return { parent: Number(fields[1]), own: ms(11) + ms(12), ended: ms(13) + ms(14) };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

/** Processor time so far, ms, by process. */
export type Processor = Readonly<Record<ProcessName, number>>;

/** PostgreSQL works in children, one for each connection; the others have none. */
export const processorOf = async ({ pids }: House): Promise<Processor> => {
  const all = await Promise.all((await everyPid()).map(takenBy));
  const of = async (pid: number): Promise<number> => {
    const itself = await takenBy(pid);
    const children = all.filter((each) => each?.parent === pid).reduce((sum, each) => sum + (each?.own ?? 0), 0);
    return itself === undefined ? Number.NaN : itself.own + itself.ended + children;
  };
  const entries = Object.entries(pids).map(async ([name, pid]) => [name, await of(pid)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Processor;
};

/** What has been taken between two moments, ms. */
export const processorBetween = (before: Processor, after: Processor): Processor =>
  Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - before[name as ProcessName]])) as Processor;

/** Resident memory of a process, kB (proc(5), status). */
export const residentKb = async (pid: number): Promise<number> =>
  Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);

/** Our own children whose command line holds this text: others may run another house beside us. */
export const childrenWith = async (text: string): Promise<readonly number[]> => {
  const found = await Promise.all(
    (await everyPid()).map(async (pid) => {
      try {
        const line = await readFile(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes(text) && (await takenBy(pid))?.parent === process.pid ? [pid] : [];
      } catch (error) {
        if (isGone(error)) return [];
        throw error;
      }
    }),
  );
  return found.flat();
};

const everyPid = async (): Promise<readonly number[]> =>
  (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);

/** A process that has ended meanwhile. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
