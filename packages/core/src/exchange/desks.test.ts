import { aDirectory, aPolicy, aQueue, Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { AgentId, CallId, Extension, OutsideNumber, QueueId } from '../ids.ts';
import { whyOf } from '../metrics/why.ts';
import { candidatesOf, decisionAbout } from '../routing/candidates.ts';
import { type Desk, type Forwarding, plainDesk } from './desk.ts';

const withDesks = (desks: Readonly<Record<string, Partial<Desk>>>): Floor => {
  const directory = aDirectory();
  return new Floor(aPolicy(), {
    ...directory,
    phones: directory.phones.map((phone) => ({ ...phone, desk: { ...plainDesk, ...desks[phone.extension] } })),
  });
};
const forwards = (forwarding: Forwarding): Partial<Desk> => ({ forwarding });
const dial = (floor: Floor, from: string, dialled: string): CallId =>
  floor.arrive(dialled, { from: 'phone', source: from, ani: from });
const said = (floor: Floor, call: CallId) => floor.commandsOf(call, 'Play').at(-1)?.prompts;
const rung = (floor: Floor, call: CallId) => floor.commandsOf(call, 'RingPhone').map(({ extension }) => extension);

describe('a phone that forwards', () => {
  test('sends every call on to another phone, and says so', () => {
    const floor = withDesks({ '101': forwards({ always: { number: '110' } }) });
    const call = floor.arrive('+33170000101');
    expect(rung(floor, call)).toEqual(['110']);
    expect(floor.factsOf('CallForwarded')).toMatchObject([{ extension: '101', to: '110', occasion: 'always' }]);
  });

  test('sends a call on when its agent talks', () => {
    const floor = withDesks({ '101': forwards({ busy: { number: '110' } }) });
    const first = floor.arrive('+33170000101');
    floor.answers(first);
    const second = floor.arrive('+33170000101');
    expect(rung(floor, second)).toEqual(['110']);
  });

  test('sends a call on that it declines', () => {
    const floor = withDesks({ '101': forwards({ busy: { number: '110' } }) });
    const call = floor.arrive('+33170000101');
    floor.legEnds(call, 'busy');
    expect(rung(floor, call)).toEqual(['101', '110']);
  });

  test('rings for as long as it says, and then sends the call on', () => {
    const floor = withDesks({ '101': forwards({ noAnswer: { number: '110', afterMs: 5000 } }) });
    const call = floor.arrive('+33170000101');
    floor.timePasses(call, 4999);
    expect(rung(floor, call)).toEqual(['101']);
    floor.timePasses(call, 1);
    expect(rung(floor, call)).toEqual(['101', '110']);
  });

  test('sends calls to the queue of a number, and outside over a trunk', () => {
    const floor = withDesks({
      '101': forwards({ always: { number: '+33170000011' } }),
      '102': forwards({ always: { number: '+33612340000', trunk: 'demo' } }),
    });
    const call = floor.arrive('+33170000101');
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'support' });
    const other = dial(floor, '110', '102');
    expect(floor.commandsOf(other, 'RingOutside')).toMatchObject([{ number: '+33612340000', trunk: 'demo' }]);
  });

  test('in a circle comes to an end with a sentence', () => {
    const floor = withDesks({
      '101': forwards({ always: { number: '102' } }),
      '102': forwards({ always: { number: '101' } }),
    });
    const call = floor.arrive('+33170000101');
    expect(rung(floor, call)).toEqual([]);
    expect(floor.factsOf('CallForwarded')).toHaveLength(5);
    expect(said(floor, call)).toEqual([{ sound: 'cordboard/sorry-nobody' }]);
    floor.promptEnds(call);
    expect(floor.exchange.calls.size).toBe(0);
  });

  test('in a circle through a number of the house comes to an end too', () => {
    const floor = withDesks({ '101': forwards({ always: { number: '+33170000101' } }) });
    const call = floor.arrive('+33170000101');
    expect(floor.factsOf('CallForwarded')).toHaveLength(5);
    expect(said(floor, call)).toEqual([{ sound: 'cordboard/sorry-nobody' }]);
  });

  test('is rung all the same when a queue offers its agent a call', () => {
    const floor = withDesks({ '101': forwards({ always: { number: '110' } }) }).signIn('ana');
    expect(rung(floor, floor.arrive('+33170000011'))).toEqual(['101']);
  });
});

describe('the codes that a phone dials', () => {
  test('send its calls on, say so, and end it again', () => {
    const floor = new Floor();
    const on = dial(floor, '101', '*21*102#');
    expect(said(floor, on)).toEqual([{ sound: 'cordboard/forwarding-on' }]);
    expect(rung(floor, floor.arrive('+33170000101'))).toEqual(['102']);
    expect(said(floor, dial(floor, '101', '#21#'))).toEqual([{ sound: 'cordboard/forwarding-off' }]);
    expect(rung(floor, floor.arrive('+33170000101'))).toEqual(['101']);
  });

  test('say after how long', () => {
    const floor = new Floor();
    dial(floor, '101', '*61*102*7#');
    expect(floor.factsOf('DeskChanged')).toMatchObject([
      { extension: '101', by: 'phone', desk: { forwarding: { noAnswer: { number: '102', afterMs: 7000 } } } },
    ]);
  });

  test.each(['*21*+33612340000#', '*21*101#', '*21*999#'])(
    'do not send calls where the house has nobody: %s',
    (code) => {
      const floor = new Floor();
      expect(said(floor, dial(floor, '101', code))).toEqual([{ sound: 'cordboard/unknown-number' }]);
      expect(floor.factsOf('DeskChanged')).toEqual([]);
    },
  );
});

describe('who does not want to be disturbed', () => {
  test('is busy for who calls the phone, and passed over by queues with the reason', () => {
    const floor = new Floor().signIn('ana', 'ben');
    dial(floor, '101', '*25');
    const direct = floor.arrive('+33170000101');
    expect(rung(floor, direct)).toEqual([]);
    const call = floor.arrive('+33170000011');
    expect(floor.offeredTo(call)).toBe('ben');
    const [offered] = floor.factsOf('AgentOffered');
    expect(offered && candidatesOf(decisionAbout(offered.decision, 'ana' as AgentId))[0]?.reason).toBe(
      'does not want to be disturbed',
    );
  });

  test('has the call sent on that is for when busy', () => {
    const floor = withDesks({ '101': { doNotDisturb: true, forwarding: { busy: { number: '110' } } } });
    expect(rung(floor, floor.arrive('+33170000101'))).toEqual(['110']);
  });

  test('can be offered calls again by dialling the same', () => {
    const floor = new Floor().signIn('ana');
    dial(floor, '101', '*25');
    const call = floor.arrive('+33170000011');
    expect(floor.offeredTo(call)).toBeUndefined();
    dial(floor, '101', '*25');
    expect(floor.offeredTo(call)).toBe('ana');
  });
});

describe('pick-up', () => {
  const pickUp = (floor: Floor, from: string, wanted: string) => dial(floor, from, `*8${wanted}`);

  test('takes the call that rings at another phone; that one stops ringing', () => {
    const floor = new Floor();
    const call = floor.arrive('+33170000101');
    const leg = floor.legOf(call);
    const dialling = pickUp(floor, '102', '101');
    expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '102', agent: 'ben' });
    expect(floor.commandsOf(call, 'HangUp')).toEqual([{ type: 'HangUp', channel: leg, cause: 'answered-elsewhere' }]);
    expect(floor.exchange.calls.has(dialling)).toBe(false);
    expect(floor.agent('ben').engaged).toMatchObject({ call, as: 'talking' });
    expect(floor.agent('ana').engaged).toBeUndefined();
    const why = whyOf(floor.facts.filter((fact) => 'call' in fact && fact.call === call) as never);
    expect(why?.steps.find(({ is }) => is === 'picked-up')).toMatchObject({
      extension: '101',
      by: '102',
      agent: 'ben',
    });
  });

  test('takes a queue’s call from the agent it is offered to, who is not held to have missed it', () => {
    const floor = new Floor().signIn('ana');
    const call = floor.arrive('+33170000011');
    pickUp(floor, '110', '101');
    expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '110' });
    expect(floor.agent('ana')).toMatchObject({ missed: 0 });
    expect(floor.factsOf('OfferEnded')).toMatchObject([{ agent: 'ana', outcome: 'answered-elsewhere' }]);
  });

  test.each([false, true])('the call ends when who picked up hangs up, after a restart too: %s', (restarted) => {
    const floor = new Floor();
    const call = floor.arrive('+33170000101');
    pickUp(floor, '102', '101');
    const leg = floor.legOf(call);
    if (restarted) floor.restart();
    floor.happen(floor.exchange.ownerOf(leg), { type: 'LegEnded', leg, cause: 'hung-up' });
    expect(floor.exchange.calls.size).toBe(0);
    expect(floor.agent('ben').engaged).toBeUndefined();
  });

  test('says so when nothing rings there', () => {
    const floor = new Floor();
    expect(said(floor, pickUp(floor, '102', '101'))).toEqual([{ sound: 'cordboard/nothing-to-pick-up' }]);
  });
});

describe('an agent elsewhere', () => {
  const elsewhere = (): Floor => {
    const directory = aDirectory();
    const contact = { number: '+33612340000' as OutsideNumber, trunk: 'demo' };
    const floor = new Floor(aPolicy(), {
      ...directory,
      agents: directory.agents.map((agent) => (agent.id === 'ana' ? { ...agent, contact } : agent)),
    });
    floor.handle({ type: 'PhoneReachable', at: floor.now, extension: '101' as Extension, reachable: false });
    return floor.signIn('ana', 'ben');
  };

  test('is rung outside, asked to press 1, and connected only then', () => {
    const floor = elsewhere();
    const call = floor.arrive('+33170000011');
    expect(floor.commandsOf(call, 'RingOutside')).toMatchObject([{ number: '+33612340000', trunk: 'demo' }]);
    floor.answers(call);
    expect(floor.commandsOf(call, 'Connect')).toEqual([]);
    expect(said(floor, call)?.[0]).toEqual({ sound: 'cordboard/press-1-to-accept' });
    const leg = floor.legOf(call);
    floor.happen(call, { type: 'DigitPressed', leg, digit: '5' });
    expect(floor.commandsOf(call, 'Connect')).toEqual([]);
    floor.happen(call, { type: 'DigitPressed', leg, digit: '1' });
    expect(floor.commandsOf(call, 'Connect')).toHaveLength(1);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana', extension: '+33612340000' });
  });

  test.each([
    ['lets the sentence pass', (floor: Floor, call: CallId) => floor.timePasses(call, 15_000)],
    ['hangs up', (floor: Floor, call: CallId) => floor.legEnds(call, 'hung-up')],
  ])('who answers and %s has missed the call, and the next is offered it', (_, act) => {
    const floor = elsewhere();
    const call = floor.arrive('+33170000011');
    floor.answers(call);
    act(floor, call);
    expect(floor.offeredTo(call)).toBe('ben' as AgentId);
    expect(floor.agent('ana').missed).toBe(1);
  });
});

describe('how a phone rings', () => {
  test('says which line calls, by the ringtone of the queue', () => {
    const policy = aPolicy();
    const floor = new Floor({
      ...policy,
      queues: { ...policy.queues, ['support' as QueueId]: aQueue({ name: 'Support', ringtone: 'Ring4' }) },
    }).signIn('ana');
    expect(floor.commandsOf(floor.arrive('+33170000011'), 'RingPhone')).toMatchObject([{ ringtone: 'Ring4' }]);
  });

  test('is asked to answer by itself when it is set so, and no other', () => {
    const floor = withDesks({ '101': { autoAnswer: true } });
    expect(floor.commandsOf(floor.arrive('+33170000101'), 'RingPhone')).toMatchObject([{ autoAnswer: true }]);
    const other = dial(floor, '101', '110');
    expect(floor.commandsOf(other, 'RingPhone')[0]?.autoAnswer).toBeUndefined();
  });
});
