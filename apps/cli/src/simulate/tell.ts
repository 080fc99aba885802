import type { Day, Decided, Decisions, Difference, QueueFigures } from '@cordboard/core';

/** The clock of the house, to the second. */
const clockOf = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  return (at) => format.format(at);
};

/** One row for each of the callers for whom something differs. */
export const differenceRows = (
  day: Day,
  differing: readonly Difference[],
  simulated: Decisions,
  most: number,
): readonly string[] => {
  const clock = clockOf(day.opening.policy.timeZone);
  const calls = new Map(day.calls.map((call) => [call.id, call]));
  const rows = differing.slice(0, most).map(({ call, recorded, simulated: other }) => {
    const known = calls.get(call);
    return [
      clock(known?.at ?? recorded?.at ?? other?.at ?? 0),
      call,
      masked(known?.ani ?? ''),
      outcomeOf(known?.decided ?? []),
      outcomeOf(simulated.get(call) ?? []),
      whyOf(other, recorded, clock),
    ];
  });
  return table([['came', 'call', 'number', 'before', 'after', 'why'], ...rows]);
};

/** How the figures were, and how they would have been: definitions as on the wallboard, see docs/simulation.md. */
export const figureRows = (before: readonly QueueFigures[], after: readonly QueueFigures[]): readonly string[] => {
  const rows = after.map(({ queue, name, figures }) => {
    const old = before.find((each) => each.queue === queue)?.figures;
    return [
      name,
      pair(old?.offered, figures.offered, whole),
      pair(old?.answered, figures.answered, whole),
      pair(old?.serviceLevel, figures.serviceLevel, percent),
      pair(old?.asaMs, figures.asaMs, seconds),
      pair(old?.abandonRate, figures.abandonRate, percent),
    ];
  });
  return table([['queue', 'offered', 'answered', 'service level', 'ASA', 'abandon rate'], ...rows]);
};

/** Where a replay by the same policy parts from the record: nothing a person can correct, but where to look. */
export const firstDifference = (day: Day, { call, recorded, simulated }: Difference): string => {
  const clock = clockOf(day.opening.policy.timeZone);
  return [
    `The first decision that is not as recorded is about call ${call}:`,
    `  recorded   ${recorded === undefined ? 'nothing more' : `${clock(recorded.at)}.${ms(recorded.at)}  ${inWords(recorded)}`}`,
    `  simulated  ${simulated === undefined ? 'nothing more' : `${clock(simulated.at)}.${ms(simulated.at)}  ${inWords(simulated)}`}`,
  ].join('\n');
};

const ms = (at: number): string => String(at % 1000).padStart(3, '0');

/** The last four digits are hidden, whether or not the number is a caller's own. */
const masked = (number: string): string => (number === '' ? '–' : `${number.slice(0, -4)}••••`);

/** What became of a caller, in a few words. */
const outcomeOf = (decided: readonly Decided[]): string => {
  const left = decided.findLast((each) => each.is === 'left');
  const answered = decided.findLast((each) => each.is === 'answered');
  if (answered !== undefined) {
    const waited = decided.findLast((each) => each.is === 'left' && each.outcome !== 'overflowed');
    const after = waited?.is === 'left' ? ` after ${seconds(waited.waitedMs)}` : '';
    return `${answered.is === 'answered' ? (answered.agent ?? 'a phone') : ''}${after}`;
  }
  if (left?.is === 'left')
    return left.outcome === 'abandoned'
      ? `gave up after ${seconds(left.waitedMs)}`
      : `left ${left.queue} (${left.exit ?? left.outcome}) after ${seconds(left.waitedMs)}`;
  const refused = decided.findLast((each) => each.is === 'refused');
  if (refused?.is === 'refused') return `not let into ${refused.queue} (${refused.exit})`;
  return decided.length === 0 ? 'no queue' : 'still waiting';
};

const whyOf = (other: Decided | undefined, recorded: Decided | undefined, clock: (at: number) => string): string => {
  if (other === undefined) return recorded === undefined ? '' : `not any more: ${inWords(recorded)}`;
  return `${clock(other.at)} ${inWords(other)}`;
};

const inWords = (decided: Decided): string => {
  switch (decided.is) {
    case 'queued':
      return `in line for ${decided.queue}, place ${decided.place}`;
    case 'placed':
      return `moved to place ${decided.place} of ${decided.queue}`;
    case 'refused':
      return `not let into ${decided.queue} (${decided.exit})`;
    case 'offered':
      return `offered to ${decided.agent}: ${decided.because}`;
    case 'answered':
      return `answered by ${decided.agent ?? 'a phone'}`;
    case 'promised':
      return `promised a callback by ${decided.queue}`;
    case 'left':
      return `left ${decided.queue}: ${decided.exit ?? decided.outcome} after ${seconds(decided.waitedMs)}`;
  }
};

const whole = (value: number): string => `${value}`;
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;

const pair = (
  before: number | null | undefined,
  after: number | null | undefined,
  write: (value: number) => string,
): string => `${before == null ? '–' : write(before)} → ${after == null ? '–' : write(after)}`;

/** Columns as wide as their widest entry; the last one as it comes. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
};
