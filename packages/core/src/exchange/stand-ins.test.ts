import { aDirectory, anOutbound, aPolicy, Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { AgentId, CallId, Extension, OutsideNumber } from '../ids.ts';
import { plainDesk } from './desk.ts';

const number = '+33199000001' as OutsideNumber;
const read = { number, country: 'FR', line: 'fixed' } as const;

const open = (): Floor => {
  const directory = aDirectory();
  const desk = { ...plainDesk, forwarding: { always: { number, trunk: 'alpha' } } };
  return new Floor(aPolicy({ outbound: anOutbound(['alpha', 'beta']) }), {
    ...directory,
    phones: directory.phones.map((phone) => (phone.extension === '102' ? { ...phone, desk } : phone)),
  }).signIn('ana');
};

const talkingWithAna = (floor: Floor): CallId => {
  const call = floor.arrive('+33170000011');
  floor.answers(call);
  return call;
};

const transferred =
  (kind: 'blind' | 'attended') =>
  (floor: Floor): CallId => {
    const call = talkingWithAna(floor);
    const request = { is: 'begin', kind, to: { number } } as const;
    floor.handle({ type: 'TransferAsked', at: floor.now, call, request, agent: 'ana' as AgentId, read });
    return call;
  };

const ways = [
  ['given to somebody outside at once', transferred('blind')],
  ['about which somebody outside is asked', transferred('attended')],
  [
    'that a third from outside is to join',
    (floor: Floor): CallId => {
      const call = talkingWithAna(floor);
      const target = { number, trunk: 'alpha' };
      floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'add', target } });
      return call;
    },
  ],
  [
    'that a phone sends on to outside',
    (floor: Floor): CallId => floor.arrive('102', { from: 'phone', source: '110' as Extension, ani: '110' }),
  ],
] as const;

const rung = (floor: Floor, call: CallId) => floor.commandsOf(call, 'RingOutside');
const tried = (floor: Floor, call: CallId) => rung(floor, call).map(({ trunk }) => trunk);

/** The phone outside that was rung last. */
const lastLeg = (floor: Floor, call: CallId) => {
  const last = rung(floor, call).at(-1);
  if (last === undefined) throw new Error('nobody outside is rung');
  return last.leg;
};

/** Over which trunk somebody outside is reached now. */
const reachedOver = (floor: Floor, call: CallId): string | undefined => {
  const state = floor.call(call);
  if (state.phase === 'consulting') return 'trunk' in state.consult.target ? state.consult.target.trunk : undefined;
  if (state.phase !== 'talking') return undefined;
  return state.third !== undefined && 'trunk' in state.third.target ? state.third.target.trunk : state.trunk;
};

describe.each(ways)('a call %s', (_, begin) => {
  test('a trunk that says 503 is followed by the next, over which the two talk, and that is written down', () => {
    const floor = open();
    const call = begin(floor);
    floor.happen(call, { type: 'LegEnded', leg: lastLeg(floor, call), cause: 'unreachable', status: 503 });
    expect(tried(floor, call)).toEqual(['alpha', 'beta']);
    floor.happen(call, { type: 'LegAnswered', leg: lastLeg(floor, call) });
    expect(reachedOver(floor, call)).toBe('beta');
    expect(JSON.stringify(floor.facts)).toContain('answered 503');
  });

  test('a trunk that says nothing is left after 2 s; one that has said something is waited for', () => {
    const floor = open();
    const call = begin(floor);
    const first = lastLeg(floor, call);
    floor.timePasses(call, 2000);
    expect(floor.commandsOf(call, 'AskWhetherHeard')).toMatchObject([{ leg: first }]);
    floor.happen(call, { type: 'TrunkHeard', leg: first, heard: false });
    expect(floor.commandsOf(call, 'HangUp').at(-1)).toMatchObject({ channel: first });
    expect(tried(floor, call)).toEqual(['alpha', 'beta']);

    const patient = open();
    const other = begin(patient);
    patient.happen(other, { type: 'LegRinging', leg: lastLeg(patient, other) });
    patient.timePasses(other, 5000);
    expect(patient.commandsOf(other, 'AskWhetherHeard')).toEqual([]);
    expect(tried(patient, other)).toEqual(['alpha']);
  });

  test('a number that is busy is busy by every trunk, and when the last one fails nobody is rung any more', () => {
    const busy = open();
    const call = begin(busy);
    busy.happen(call, { type: 'LegEnded', leg: lastLeg(busy, call), cause: 'busy', status: 486 });
    expect(tried(busy, call)).toEqual(['alpha']);

    const failing = open();
    const other = begin(failing);
    for (let time = 0; time < 2; time += 1)
      failing.happen(other, { type: 'LegEnded', leg: lastLeg(failing, other), cause: 'unreachable' });
    expect(tried(failing, other)).toEqual(['alpha', 'beta']);
    expect(reachedOver(failing, other)).not.toBe('beta');
  });

  test('a trunk that is known to be down is passed over', () => {
    const floor = open();
    floor.handle({
      type: 'TrunkReported',
      at: floor.now,
      trunk: 'alpha',
      report: { of: 'contact', reachable: false },
    });
    expect(tried(floor, begin(floor))).toEqual(['beta']);
  });
});
