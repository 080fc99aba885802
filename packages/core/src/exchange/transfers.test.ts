import { anOutbound, aPolicy, Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { TransferDestination, TransferKind } from '../call/transfer.ts';
import type { AgentId, CallId, Extension, OutsideNumber, QueueId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import type { TransferRequest } from './event.ts';

const support = '+33170000011';
const toBen: TransferDestination = { extension: '102' as Extension };

/** Ana talks with a customer of support; nobody else is signed in. */
const talkingWithAna = (policy?: Policy): { readonly floor: Floor; readonly call: CallId } => {
  const floor = new Floor(policy).signIn('ana');
  const call = floor.arrive(support);
  floor.after(1000).answers(call);
  floor.after(5000);
  return { floor, call };
};

const ask = (floor: Floor, call: CallId, request: TransferRequest, agent: string | null = 'ana') =>
  floor.handle({ type: 'TransferAsked', at: floor.now, call, request, agent: agent as AgentId | null });

const begin = (floor: Floor, call: CallId, kind: TransferKind, to: TransferDestination) =>
  ask(floor, call, { is: 'begin', kind, to });

/** Ana asks Ben, and Ben has answered. */
const consulting = () => {
  const { floor, call } = talkingWithAna();
  begin(floor, call, 'attended', toBen);
  const state = floor.call(call);
  if (state.phase !== 'consulting') throw new Error(`the call is ${state.phase}`);
  floor.after(2000).happen(call, { type: 'LegAnswered', leg: state.consult.leg });
  return { floor, call, leg: state.consult.leg };
};

describe('blind', () => {
  test('the transferor is free at once and writes the case up, while the target’s phone rings and the caller hears music', () => {
    const { floor, call } = talkingWithAna();
    begin(floor, call, 'blind', toBen);
    expect(floor.agent('ana').presence.is).toBe('wrap-up');
    expect(floor.agent('ana').engaged).toBeUndefined();
    expect(floor.commandsOf(call, 'RingPhone').at(-1)).toMatchObject({ extension: '102' });
    expect(floor.commandsOf(call, 'StartMusic').at(-1)).toMatchObject({ channel: floor.call(call).caller });
    floor.after(3000).answers(call);
    expect(floor.factsOf('TransferCompleted')).toMatchObject([{ by: 'ana', agent: 'ben', kind: 'blind' }]);
    floor.after(4000).callerHangsUp(call);
    expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'answered', talkedMs: 9000 }]);
    // The case came by a queue: whoever took it over has it to write up too.
    expect(floor.agent('ben').engaged).toBeUndefined();
  });

  test('nobody answers: the transferor is rung again, and then the caller stands in line where they stood', () => {
    const { floor, call } = talkingWithAna();
    const before = floor.call(call).lastPlace?.virtualArrival;
    begin(floor, call, 'blind', toBen);
    floor.timePasses(call, 30_000);
    expect(floor.commandsOf(call, 'RingPhone').at(-1)).toMatchObject({ extension: '101' });
    floor.timePasses(call, 30_000);
    const again = floor.call(call);
    expect(again).toMatchObject({ phase: 'queued', queue: 'support', virtualArrival: before });
    expect(floor.factsOf('TransferCancelled')).toEqual([]);
  });

  test('the transferor takes the call back: it is cancelled, and told so', () => {
    const { floor, call } = talkingWithAna();
    begin(floor, call, 'blind', toBen);
    floor.legEnds(call, 'refused');
    floor.answers(call);
    expect(floor.agent('ana').engaged).toMatchObject({ call, as: 'talking' });
    expect(floor.factsOf('TransferCancelled')).toMatchObject([{ because: 'returned' }]);
  });

  test('to a queue: the caller waits in its line, and whoever answers has completed the transfer', () => {
    const { floor, call } = talkingWithAna();
    floor.signIn('ben');
    begin(floor, call, 'blind', { queue: 'sales' as QueueId });
    expect(floor.offeredTo(call)).toBe('ben');
    floor.answers(call);
    expect(floor.factsOf('TransferCompleted')).toMatchObject([{ agent: 'ben' }]);
  });

  test('to a queue of which nobody is there: back to the transferor', () => {
    const { floor, call } = talkingWithAna();
    begin(floor, call, 'blind', { queue: 'sales' as QueueId });
    expect(floor.commandsOf(call, 'RingPhone').at(-1)).toMatchObject({ extension: '101' });
  });

  const partner = { number: '+33199000001' as OutsideNumber, country: 'FR', line: 'fixed' } as const;
  const outside = (floor: Floor, call: CallId) =>
    floor.handle({
      type: 'TransferAsked',
      at: floor.now,
      call,
      request: { is: 'begin', kind: 'blind', to: { number: '01 99 00 00 01' } },
      agent: 'ana' as AgentId,
      read: partner,
    });

  test('to a number outside goes by the routes of calls to outside', () => {
    const { floor, call } = talkingWithAna(aPolicy({ outbound: anOutbound(['second', 'demo']) }));
    outside(floor, call);
    expect(floor.commandsOf(call, 'RingOutside')).toMatchObject([{ number: '+33199000001', trunk: 'second' }]);
  });

  test('to a number outside that whoever transfers may not call is refused, and so is any where nobody calls outside', () => {
    const permissions = { roles: { none: ['internal'], all: ['national'] }, everyone: 'all', phones: {} } as const;
    const anas = { ...permissions, agents: { ['ana' as AgentId]: 'none' } };
    const { floor, call } = talkingWithAna(aPolicy({ outbound: anOutbound(['demo'], { permissions: anas }) }));
    expect(outside(floor, call).refusal).toBe('not-permitted');
    const plain = talkingWithAna();
    expect(outside(plain.floor, plain.call).refusal).toBe('no-route');
    expect(plain.floor.commandsOf(plain.call, 'RingOutside')).toEqual([]);
  });

  test('a caller who hangs up meanwhile ends it', () => {
    const { floor, call } = talkingWithAna();
    begin(floor, call, 'blind', toBen);
    floor.callerHangsUp(call);
    expect(floor.factsOf('TransferCancelled')).toMatchObject([{ because: 'caller-left' }]);
    expect(floor.agent('ben').engaged).toBeUndefined();
  });
});

describe('attended', () => {
  test('completed: the target has the caller, the transferor writes up, and the wait before is not lost', () => {
    const { floor, call } = consulting();
    floor.after(3000);
    ask(floor, call, { is: 'complete' });
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ben', wrapUpMs: 10_000 });
    expect(floor.agent('ana').presence.is).toBe('wrap-up');
    expect(floor.factsOf('CallAnswered').at(-1)).toMatchObject({ agent: 'ben', waitedMs: 5000 });
    floor.callerHangsUp(call);
    expect(floor.agent('ben').engaged).toBeUndefined();
  });

  test.each([
    ['cancelled', 'asked', (floor: Floor, call: CallId) => ask(floor, call, { is: 'cancel' })],
    [
      'the target hangs up',
      'target-left',
      (floor: Floor, call: CallId, leg: never) => floor.happen(call, { type: 'LegEnded', leg, cause: 'hung-up' }),
    ],
  ] as const)('%s: the two talk again as before', (_, because, end) => {
    const { floor, call, leg } = consulting();
    end(floor, call, leg as never);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana' });
    expect(floor.agent('ben').engaged).toBeUndefined();
    expect(floor.factsOf('TransferCancelled')).toMatchObject([{ because }]);
  });

  test('the transferor hangs up: it is complete, or completed blind while the phone still rings', () => {
    const { floor, call } = consulting();
    floor.happen(call, { type: 'LegEnded', leg: floor.legOf(call), cause: 'hung-up' });
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ben' });

    const ringing = talkingWithAna();
    begin(ringing.floor, ringing.call, 'attended', toBen);
    ringing.floor.happen(ringing.call, { type: 'LegEnded', leg: ringing.floor.legOf(ringing.call), cause: 'hung-up' });
    expect(ringing.floor.call(ringing.call).phase).toBe('ringing');
    ringing.floor.answers(ringing.call);
    expect(ringing.floor.factsOf('TransferCompleted')).toMatchObject([{ kind: 'attended', agent: 'ben' }]);
  });

  test('Asterisk is gone with all of them: nobody talks on, and both agents are free at once', () => {
    const { floor, call } = consulting();
    floor.happen(call, { type: 'LostWithAsterisk' });
    expect([...floor.exchange.calls.keys()]).toEqual([]);
    expect([floor.agent('ana').engaged, floor.agent('ben').engaged]).toEqual([undefined, undefined]);
  });

  test('the caller hangs up: the two go on in a call of their own, which ends with them', () => {
    const { floor, call } = consulting();
    floor.callerHangsUp(call);
    expect(floor.factsOf('CallEnded')).toMatchObject([{ call, endedBy: 'caller' }]);
    const [rest] = floor.exchange.calls.values();
    expect(rest).toMatchObject({ phase: 'talking', from: 'phone', source: '101', agent: 'ben' });
    if (rest === undefined) throw new Error('no call is left');
    expect(floor.agent('ana').engaged).toMatchObject({ call: rest.id, as: 'dialling' });
    // Its legs still bear the name of the call that has ended; after a restart they are known all the same.
    expect(floor.restart().exchange.ownerOf(rest.caller)).toBe(rest.id);
    floor.callerHangsUp(rest.id);
    expect(floor.exchange.calls.size).toBe(0);
  });

  test('a queue is asked by whoever of it is free; a busy phone is not asked at all', () => {
    const { floor, call } = talkingWithAna();
    expect(begin(floor, call, 'attended', { queue: 'sales' as QueueId }).refusal).toBe('nobody-free');
    floor.signIn('ben');
    begin(floor, call, 'attended', { queue: 'sales' as QueueId });
    expect(floor.commandsOf(call, 'RingPhone').at(-1)).toMatchObject({ extension: '102' });
    const second = floor.signIn('chloe').arrive(support);
    floor.answers(second);
    expect(begin(floor, second, 'attended', toBen).refusal).toBe('target-busy');
  });
});

describe('by a phone’s own keys', () => {
  test('a number that leads nowhere is refused, and the conversation goes on', () => {
    const { floor, call } = talkingWithAna();
    const leg = floor.legOf(call);
    floor.handle({ type: 'PhoneTransferred', at: floor.now, leg, to: { dialled: '9' } });
    expect(floor.commandsOf(call, 'NotifyTransfer')).toMatchObject([{ channel: leg, outcome: 'refused' }]);
    expect(floor.call(call).phase).toBe('talking');
  });

  test('two calls are joined: the customer’s goes on with the other’s party, and the phone’s legs go', () => {
    const { floor, call } = talkingWithAna();
    const word = floor.arrive('102', { from: 'phone', source: '101' });
    floor.answers(word);
    const [leg, other, party] = [floor.legOf(call), floor.call(word).caller, floor.legOf(word)];
    floor.handle({ type: 'PhoneTransferred', at: floor.now, leg, to: { leg: other } });
    expect([...floor.exchange.calls.keys()]).toEqual([call]);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ben', leg: party });
    expect(floor.exchange.ownerOf(party)).toBe(call);
    expect(floor.commandsOf(call, 'HangUp').map(({ channel }) => channel)).toEqual([leg, other]);
    expect(floor.agent('ana').presence.is).toBe('wrap-up');
    expect(floor.agent('ben').presence.is).toBe('signed-out');
  });

  test('before anybody has answered there, the call goes where the phone was going', () => {
    const { floor, call } = talkingWithAna();
    const word = floor.arrive('102', { from: 'phone', source: '101' });
    const { caller } = floor.call(word);
    floor.handle({ type: 'PhoneTransferred', at: floor.now, leg: floor.legOf(call), to: { leg: caller } });
    expect([...floor.exchange.calls.keys()]).toEqual([call]);
    expect(floor.call(call)).toMatchObject({ phase: 'ringing', extension: '102' });
  });
});

describe('hold', () => {
  test('by the phone: the board shows it, and the same phone takes it back', () => {
    const { floor, call } = talkingWithAna();
    const leg = floor.legOf(call);
    floor.happen(call, { type: 'LegHeld', leg });
    expect(floor.commandsOf(call, 'StartMusic').at(-1)).toMatchObject({ channel: floor.call(call).caller });
    expect(floor.board.call(call)).toMatchObject({ onHold: true });
    expect(floor.handle({ type: 'HoldAsked', at: floor.now, call, on: false }).refusal).toBe('held-by-phone');
    floor.happen(call, { type: 'LegResumed', leg });
    expect(floor.board.call(call)).toMatchObject({ onHold: false });
  });

  test('by a page: the two are parted, and brought together again; twice is once', () => {
    const { floor, call } = talkingWithAna();
    for (const on of [true, true, false, false]) floor.handle({ type: 'HoldAsked', at: floor.now, call, on });
    expect(floor.commandsOf(call, 'Part')).toMatchObject([{ channel: floor.legOf(call) }]);
    expect(floor.commandsOf(call, 'Connect').at(-1)).toMatchObject({ leg: floor.legOf(call), music: true });
    expect(floor.factsOf('CallHeld')).toHaveLength(1);
    expect(floor.factsOf('CallResumed')).toHaveLength(1);
  });
});
