import { Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import { callView } from '../call/view.ts';
import type { CallId, ChannelId, Extension, OutsideNumber } from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';

const talks = (floor: Floor, number = '+33170000101'): CallId => {
  const call = floor.arrive(number);
  floor.answers(call);
  return call;
};
const park = (floor: Floor, call: CallId) =>
  floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'park' } });
const add = (floor: Floor, call: CallId, target: PhoneTarget) =>
  floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'add', target } });
const dial = (floor: Floor, from: string, dialled: string): CallId =>
  floor.arrive(dialled, { from: 'phone', source: from, ani: from });
const ben: PhoneTarget = { extension: '102' as Extension };

describe('a parked call', () => {
  test('waits with music; the phone hears the place and is let go; the agent is free', () => {
    const floor = new Floor();
    const call = talks(floor);
    const leg = floor.legOf(call);
    expect(park(floor, call).slot).toBe(1);
    expect(floor.call(call)).toMatchObject({ phase: 'parked', slot: 1, by: '101' });
    expect(floor.commandsOf(call, 'StartMusic')).toHaveLength(1);
    expect(floor.commandsOf(call, 'Play').at(-1)).toMatchObject({
      channel: leg,
      prompts: [{ sound: 'cordboard/parked' }, { number: 1 }],
    });
    expect(floor.agent('ana').engaged).toBeUndefined();
    floor.promptEnds(call);
    expect(floor.commandsOf(call, 'HangUp')).toEqual([{ type: 'HangUp', channel: leg, cause: 'normal' }]);
    floor.happen(call, { type: 'LegEnded', leg, cause: 'hung-up' });
    expect(floor.call(call).phase).toBe('parked');
  });

  test('is fetched from any phone by dialling its place, and ends when that phone hangs up', () => {
    const floor = new Floor();
    const call = talks(floor);
    park(floor, call);
    dial(floor, '102', '*71');
    expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '102', agent: 'ben' });
    expect(floor.board.snapshot(floor.now).calls).toEqual([callView(floor.call(call))]);
    const leg = floor.legOf(call);
    floor.happen(floor.exchange.ownerOf(leg), { type: 'LegEnded', leg, cause: 'hung-up' });
    expect(floor.exchange.calls.size).toBe(0);
  });

  test('rings the phone that parked it after two minutes', () => {
    const floor = new Floor();
    const call = talks(floor);
    park(floor, call);
    floor.timePasses(call, 119_999);
    expect(floor.call(call).phase).toBe('parked');
    floor.timePasses(call, 1);
    expect(floor.call(call)).toMatchObject({ phase: 'ringing', extension: '101' });
  });

  test('has a place of its own, which is free again when the caller hangs up', () => {
    const floor = new Floor();
    const one = talks(floor);
    const two = floor.arrive('+33170000011');
    floor.signIn('ben');
    floor.answers(two);
    expect([park(floor, one).slot, park(floor, two).slot]).toEqual([1, 2]);
    floor.callerHangsUp(one);
    expect(floor.factsOf('ParkingEnded')).toMatchObject([{ slot: 1, outcome: 'caller-left' }]);
    const three = talks(floor);
    expect(park(floor, three).slot).toBe(1);
  });

  test('is not there: who dials an empty place is told', () => {
    const floor = new Floor();
    expect(floor.commandsOf(dial(floor, '102', '*79'), 'Play').at(-1)?.prompts).toEqual([
      { sound: 'cordboard/nothing-parked' },
    ]);
  });

  test('cannot be one in which nobody talks', () => {
    const floor = new Floor();
    expect(park(floor, floor.arrive('+33170000101')).refusal).toBe('not-talking');
  });
});

describe('a third in a conversation', () => {
  const ofThree = (): { floor: Floor; call: CallId; third: ChannelId } => {
    const floor = new Floor();
    const call = talks(floor);
    add(floor, call, ben);
    const third = floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId;
    floor.happen(call, { type: 'LegAnswered', leg: third });
    return { floor, call, third };
  };

  test('is rung while the two talk on, and joins their bridge', () => {
    const { floor, call, third } = ofThree();
    const { bridge } = floor.commandsOf(call, 'Connect')[0] ?? {};
    expect(floor.commandsOf(call, 'Join')).toEqual([{ type: 'Join', bridge, leg: third }]);
    expect(floor.agent('ben').engaged).toMatchObject({ call, as: 'talking' });
  });

  test('is not let go when it is told twice that they have answered', () => {
    const { floor, call, third } = ofThree();
    floor.happen(call, { type: 'LegAnswered', leg: third });
    expect(floor.commandsOf(call, 'HangUp')).toEqual([]);
    expect(floor.commandsOf(call, 'Join')).toHaveLength(1);
  });

  test.each([
    ['opened it', (floor: Floor, call: CallId) => floor.legOf(call)],
    ['called', (floor: Floor, call: CallId) => floor.call(call).caller],
    ['joined', (_: Floor, __: CallId, third: ChannelId) => third],
  ])('the other two go on when the one leaves who %s; the last one’s leg is ended', (_, whose) => {
    const { floor, call, third } = ofThree();
    const all = [floor.call(call).caller, floor.legOf(call), third];
    const first = whose(floor, call, third);
    floor.happen(call, { type: 'LegEnded', leg: first, cause: 'hung-up' });
    expect(floor.call(call).phase).toBe('talking');
    expect(floor.commandsOf(call, 'HangUp')).toEqual([]);
    expect(floor.board.snapshot(floor.now).calls).toEqual([callView(floor.call(call))]);
    const [second, last] = all.filter((leg) => leg !== first);
    floor.happen(call, { type: 'LegEnded', leg: second as ChannelId, cause: 'hung-up' });
    expect(floor.commandsOf(call, 'HangUp')).toEqual([{ type: 'HangUp', channel: last, cause: 'normal' }]);
    expect(floor.exchange.calls.size).toBe(0);
    expect([floor.agent('ana').engaged, floor.agent('ben').engaged]).toEqual([undefined, undefined]);
  });

  test('does not answer: the two talk on, and somebody else can be asked', () => {
    const floor = new Floor();
    const call = talks(floor);
    add(floor, call, ben);
    floor.timePasses(call, 30_000);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '101' });
    expect(floor.agent('ben').engaged).toBeUndefined();
    expect(add(floor, call, { number: '+33612340000' as OutsideNumber, trunk: 'demo' }).refusal).toBeUndefined();
    expect(floor.commandsOf(call, 'RingOutside')).toMatchObject([{ number: '+33612340000', trunk: 'demo' }]);
  });

  test('is not rung any more when the two have ended their call', () => {
    const floor = new Floor();
    const call = talks(floor);
    add(floor, call, ben);
    const third = floor.commandsOf(call, 'RingPhone').at(-1)?.leg;
    floor.callerHangsUp(call);
    expect(floor.commandsOf(call, 'HangUp')).toContainEqual({ type: 'HangUp', channel: third, cause: 'normal' });
    expect(floor.exchange.calls.size).toBe(0);
  });

  test('cannot be somebody on another call, nobody, or a fourth', () => {
    const { floor, call } = ofThree();
    expect(add(floor, call, { extension: '110' as Extension }).refusal).toBe('three-already');
    const other = floor.arrive('+33170000011');
    floor.signIn('chloe');
    floor.answers(other);
    expect(add(floor, other, ben).refusal).toBe('phone-busy');
    expect(add(floor, other, { extension: '999' as Extension }).refusal).toBe('no-such-phone');
  });
});
