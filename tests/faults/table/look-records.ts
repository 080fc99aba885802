import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { limits } from './finding.ts';
import { type Outage, pause, type Run, takesControl, within } from './run.ts';
import type { Dialled } from './scene.ts';
import { momentOf, ringings } from './wire.ts';

interface Row {
  readonly id: string;
  readonly ani: string;
  readonly arrived_at: Date;
  readonly ended_at: Date;
  readonly disposition: string;
  readonly ended_by: string;
  /** The dialplan had the call by itself. */
  readonly alone: boolean;
}

/** So long the dialplan waits for call control before it goes on alone (extensions.conf, `ASKED_AGAIN`). */
const waitsMs = 3000;

/** Whom the dialplan had by itself. It may not, while call control is away for no longer than it waits. */
export const takenAlone = ({ findings }: Run, rows: readonly Row[], awayMs: number): ReadonlySet<string> => {
  const callers = rows.filter(({ alone }) => alone).map(({ ani }) => ani);
  if (awayMs <= waitsMs)
    for (const caller of callers)
      findings.broken('once', `${caller} was left to the dialplan, though call control was away for ${awayMs} ms`);
  return new Set(callers);
};

interface MessageRow {
  readonly call_id: string;
  readonly duration_ms: number;
  readonly file: string | null;
}

/** Asks PostgreSQL itself, by a connection of one's own. */
const ask = async <Answer extends object>({ world: { house } }: Run, sql: string, values: readonly unknown[]) => {
  const client = new Client({ connectionString: house.servers.environment.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Answer>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};

/** What ends less than so long before a fault may not have been noticed any more. */
const noticedMs = 200;

/** From the INVITE to the moment at which call control dates the call. */
const earlyMs = 500;
const lateMs = 2500;

const recordsOf = (rows: readonly Row[], { callerNumber, at }: Dialled): readonly Row[] =>
  rows.filter(({ ani, arrived_at }) => {
    const after = arrived_at.getTime() - at;
    return ani === callerNumber && after > -earlyMs && after < lateMs;
  });

/**
 * When the first of the two hung up, by their own logs; or Asterisk's end, which a phone does not notice. Whom the agent has
 * left is let go after that, by a way that may be slow.
 */
const endOnWire = (run: Run, one: Dialled, { ended_by: endedBy }: Row, { cutAt }: Outage): number => {
  const callerLeft = momentOf(run.world.callers[one.part], one.call, 'ended') ?? Date.now();
  const ended = endedBy === 'agent' ? Math.min(callerLeft, agentLeft(run, one) ?? callerLeft) : callerLeft;
  return cutAt !== undefined && one.at < cutAt && ended > cutAt ? cutAt : ended;
};

/** Who answered the call last, and has hung up. */
const agentLeft = ({ world, since }: Run, { callerNumber }: Dialled): number | undefined =>
  ringings(world.desks, since)
    .filter(({ from, phone, call }) => from === callerNumber && momentOf(phone, call, 'established') !== undefined)
    .flatMap(({ phone, call }) => momentOf(phone, call, 'ended') ?? [])
    .at(-1);

/** Each call that was made has one record, as long as the call was on the wire until the first of two hung up; who was cut off by a fault is said to be. */
export const lookAtRecords = async (run: Run, dialled: readonly Dialled[], outage: Outage): Promise<readonly Row[]> => {
  const { findings, patience, since } = run;
  const begin = Date.now();
  const read = () =>
    ask<Row>(run, `select * from call_records where arrived_at > $1 and direction = 'in'`, [new Date(since - earlyMs)]);
  let rows = await read();
  while (dialled.some((one) => recordsOf(rows, one).length === 0) && Date.now() - begin < limits.writtenMs * patience) {
    await pause(200);
    rows = await read();
  }
  for (const one of dialled) {
    const [row, ...others] = recordsOf(rows, one);
    const what = `the call of ${one.callerNumber} (${one.part})`;
    if (row === undefined) findings.broken('records', `${what} has no record`);
    if (others.length > 0) findings.broken('records', `${what} has ${others.length + 1} records`);
    if (row === undefined) continue;
    const end = endOnWire(run, one, row, outage);
    const lookedAgainAt = outage.to + limits.controlMs * patience;
    const inOutage = takesControl(run) && end > outage.from - noticedMs && end < lookedAgainAt;
    const apart = row.ended_at.getTime() - row.arrived_at.getTime() - (end - one.at);
    // What ends while nobody looks is found to have ended when somebody looks again.
    const allowed = inOutage && apart > 0 ? lookedAgainAt - end : 0;
    within(
      run,
      'records',
      Math.max(0, Math.abs(apart) - allowed),
      limits.recordMs,
      `${what} has a record of another length`,
    );
    if (end === outage.cutAt && !isToldAsCutOff(row, talked(run, one, end)))
      findings.broken('records', `${what} was cut off, and is recorded as ${row.disposition} by ${row.ended_by}`);
  }
  return rows;
};

/** Whether an agent had answered the call when it was cut off; undefined when that was too short before to be sure. */
const talked = ({ world, since }: Run, { callerNumber }: Dialled, cutAt: number): boolean | undefined => {
  const answers = ringings(world.desks, since)
    .filter((ringing) => ringing.from === callerNumber)
    .flatMap(({ phone, call }) => momentOf(phone, call, 'established') ?? []);
  if (answers.some((at) => at > cutAt - noticedMs && at < cutAt)) return undefined;
  return answers.some((at) => at < cutAt);
};

/** Nobody hung up; who was answered was, and who was not has not given up either: the call was lost, or its message left. */
const isToldAsCutOff = ({ disposition, ended_by }: Row, hadTalked: boolean | undefined): boolean =>
  ended_by === 'system' &&
  (disposition === 'answered' ? hadTalked !== false : hadTalked !== true && notGivenUp.has(disposition));

const notGivenUp: ReadonlySet<string> = new Set(['lost', 'completed-in-flow']);

/** The message that was left is there once, with its sound. */
export const lookAtMessages = async (
  run: Run,
  left: Dialled,
  rows: readonly Row[],
  spokenMs: number,
): Promise<void> => {
  const { findings, patience, world } = run;
  const [record] = recordsOf(rows, left);
  if (record === undefined) return;
  const begin = Date.now();
  const read = () =>
    ask<MessageRow>(run, 'select call_id, duration_ms, file from voicemails where call_id = $1', [record.id]);
  let found = await read();
  while (found.length === 0 && Date.now() - begin < limits.messageMs * patience) {
    await pause(200);
    found = await read();
  }
  within(run, 'messages', Date.now() - begin, limits.messageMs, 'the message came late');
  const [message, ...others] = found;
  if (message === undefined) findings.broken('messages', `the message of ${left.callerNumber} is lost`);
  if (others.length > 0)
    findings.broken('messages', `the message of ${left.callerNumber} is there ${found.length} times`);
  if (message === undefined) return;
  const folder = dirname(world.house.asterisk.folder);
  const size = message.file === null ? 0 : await sizeOf(join(folder, 'voicemail', message.file));
  if (size < bytesPerMs * Math.max(0, spokenMs - lostAtEdgesMs))
    findings.broken('messages', `of ${spokenMs} ms that were spoken, ${size} bytes are kept`);
};

/** 8000 samples of 16 bits a second. */
const bytesPerMs = 16;
/** The beep before it, and what a recorder needs to begin and end. */
const lostAtEdgesMs = 1200;

const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
};
