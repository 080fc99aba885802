import { Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { CallId, ChannelId, Extension } from '../ids.ts';
import type { TransferRequest } from './event.ts';

const toBen = { extension: '102' as Extension };

/** Ana talks with a customer of support. */
const talkingWithAna = (): { readonly floor: Floor; readonly call: CallId } => {
  const floor = new Floor().signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.answers(call);
  return { floor, call };
};

/** And Ben with them. */
const ofThree = () => {
  const { floor, call } = talkingWithAna();
  add(floor, call);
  const third = floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId;
  floor.happen(call, { type: 'LegAnswered', leg: third });
  return { floor, call, third };
};

const park = (floor: Floor, call: CallId) =>
  floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'park' } });
const add = (floor: Floor, call: CallId) =>
  floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'add', target: toBen } });
const hold = (floor: Floor, call: CallId) => floor.handle({ type: 'HoldAsked', at: floor.now, call, on: true });
const transfer = (floor: Floor, call: CallId, request: TransferRequest) =>
  floor.handle({ type: 'TransferAsked', at: floor.now, call, request, agent: null });

describe('a call that waits while the other is away', () => {
  test.each([
    ['held by a page', hold],
    [
      'held by a phone',
      (floor: Floor, call: CallId) => floor.happen(call, { type: 'LegHeld', leg: floor.legOf(call) }),
    ],
    [
      'consulted about',
      (floor: Floor, call: CallId) => transfer(floor, call, { is: 'begin', kind: 'attended', to: toBen }),
    ],
  ])('%s: is neither parked nor joined by a third', (_, begin) => {
    const { floor, call } = talkingWithAna();
    begin(floor, call);
    const before = floor.call(call);
    expect([park(floor, call).refusal, add(floor, call).refusal]).toEqual(['not-talking', 'not-talking']);
    expect(floor.call(call)).toBe(before);
  });
});

describe('a call of three', () => {
  test('is not held by a page, nor given away, at once or after a word', () => {
    const { floor, call } = ofThree();
    const before = floor.call(call);
    expect(hold(floor, call).refusal).toBe('three-already');
    for (const kind of ['blind', 'attended'] as const)
      expect(transfer(floor, call, { is: 'begin', kind, to: { extension: '110' as Extension } }).refusal).toBe(
        'three-already',
      );
    expect(floor.call(call)).toBe(before);
  });

  test('is not given away by a phone of one of them, which is told so', () => {
    const { floor, call, third } = ofThree();
    for (const leg of [floor.legOf(call), third])
      floor.handle({ type: 'PhoneTransferred', at: floor.now, leg, to: { dialled: '110' } });
    expect(floor.commandsOf(call, 'NotifyTransfer').map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', third: { joined: true } });
  });

  test('goes on when one of them presses the hold key, and is one of two afterwards that nobody holds', () => {
    const { floor, call, third } = ofThree();
    floor.happen(call, { type: 'LegHeld', leg: third });
    floor.happen(call, { type: 'LegHeld', leg: floor.legOf(call) });
    expect(floor.commandsOf(call, 'StartMusic').filter(({ channel }) => channel === third)).toEqual([]);
    floor.happen(call, { type: 'LegEnded', leg: third, cause: 'hung-up' });
    expect(floor.board.call(call)).toMatchObject({ onHold: false });
    expect(park(floor, call).refusal).toBeUndefined();
  });
});

test('a call that was given away and picked up at another phone has come to whoever picked it up', () => {
  const { floor, call } = talkingWithAna();
  transfer(floor, call, { is: 'begin', kind: 'blind', to: toBen });
  floor.arrive('*8102', { from: 'phone', source: '103', ani: '103' });
  expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '103', agent: 'chloe' });
  expect(floor.factsOf('TransferCompleted')).toMatchObject([{ by: 'ana', agent: 'chloe', extension: '103' }]);
});

test('a call that was given away goes where its target sends calls', () => {
  const { floor, call } = talkingWithAna();
  floor.arrive('*21*103#', { from: 'phone', source: '102', ani: '102' });
  transfer(floor, call, { is: 'begin', kind: 'blind', to: toBen });
  expect(floor.call(call)).toMatchObject({ phase: 'ringing', extension: '103' });
});

test('a word beforehand is had at the phone where somebody sits, and not with one that is not to be disturbed', () => {
  const { floor, call } = talkingWithAna();
  floor.arrive('*11102', { from: 'phone', source: '110', ani: '110' });
  floor.arrive('*25', { from: 'phone', source: '110', ani: '110' });
  expect(transfer(floor, call, { is: 'begin', kind: 'attended', to: toBen }).refusal).toBe('phone-busy');
  floor.arrive('*25', { from: 'phone', source: '110', ani: '110' });
  transfer(floor, call, { is: 'begin', kind: 'attended', to: toBen });
  expect(floor.commandsOf(call, 'RingPhone').at(-1)).toMatchObject({ extension: '110' });
});

test('who signs in at another phone has what that phone is set to', () => {
  const floor = new Floor();
  floor.arrive('*25', { from: 'phone', source: '110', ani: '110' });
  floor.arrive('*11101', { from: 'phone', source: '110', ani: '110' });
  expect(floor.agent('ana')).toMatchObject({ extension: '110', doNotDisturb: true });
  floor.ask('ana', { to: 'sign-out' });
  expect(floor.agent('ana')).toMatchObject({ extension: '101', doNotDisturb: false });
});
