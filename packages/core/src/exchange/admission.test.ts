import { aFlow, anOutbound, aPolicy, Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { CallId, Extension, FlowId, NodeId, OutsideNumber } from '../ids.ts';
import { whyOf } from '../metrics/why.ts';
import type { Admission, AdmissionTreatment } from '../policy/admission.ts';
import type { Policy } from '../policy/policy.ts';
import { recordCall } from '../simulation/record-call.ts';
import { instant } from '../time.ts';

const support = '+33170000011';

const limited = (changes: Partial<Admission> = {}, policy: Partial<Policy> = {}): Floor =>
  new Floor(
    aPolicy({ admission: { mostCalls: 2, treatment: { is: 'busy', elsewhere: false }, ...changes }, ...policy }),
  );

const strain = (floor: Floor, lagMs: number, load?: number) =>
  floor.handle({ type: 'StrainReported', at: floor.now, strain: { lagMs, ...(load === undefined ? {} : { load }) } });

/** A second at a time, in which nothing strains the house. */
const calm = (floor: Floor, seconds: number): void => {
  for (let second = 0; second < seconds; second += 1) strain(floor.after(1000), 0);
};

const alertsOf = (floor: Floor) => floor.factsOf('SupervisorAlerted').map(({ alert }) => alert);
const isUnderWay = (floor: Floor, call: CallId): boolean => floor.exchange.calls.has(call);
const factsOf = (floor: Floor, call: CallId) =>
  floor.facts.flatMap((fact) => ('call' in fact && fact.call === call ? [fact] : []));

test('the third caller of two hears busy, and the first two notice nothing', () => {
  const floor = limited().signIn('ana');
  const first = floor.arrive(support);
  floor.answers(first);
  const second = floor.arrive(support);
  const before = [floor.call(first), floor.call(second)];
  const third = floor.arrive(support);
  expect(floor.commands.filter(({ call }) => call === third).map(({ command }) => command)).toEqual([
    { type: 'HangUp', channel: expect.anything(), cause: 'busy' },
  ]);
  expect([floor.call(first), floor.call(second)]).toEqual(before);
  expect(isUnderWay(floor, third)).toBe(false);
  expect(factsOf(floor, third)).toMatchObject([
    { type: 'CallArrived' },
    { type: 'CallTurnedAway', treatment: 'busy', because: '2 calls, limit 2' },
    { type: 'CallEnded', disposition: 'rejected', endedBy: 'system' },
  ]);
  expect(whyOf(factsOf(floor, third))?.steps.map(({ is }) => is)).toEqual(['number-dialled', 'turned-away', 'ended']);
});

test('a place that becomes free is taken by the next caller', () => {
  const floor = limited();
  const first = floor.arrive(support);
  floor.arrive(support);
  floor.callerHangsUp(first);
  expect(isUnderWay(floor, floor.arrive(support))).toBe(true);
  expect(isUnderWay(floor, floor.arrive(support))).toBe(false);
});

test('a carrier that may try elsewhere is told so', () => {
  const floor = limited({ mostCalls: 1, treatment: { is: 'busy', elsewhere: true } });
  floor.arrive(support);
  expect(floor.commandsOf(floor.arrive(support), 'HangUp')).toMatchObject([{ cause: 'congestion' }]);
});

test('the message is heard in the language of the number, and then the caller is let go', () => {
  const floor = limited({ treatment: { is: 'message', sounds: ['cordboard/call-back-later'], atOnce: 1 } });
  floor.arrive(support);
  floor.arrive(support);
  const third = floor.arrive(support);
  expect(floor.commandsOf(third, 'Play')).toMatchObject([
    { prompts: [{ sound: 'cordboard/call-back-later' }], language: 'fr' },
  ]);
  const fourth = floor.arrive(support);
  expect(floor.commandsOf(fourth, 'HangUp')).toMatchObject([{ cause: 'busy' }]);
  floor.promptEnds(third);
  expect(floor.commandsOf(third, 'HangUp')).toHaveLength(1);
  expect(floor.factsOf('CallEnded')).toMatchObject([
    { call: fourth, disposition: 'rejected' },
    { call: third, disposition: 'rejected' },
  ]);
});

test('who hangs up during the message has hung up', () => {
  const floor = limited({
    treatment: { is: 'message', sounds: ['cordboard/call-back-later'], atOnce: 9 },
    mostCalls: 1,
  });
  floor.arrive(support);
  floor.callerHangsUp(floor.arrive(support));
  expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'rejected', endedBy: 'caller' }]);
});

test('the overflow is another flow, whose callers are none of those that the limit counts', () => {
  const policy = aPolicy();
  const node = (name: string) => name as NodeId;
  const flows = {
    ...policy.flows,
    ['elsewhere' as FlowId]: aFlow('sorry', {
      sorry: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: node('end') },
      end: { kind: 'hangup' },
    }),
  };
  const floor = limited({ treatment: { is: 'overflow', flow: 'elsewhere' as FlowId, atOnce: 2 } }, { flows });
  const first = floor.arrive(support);
  floor.arrive(support);
  const third = floor.arrive(support);
  expect(floor.call(third)).toMatchObject({ phase: 'in-flow', flow: 'elsewhere', node: 'sorry' });
  expect(floor.commandsOf(third, 'IdentifyCaller')).toHaveLength(1);
  floor.callerHangsUp(first);
  expect(isUnderWay(floor, floor.arrive(support))).toBe(true);
  floor.promptEnds(third);
  expect(floor.factsOf('CallEnded').at(-1)).toMatchObject({ call: third, disposition: 'completed-in-flow' });
});

test.each<[string, Admission, number, number | undefined, string]>([
  ['the event loop is late', only({ mostLagMs: 200 }), 450, undefined, 'event loop 450 ms late, limit 200 ms'],
  ['Asterisk’s machine is loaded', only({ mostLoad: 4 }), 0, 6.5, 'load of Asterisk 6.50, limit 4'],
])('when %s no new call comes in until it has eased; those under way go on', (_, admission, lagMs, load, because) => {
  const floor = new Floor(aPolicy({ admission })).signIn('ana');
  const talking = floor.arrive(support);
  floor.answers(talking);
  strain(floor, lagMs, load);
  const refused = floor.arrive(support);
  expect(isUnderWay(floor, refused)).toBe(false);
  expect(floor.factsOf('CallTurnedAway')).toMatchObject([{ call: refused, because }]);
  expect(floor.call(talking).phase).toBe('talking');
  calm(floor, 7);
  expect(isUnderWay(floor, floor.arrive(support))).toBe(true);
});

function only(limits: Partial<Admission>): Admission {
  return { ...limits, treatment: { is: 'busy', elsewhere: false } };
}

test('supervisors are told once when callers begin to be turned away, and once when it is over', () => {
  const floor = limited();
  const first = floor.arrive(support);
  floor.arrive(support);
  expect(alertsOf(floor)).toEqual([]);
  floor.arrive(support);
  floor.arrive(support);
  expect(alertsOf(floor)).toEqual([{ is: 'admission-limited', because: '2 calls, limit 2' }]);
  expect(floor.board.admission()).toMatchObject({ because: '2 calls, limit 2', turnedAway: 2 });
  calm(floor, 20);
  expect(alertsOf(floor)).toHaveLength(1);
  floor.callerHangsUp(first);
  calm(floor, 20);
  expect(alertsOf(floor).slice(1)).toEqual([{ is: 'admission-open', turnedAway: 2, forMs: 21_000 }]);
  expect(floor.board.admission()).toBeNull();
});

test('whoever starts to read learns that callers are being turned away', () => {
  const floor = limited({ mostCalls: 1 });
  floor.arrive(support);
  floor.arrive(support);
  floor.facts.push(floor.exchange.recovered(floor.now));
  expect(floor.board.admission()).toMatchObject({ turnedAway: 1 });
});

test('feature codes, calls for help and what is dialled in the middle of a call are never turned away', () => {
  const floor = limited({ mostCalls: 1 }, { outbound: anOutbound(['demo']) }).signIn('ana');
  const talking = floor.arrive(support);
  floor.answers(talking);
  const at = (source: string) => ({ from: 'phone', source, ani: source }) as const;
  expect(factsOf(floor, floor.arrive('103', at('102')))).toMatchObject([
    { type: 'CallArrived' },
    { type: 'CallTurnedAway', treatment: 'busy' },
    { type: 'CallEnded' },
  ]);
  expect(isUnderWay(floor, floor.arrive('112', at('102')))).toBe(true);
  // Ana talks, and consults Chloé from her own phone.
  expect(isUnderWay(floor, floor.arrive('103', at('101')))).toBe(true);
  floor.arrive('*11', at('102'));
  expect(floor.agent('ben').presence.is).toBe('ready');
  expect(floor.factsOf('CallTurnedAway')).toHaveLength(1);
});

test('a phone in the middle of a call without an agent may dial once more', () => {
  const floor = limited({ mostCalls: 1 });
  const at = { from: 'phone', source: '110', ani: '110' } as const;
  floor.arrive('103', at);
  expect(isUnderWay(floor, floor.arrive('102', at))).toBe(true);
});

test('a number that nobody has is told so, and counts for nothing', () => {
  const floor = limited({ mostCalls: 1 });
  floor.arrive(support);
  expect(floor.commandsOf(floor.arrive('+33170999999'), 'HangUp')).toMatchObject([{ cause: 'unallocated' }]);
  expect(alertsOf(floor)).toEqual([]);
});

test('a call that had been answered before this process knew of it is taken up', () => {
  const floor = limited({ mostCalls: 1 });
  floor.arrive(support);
  expect(isUnderWay(floor, floor.arrive(support, { answered: true }))).toBe(true);
});

test('a call asked for at a page is refused in words, unless it is for help', () => {
  const floor = limited({ mostCalls: 1 }, { outbound: anOutbound(['demo']) });
  floor.arrive(support);
  const ask = (request: string, dialled: string) =>
    floor.handle({
      type: 'CallAsked',
      at: floor.now,
      request,
      extension: '101' as Extension,
      dialled,
      read: { number: '+33140000000' as OutsideNumber, country: 'FR', line: 'fixed' },
    });
  expect(ask('r1', '0140000000').refusal).toBe('house-full');
  expect(ask('r2', '112').refusal).toBeUndefined();
});

test('a call that is on its way through the overflow is still none of the limit’s after a restart', () => {
  const treatment: AdmissionTreatment = { is: 'message', sounds: ['cordboard/call-back-later'], atOnce: 5 };
  const floor = limited({ mostCalls: 2, treatment });
  const first = floor.arrive(support);
  floor.arrive(support);
  floor.arrive(support);
  floor.restart();
  floor.callerHangsUp(first);
  expect(floor.call(floor.arrive(support)).phase).toBe('queued');
});

test('without admission in the policy every caller comes in, however strained the house', () => {
  const floor = new Floor();
  strain(floor, 60_000, 99);
  for (let caller = 0; caller < 50; caller += 1) floor.arrive(support);
  expect(floor.exchange.calls.size).toBe(50);
});

/** Calls, one each 20 ms, whose news are late. */
const late = (floor: Floor, count: number, lateMs: number): readonly CallId[] =>
  Array.from({ length: count }, () => {
    floor.after(20);
    return floor.arrive(support, { lateMs });
  });

test('whatever the policy says or does not, new calls whose news come too late for a while may try elsewhere', () => {
  const floor = new Floor().signIn('ana');
  const talking = floor.arrive(support);
  floor.answers(talking);
  const calls = late(floor, 30, 450);
  const refused = calls.filter((call) => !isUnderWay(floor, call));
  expect(refused).toHaveLength(21);
  expect(floor.commands.filter(({ call }) => call === refused[0]).map(({ command }) => command)).toEqual([
    { type: 'HangUp', channel: expect.anything(), cause: 'congestion' },
  ]);
  expect(floor.factsOf('CallTurnedAway')[0]).toMatchObject({ because: 'new calls noticed 450 ms late, limit 150 ms' });
  expect(floor.call(talking).phase).toBe('talking');
  expect(isUnderWay(floor, floor.arrive(support, { lateMs: 3 }))).toBe(true);
  calm(floor, 6);
  expect(alertsOf(floor)).toEqual([
    { is: 'admission-limited', because: 'new calls noticed 450 ms late, limit 150 ms' },
    { is: 'admission-open', turnedAway: 21, forMs: expect.any(Number) },
  ]);
});

test('who is found waiting comes in, however long that was, and tries elsewhere while others do', () => {
  const floor = new Floor();
  const found = (): CallId => floor.arrive(support, { since: instant(floor.now - 3000) });
  const calls = Array.from({ length: 30 }, found);
  expect(calls.filter((call) => !isUnderWay(floor, call))).toEqual([]);
  late(floor, 15, 450);
  const one = found();
  expect(isUnderWay(floor, one)).toBe(false);
  expect(floor.factsOf('CallTurnedAway').at(-1)).toMatchObject({ call: one });
});

test('a bad moment turns nobody away, nor does a lasting one where the policy says that news may be late', () => {
  const floor = new Floor();
  late(floor, 9, 4000);
  late(floor, 1, 3);
  late(floor, 9, 4000);
  const patient = limited({ mostCalls: 1000, mostLateMs: 'any' });
  late(patient, 100, 4000);
  expect([floor, patient].flatMap((each) => each.factsOf('CallTurnedAway'))).toEqual([]);
});

test('a recorded day holds those who came in, and not those for whom there was no place', () => {
  const floor = limited({ mostCalls: 1 });
  const recordOf = (call: CallId) => recordCall(factsOf(floor, call).map((fact, n) => ({ fact, n })));
  const [first, second] = [floor.arrive(support), floor.arrive(support)];
  expect(recordOf(first)).toMatchObject({ id: first });
  expect(recordOf(second)).toBeUndefined();
});
