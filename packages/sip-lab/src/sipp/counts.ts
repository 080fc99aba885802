/** How SIPp's calls ended. */
export interface CallCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** Begun, whatever became of them. */
  readonly created: number;
}

/**
 * Read the totals from SIPp's statistics (-trace_stat): the last line's cumulative columns.
 * @returns undefined when the file has no totals yet
 */
export const parseCounts = (csv: string): CallCounts | undefined => {
  const [heading = '', ...lines] = csv.trim().split(/\r?\n/);
  const last = lines.at(-1)?.split(';');
  if (last === undefined) return undefined;
  const names = heading.split(';');
  const total = (name: string): number => Number(last[names.indexOf(name)] ?? Number.NaN);
  const counts = {
    succeeded: total('SuccessfulCall(C)'),
    failed: total('FailedCall(C)'),
    created: total('IncomingCall(C)') + total('OutgoingCall(C)'),
  };
  return Object.values(counts).some(Number.isNaN) ? undefined : counts;
};
