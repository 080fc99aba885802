import { readFileSync, readlinkSync } from 'node:fs';
import type { Holder } from '@cordboard/application';

/** This process, as another can look for it. */
export const thisProcess = (): Holder => ({
  place: place(),
  pid: process.pid,
  since: stateOf(process.pid)?.since ?? '',
});

/** Whether this process is known to have ended; of one elsewhere nothing is known. */
export const isGone = ({ place: where, pid, since }: Holder): boolean => {
  if (where !== place()) return false;
  const found = stateOf(pid);
  return found === undefined || found.hasEnded || found.since !== since;
};

/** Process numbers mean the same until the next boot, and within one namespace (pid_namespaces(7)). */
const place = (): string =>
  `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${readlinkSync('/proc/self/ns/pid')}`;

interface State {
  /** In clock ticks since the boot. */
  readonly since: string;
  /** It has ended, and its parent has not looked yet. */
  readonly hasEnded: boolean;
}

/** Of /proc/<pid>/stat (proc_pid_stat(5)) the third field and the 22nd; the second may hold spaces and parentheses. */
const stateOf = (pid: number): State | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { since: rest[18] ?? '', hasEnded: state === 'Z' || state === 'X' };
  } catch (error) {
    // ESRCH: it ended while it was read.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
};
