import { CallEnded, CommandRefused, NotInTime, type UserAgent } from '@cordboard/sip-lab';
import { newcomer } from './back-in-control.ts';
import { limits } from './finding.ts';
import { lookForLeftovers } from './look-leftovers.ts';
import { lookAtOffers } from './look-offers.ts';
import { lookAtMessages, lookAtRecords, takenAlone } from './look-records.ts';
import { heardLast, lookForGaps } from './look-sound.ts';
import { messageOf, type Outage, pause, type Run, takesCalls, takesControl, within } from './run.ts';
import { type Dialled, type Scene, type Seated, type Seats, setScene } from './scene.ts';
import { serveLine } from './serve-line.ts';
import { liveCalls, momentOf } from './wire.ts';
import { tones } from './world.ts';

/** How long before and after the fault's beginning people go on doing what they do. */
const aroundMs = { before: 300, after: 2500 } as const;

/** Sets the scene, breaks something while everybody goes on, and looks at what came of it. */
export const runOnce = async (run: Run, seats: Seats): Promise<void> => {
  const { dice, goodbyes, world } = run;
  const scene = await setScene(world, seats, goodbyes);
  const spokenSince = Date.now();
  const inflictAt = Date.now() + dice.between(aroundMs.before, 1000);
  // All dice are thrown before anything happens, so that the seed alone decides.
  const moment = (): number => inflictAt + dice.between(-aroundMs.before, aroundMs.after);
  const [leavesAt, hangsUpAt, answersAt] = [moment(), moment(), moment()];
  const [byAgent, secondAfterMs, lookAfterMs] = [dice.chance(0.5), dice.between(0, 1500), dice.between(0, 800)];
  const cut = run.faults.findIndex((fault) => fault.takesCalls);
  const cutAt = cut === -1 ? undefined : inflictAt + cut * secondAfterMs;
  const outage = later(inflict(run, inflictAt, secondAfterMs));
  const goesOn = (at: number): boolean => cutAt === undefined || at < cutAt - 100;

  const { message } = scene.dialled;
  const leaving =
    message !== undefined && goesOn(leavesAt) ? at(leavesAt, () => goodbyes.hangUp(message.call)) : undefined;
  const ending = goesOn(hangsUpAt) ? at(hangsUpAt, () => endTalk(run, scene.seats.talking, byAgent)) : undefined;
  const answering = goesOn(answersAt) ? at(answersAt, () => tryToAnswer(scene.seats.ringing)) : undefined;

  // A phone does not notice that the other side is gone; whoever holds it does.
  const giveUp = cutAt === undefined ? undefined : at(cutAt + 300, () => everybodyGoes(run));
  const { from, to } = takesControl(run) ? await outage : { from: inflictAt, to: inflictAt + lookAfterMs };
  await giveUp;
  await pause(to - Date.now());
  const newly = await newcomer(run, to);
  const [hungUpAt] = [await ending, await leaving, await answering];
  // Who picks up while nobody is in control is hung up on by Asterisk: no conversation, and the caller is offered again.
  if (takesControl(run) && answersAt > from - noticedMs && answersAt < newly.at)
    goodbyes.excuse(scene.seats.ringing.atDesk, from);
  await (takesCalls(run)
    ? afterTheEnd(run, scene, newly.at)
    : goOn(run, scene, { controlAt: newly.at, hungUpAt: hungUpAt ?? newly.at }));

  const whole = await outage;
  const seen: Outage = { from, to: takesControl(run) ? whole.to : from, cutAt };
  await everybodyGoes(run);
  lookAtDrops(run, seen);
  await lookForLeftovers(run);
  const dialled = [...Object.values(scene.dialled), newly.dialled].filter((one): one is Dialled => one !== undefined);
  const rows = await lookAtRecords(run, dialled, seen);
  lookAtOffers(run, cutAt, takenAlone(run, rows, Math.max(seen.to, newly.at) - from));
  if (message !== undefined && leaving !== undefined) await lookAtMessages(run, message, rows, leavesAt - spokenSince);
};

/** What is answered so shortly before a fault may not have been noticed any more. */
const noticedMs = 200;

const at = <Done>(moment: number, act: () => Promise<Done>): Promise<Done> =>
  later(pause(moment - Date.now()).then(act));

/** What is awaited further down: what it throws is thrown there, and not before. */
const later = <Done>(doing: Promise<Done>): Promise<Done> => {
  doing.catch(() => undefined);
  return doing;
};

/** Does what the run is about. @returns from the first fault's beginning to the last one's end */
const inflict = async (
  { faults, lengths, world }: Run,
  from: number,
  secondAfterMs: number,
): Promise<Omit<Outage, 'cutAt'>> => {
  await pause(from - Date.now());
  await Promise.all(
    faults.map(async (fault, index) => {
      await pause(index * secondAfterMs);
      await fault.inflict(world, lengths);
    }),
  );
  return { from, to: Date.now() };
};

/** The conversation ends; whoever hangs up, both go. @returns when */
const endTalk = async ({ goodbyes }: Run, { dialled, atDesk }: Seated, byAgent: boolean): Promise<number> => {
  const [one, other] = byAgent ? [atDesk, dialled.call] : [dialled.call, atDesk];
  await goodbyes.hangUp(one, other);
  return Date.now();
};

/** Whoever rings may have been taken away in this very moment. */
const tryToAnswer = async ({ atDesk }: Seated): Promise<void> => {
  try {
    await atDesk.answer();
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
  }
};

interface Known {
  readonly controlAt: number;
  readonly hungUpAt: number;
}

/** Calls have outlived it: they are as they were, the line goes on, and who talks is heard. */
const goOn = async (run: Run, scene: Scene, { controlAt, hungUpAt }: Known): Promise<void> => {
  const { findings, patience, world } = run;
  const { talking, held, consulting, ringing } = scene.seats;
  const { menu, first, second, promised } = scene.dialled;
  await menu?.call.sendDigits('1');

  const freedMs = 3000 * patience + Math.max(0, controlAt - hungUpAt);
  await Promise.all([
    talking.atDesk.ended({ withinMs: freedMs }),
    talking.dialled.call.ended({ withinMs: freedMs }),
  ]).catch((error: unknown) =>
    findings.broken('agents', `one of two who talked hung up, the other stayed: ${messageOf(error)}`),
  );
  const since = establishedAt(run, talking);
  await lookForGaps(
    run,
    [
      { name: 'the agent', call: talking.atDesk, tone: tones.caller },
      { name: 'the caller', call: talking.dialled.call, tone: toneOf(run, talking) },
    ],
    since,
    hungUpAt,
  );

  const freeAt = Math.max(controlAt, momentOf(talking.desk, talking.atDesk, 'ended') ?? 0);
  const line = [first, second, promised, menu].flatMap((one) => (one === undefined ? [] : [one.callerNumber]));
  const again = await serveLine(run, {
    expected: line,
    promised: promised?.callerNumber ?? '',
    freeAt,
    others: Object.values(scene.seats),
    ringing,
  });
  const rung = world.carrier.calls.all.filter((call) => call.at >= run.since && call.number === promised?.callerNumber);
  if (rung.length > 1) findings.broken('once', `who was promised a call was rung ${rung.length} times`);

  const talkingNow = again ?? { phone: ringing.desk, call: ringing.atDesk };
  try {
    await ringing.dialled.call.established({ withinMs: 1 });
    await talkingNow.call.established({ withinMs: 3000 * patience });
    const to = Date.now();
    const tone = tones.desks[(world.desks as readonly UserAgent[]).indexOf(talkingNow.phone)] ?? 0;
    await pause(Math.max(0, 900 - (to - (momentOf(talkingNow.phone, talkingNow.call, 'established') ?? to))));
    const share = await heardLast(
      { name: 'who rang', call: ringing.dialled.call, tone },
      Date.now() - 800,
      Date.now() - 300,
    );
    if (share < 0.5)
      findings.broken('place', `who rang was answered, and heard the agent ${Math.round(100 * share)} % of the time`);
  } catch (error) {
    if (!(error instanceof CallEnded || error instanceof NotInTime)) throw error;
    findings.broken('place', `who rang did not come to talk: ${messageOf(error)}`);
  }
  await lookForGaps(
    run,
    [
      { name: 'who is consulted', call: scene.consulted, tone: toneOf(run, consulting) },
      { name: 'who consults', call: consulting.atDesk, tone: tones.colleague },
    ],
    scene.consultedSince,
    Date.now() - 400,
  );
  for (const { atDesk, desk, dialled } of [held, consulting])
    if (
      momentOf(desk, atDesk, 'ended') !== undefined ||
      momentOf(world.callers[dialled.part], dialled.call, 'ended') !== undefined
    )
      findings.broken('kept', `the call of ${dialled.callerNumber} (${dialled.part}) is gone`);
};

const establishedAt = ({ world }: Run, { dialled, desk, atDesk }: Seated): number =>
  Math.max(
    momentOf(desk, atDesk, 'established') ?? 0,
    momentOf(world.callers[dialled.part], dialled.call, 'established') ?? 0,
  );

const toneOf = ({ world }: Run, { desk }: Seated): number =>
  tones.desks[(world.desks as readonly UserAgent[]).indexOf(desk)] ?? 0;

/** Asterisk has died, and its calls with it: whoever was promised a call is called, as everybody is free. */
const afterTheEnd = async (run: Run, scene: Scene, controlAt: number): Promise<void> => {
  await everybodyGoes(run);
  const { promised } = scene.dialled;
  if (promised === undefined) return;
  await serveLine(run, {
    expected: [promised.callerNumber],
    promised: promised.callerNumber,
    freeAt: Math.max(controlAt, Date.now()),
    others: Object.values(scene.seats),
  });
};

/** Whoever still talks hangs up. */
export const everybodyGoes = async ({ goodbyes, world }: Pick<Run, 'goodbyes' | 'world'>): Promise<void> => {
  const parties = [...Object.values(world.callers), ...world.desks, world.colleague];
  const live = liveCalls(parties);
  goodbyes.to(...live.map(({ call }) => call));
  await Promise.all(live.map(({ call }) => call.hangUp()));
};

const lookAtDrops = (run: Run, outage: Outage): void => {
  const { callers, colleague, desks } = run.world;
  const named = [
    ...Object.entries(callers).map(([name, party]) => ({ ...party, name })),
    ...desks.map((desk) => ({ ...desk, name: `phone ${desk.extension}` })),
    { ...colleague, name: 'who was consulted' },
  ];
  for (const { party, at: endedAt } of run.goodbyes.dropped(named, run.since)) {
    if (outage.cutAt !== undefined && endedAt >= outage.cutAt) continue;
    run.findings.broken('kept', `${party.name}: an established call ended ${endedAt - outage.from} ms after the fault`);
  }
};

/** What the roll call says: four have called, and each phone must have rung. */
export const lookAtRoll = (run: Run, seats: Partial<Seats>, slowestMs: number): seats is Seats => {
  within(run, 'agents', slowestMs, limits.agentMs, 'a phone rang late');
  const missing = (['talking', 'held', 'consulting', 'ringing'] as const).filter((part) => seats[part] === undefined);
  if (missing.length > 0)
    run.findings.broken('agents', `of four free agents only ${4 - missing.length} were offered a call`);
  return missing.length === 0;
};
