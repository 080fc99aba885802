import { between, gaps, type IncomingCall, type Phone, type PhoneCall, tonePresence } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeSound } from '../support/describe-sound.ts';
import { numbers } from '../support/house-policy.ts';
import { callIn, type OnTheLine } from '../support/line-up.ts';
import { openTwoControls, type TwoControls } from '../support/two-controls.ts';

let two: TwoControls;
beforeAll(async () => {
  two = await openTwoControls();
});
afterEach(async () => {
  await two.bothRun();
  await two.house.clear();
});
afterAll(() => two.close());

/** Below one second on a machine that has the time; what it was is printed. */
const inControlMs = 3000;

/** A machine with two cores that begins a process now and then keeps a phone from them for so long; a call that is cut is silent for ever. */
const gapMs = 200;

/** Ana talks, Ben's phone rings, and one caller waits: there is nobody else. */
interface UnderWay {
  readonly ben: Phone;
  readonly ana: Phone;
  readonly atAna: IncomingCall;
  readonly atBen: IncomingCall;
  readonly talking: PhoneCall;
  readonly since: number;
  readonly ringing: OnTheLine;
  readonly waiting: OnTheLine;
  readonly queuedAt: number | null | undefined;
}

const begin = async (): Promise<UnderWay> => {
  const { house } = two;
  const [ana, ben] = [await house.ready('101'), await house.ready('102')];
  const talker = await house.caller();
  const talking = await talker.dial(numbers.support);
  const atAna = await ana.nextIncoming({ withinMs: 5000 });
  await atAna.answer();
  const { at: since } = await atAna.established({ withinMs: 3000 });
  const ringing = await callIn(house, numbers.support);
  const atBen = await ben.nextIncoming({ withinMs: 5000 });
  const waiting = await callIn(house, numbers.support);
  await house.board.shows('the caller who waits', ({ calls }) => calls.get(waiting.call)?.place === 'waiting');
  const queuedAt = house.board.calls.get(waiting.call)?.queuedAt;
  return { ana, ben, atAna, atBen, talking, since, ringing, waiting, queuedAt };
};

/** Nothing of all this was lost, and nobody was offered anything twice. */
const allIsWell = async (
  { ana, ben, atAna, atBen, talking, since, ringing, waiting, queuedAt }: UnderWay,
  late?: OnTheLine,
): Promise<void> => {
  const { house } = two;
  await atBen.answer();
  await atBen.established({ withinMs: 5000 });
  await ringing.dialled.established({ withinMs: 5000 });
  await house.board.shows('Ben talking', ({ agents }) => agents.get('ben')?.state === 'talking');
  expect(ben.calls).toHaveLength(1);
  expect(house.board.calls.get(waiting.call)?.queuedAt).toBe(queuedAt);

  await house.talk(400);
  const end = Date.now();
  await atAna.hangUp();
  await talking.ended({ withinMs: 3000 });
  const [agentHeard, callerHeard] = [await atAna.heard(), await talking.heard()];
  const [ofAgent, ofCaller] = [between(agentHeard, since + 300, end), between(callerHeard, since + 300, end)];
  expect(gaps(agentHeard, 440, ofAgent), describeSound(agentHeard)).toBeLessThanOrEqual(gapMs);
  expect(gaps(callerHeard, 880, ofCaller), describeSound(callerHeard)).toBeLessThanOrEqual(gapMs);
  expect(tonePresence(callerHeard, 880, ofCaller)).toBeGreaterThan(0.94);

  // Ana is free again, and who kept the place is next; whoever came in between comes after.
  for (const next of [waiting, ...(late === undefined ? [] : [late])]) {
    const rings = await ana.nextIncoming({ withinMs: 10_000 });
    expect(rings.fromNumber).toBe(next.caller.callerNumber);
    await rings.answer();
    await next.dialled.established({ withinMs: 3000 });
    await rings.hangUp();
    await next.dialled.ended({ withinMs: 3000 });
  }
  await ringing.dialled.hangUp();
  await house.isEmpty();
  expect((await house.factsOf(waiting.call, 'AgentOffered')).length).toBe(1);
  expect((await house.factsOf(ringing.call, 'AgentOffered')).length).toBe(1);
};

/** Somebody calls at that moment; resolves when the exchange knows of them. */
const callMeanwhile = async (): Promise<OnTheLine> => callIn(two.house, numbers.support);

const say = (what: string, ms: number): void => {
  process.stdout.write(`${what}: in control again after ${Math.round(ms)} ms\n`);
};

describe('whoever is in control', () => {
  test('[S54] [F15] dies: another process takes over at once, and whoever talks, waits, rings or calls just then notices nothing', async () => {
    const underWay = await begin();
    const since = Date.now();
    await two.holder.kill();
    const calling = callMeanwhile();
    const tookMs = await two.takenOver(since);
    say('killed', tookMs);
    await allIsWell(underWay, await calling);
    expect(tookMs).toBeLessThan(inControlMs);
  });

  test('[F15] is asked to stop: the other takes over, and whoever calls meanwhile reaches it', async () => {
    const underWay = await begin();
    const since = Date.now();
    const stopping = two.holder.stop();
    const calling = callMeanwhile();
    const tookMs = await two.takenOver(since);
    await stopping;
    const stoppedMs = Date.now() - since;
    say(`asked to stop (it ended after ${stoppedMs} ms)`, tookMs);
    await allIsWell(underWay, await calling);
    expect(tookMs).toBeLessThan(inControlMs);
    expect(stoppedMs).toBeLessThan(5000);
  });

  test('[F15] is held up: the other takes over, and the first does nothing more when it wakes', async () => {
    const underWay = await begin();
    const since = Date.now();
    two.holder.signal('SIGSTOP');
    const calling = callMeanwhile();
    const tookMs = await two.takenOver(since);
    say('held up', tookMs);
    const late = await calling;
    const { standby: first } = two;
    const answered = first.ari.answered;
    first.signal('SIGCONT');
    await first.ended();
    expect(first.ari.answered - answered).toBe(0);
    await allIsWell(underWay, late);
    expect(tookMs).toBeLessThan(inControlMs);
  });
});

test('[F15] both are replaced one after the other, as for an upgrade, and no call is lost', async () => {
  const underWay = await begin();
  await two.standby.stop();
  await two.bothRun();
  const since = Date.now();
  const stopping = two.holder.stop();
  say('replaced', await two.takenOver(since));
  await stopping;
  await two.bothRun();
  await allIsWell(underWay);
});
