import { limits } from './finding.ts';
import { messageOf, pause, type Run, within } from './run.ts';
import type { Seated } from './scene.ts';
import { momentOf, type Ringing, ringsAt } from './wire.ts';

/** Who is to be offered, and what is known of the phones. */
export interface Line {
  /** The numbers of those who wait, in the order of their arrival. */
  readonly expected: readonly string[];
  /** Of those who were promised a call: they are rung by the carrier when the agent has answered. */
  readonly promised: string;
  /** From when a free agent must be offered somebody, ms since the epoch. */
  readonly freeAt: number;
  /** Calls at the phones that are of another kind. */
  readonly others: readonly Seated[];
  /** Whose phone rang when it began: when that was in vain they are the first to be offered again. */
  readonly ringing?: Seated;
}

/** How long an offer may take before it is taken for lost. */
const giveUpMs = 8000;
const talkMs = 150;

/**
 * One after another of the line is offered, answered and let go: in order, and each within 2 s of the agent being free.
 * @returns the call of the one who had been ringing and was offered again, when there was one
 */
export const serveLine = async (run: Run, line: Line): Promise<Ringing | undefined> => {
  const { findings, goodbyes, world } = run;
  const seen = new Set(line.others.map(({ atDesk }) => atDesk.id));
  const served: string[] = [];
  let again: Ringing | undefined;
  let freeAt = line.freeAt;
  while (served.length < line.expected.length) {
    let offered: Ringing;
    try {
      const mostMs = Math.max(0, freeAt - Date.now()) + giveUpMs * run.patience;
      offered = await ringsAt(world.desks, run.since, mostMs, ({ call }) => !seen.has(call.id));
    } catch {
      const missing = line.expected.filter((number) => !served.includes(number));
      findings.broken('place', `${missing.join(', ')} waited on and nobody was offered them`);
      return again;
    }
    seen.add(offered.call.id);
    within(run, 'agents', Math.max(0, offered.at - freeAt), limits.agentMs, `${offered.from} was offered late`);
    try {
      await answer(run, offered, line);
    } catch (error) {
      findings.broken('kept', `${offered.from} was answered and not connected: ${messageOf(error)}`);
    }
    if (offered.from === line.ringing?.dialled.callerNumber) {
      // They talk on, at another phone; who is next is served by whoever is free.
      again = offered;
      if (offered.phone !== line.ringing.desk) freeAt = Date.now() + giveUpMs;
      continue;
    }
    served.push(offered.from);
    await pause(talkMs);
    const hangingUp = Date.now();
    await goodbyes.hangUp(offered.call, ...callsOf(run, offered.from));
    freeAt = momentOf(offered.phone, offered.call, 'ended') ?? hangingUp;
  }
  if (served.join() !== line.expected.join())
    findings.broken('place', `those who came as ${line.expected.join(', ')} were offered as ${served.join(', ')}`);
  return again;
};

const callsOf = ({ world }: Run, number: string) =>
  Object.values(world.callers).find(({ callerNumber }) => callerNumber === number)?.calls ?? [];

const answer = async (run: Run, { call, from }: Ringing, { promised }: Line): Promise<void> => {
  const since = Date.now();
  await call.answer();
  await call.established({ withinMs: 3000 * run.patience });
  if (from !== promised) return;
  await run.world.carrier.calls.first(({ number }) => number === promised, {
    withinMs: 3000 * run.patience,
    since,
    what: 'who was promised a call was not rung',
  });
};
