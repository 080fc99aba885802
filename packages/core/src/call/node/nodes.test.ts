import { aFlow, aPolicy, Floor, flows } from '@cordboard/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Customer } from '../../customer.ts';
import type { AgentId, CallId, ChannelId, Extension, FlowId, NodeId, OutsideNumber, QueueId } from '../../ids.ts';
import { createBoardProjection } from '../../metrics/projection.ts';
import type { Flow, FlowNode } from '../../policy/flow.ts';
import type { Policy } from '../../policy/policy.ts';
import { Secret } from '../../secret.ts';
import { callDeadline } from '../deadline.ts';
import { callView } from '../view.ts';

const node = (id: string): NodeId => id as NodeId;
const end: FlowNode = { kind: 'hangup' };
const said = (sound: string): FlowNode => ({ kind: 'say', sounds: [sound], next: node('end') });

/** A house whose only number leads to these nodes; ways out are `yes`, `no`, `slow`. */
const houseOf = (start: string, nodes: Record<string, FlowNode>, changes: Partial<Policy> = {}): Floor =>
  new Floor(
    aPolicy({
      numbers: [{ number: '+331', name: 'One', language: 'fr', flow: 'one' as FlowId, attributes: { line: 'gold' } }],
      flows: flows({
        one: aFlow(start, { yes: said('yes'), no: said('no'), slow: said('slow'), ...nodes, end }) as Flow,
      }),
      ...changes,
    }),
  );

const at = (floor: Floor, call: CallId): string | undefined => {
  const state = floor.exchange.calls.get(call);
  return state !== undefined && 'node' in state ? state.node : undefined;
};
const attributes = (floor: Floor, call: CallId) => floor.call(call).attributes;
const keys = (floor: Floor, call: CallId, digits: string): void => {
  for (const digit of digits) floor.presses(call, digit);
};
const due = (floor: Floor, call: CallId): void => {
  const when = callDeadline(floor.call(call));
  if (when === undefined) throw new Error('the call waits for nothing');
  floor.timePasses(call, when - floor.now);
};
const zoe: Customer = { id: 'z', name: 'Zoë', segment: 'vip', owner: 'ana' as AgentId, openCase: 'C-7' };

describe('attributes', () => {
  test('of the number dialled and of a set node are seen by later nodes, the board and the record', () => {
    const floor = houseOf('set', {
      set: { kind: 'set', attributes: { greeting: 'Line {attribute:line} for {caller.number}' }, next: node('which') },
      which: {
        kind: 'branch',
        cases: [{ when: { fact: 'attribute:line', is: 'equals', value: 'gold' }, to: node('yes') }],
        otherwise: node('no'),
      },
    });
    const call = floor.arrive('+331', { ani: '+336' });
    expect(at(floor, call)).toBe('yes');
    expect(attributes(floor, call)).toEqual({ line: 'gold', greeting: 'Line gold for +336' });
    const board = createBoardProjection();
    for (const fact of floor.facts) board.apply(fact);
    expect(board.call(call)).toEqual(callView(floor.call(call)));
    expect(floor.factsOf('FlowStepped').map(({ because }) => because)).toContain('attribute:line equals gold');
  });
});

describe('a branch', () => {
  const lists = { partners: ['+33 1 99', '0033 2'] };
  const asked = (when: Extract<FlowNode, { kind: 'branch' }>['cases'][number]['when']): Floor =>
    houseOf(
      'b',
      { b: { kind: 'branch', cases: [{ when, to: node('yes') }], otherwise: node('no') } },
      { lists, switches: { night: { name: 'Night', digits: '1' } } },
    );
  test.each([
    [{ fact: 'caller.number', is: 'starts-with', value: '+33' } as const, 'yes'],
    [{ fact: 'caller.number', is: 'in-list', value: 'partners' } as const, 'yes'],
    [{ fact: 'dialled', is: 'one-of', value: ['+332', '+331'] } as const, 'yes'],
    [{ fact: 'queue:support.length', is: 'at-most', value: 0 } as const, 'yes'],
    [{ fact: 'queue:support.ready', is: 'at-least', value: 2 } as const, 'no'],
    [{ fact: 'queue:support.ready', is: 'at-least', value: 1 } as const, 'yes'],
    [{ fact: 'switch:night', is: 'present' } as const, 'no'],
    [{ fact: 'customer.segment', is: 'absent' } as const, 'yes'],
    [{ fact: 'calls.last7days', is: 'at-least', value: 0 } as const, 'no'],
    [
      {
        any: [
          { fact: 'language', is: 'equals', value: 'en' } as const,
          { fact: 'language', is: 'equals', value: 'fr' } as const,
        ],
      },
      'yes',
    ],
    [
      {
        all: [
          { fact: 'language', is: 'equals', value: 'en' } as const,
          { fact: 'language', is: 'equals', value: 'fr' } as const,
        ],
      },
      'no',
    ],
  ])('%j leads to %s', (when, to) => {
    const floor = asked(when).signIn('ana');
    expect(at(floor, floor.arrive('+331', { ani: '+33199' }))).toBe(to);
  });
});

describe('what is said', () => {
  test('differs by language and by segment', () => {
    const floor = houseOf('who', {
      who: { kind: 'identify', waitMs: 1000, known: node('hello'), unknown: node('hello'), slow: node('hello') },
      hello: {
        kind: 'say',
        sounds: ['plain'],
        variants: [
          { segment: 'vip', language: 'en', sounds: ['vip-en'] },
          { segment: 'vip', sounds: ['vip'] },
          { language: 'fr', sounds: ['bonjour'] },
        ],
        next: node('end'),
      },
    });
    const [vip, stranger] = [floor.arrive('+331'), floor.arrive('+331')];
    floor.happen(vip, { type: 'CallerIdentified', customer: zoe, tookMs: 5 });
    floor.happen(stranger, { type: 'CallerIdentified', customer: null, tookMs: 5 });
    expect(floor.commandsOf(vip, 'Play').at(-1)?.prompts).toEqual([{ sound: 'vip' }]);
    expect(floor.commandsOf(stranger, 'Play').at(-1)?.prompts).toEqual([{ sound: 'bonjour' }]);
  });
});

describe('keying in', () => {
  const collect = (changes: Partial<Extract<FlowNode, { kind: 'collect' }>> = {}): FlowNode => ({
    kind: 'collect',
    attribute: 'order',
    sounds: ['ask'],
    min: 3,
    max: 6,
    terminator: '#',
    waitMs: 5000,
    betweenMs: 3000,
    tries: 2,
    secret: false,
    invalidSounds: ['wrong'],
    noInputSounds: ['silence'],
    next: node('yes'),
    otherwise: node('no'),
    ...changes,
  });

  test.each([
    ['1234#', 'ended by the terminator'],
    ['123456', 'as many as there can be'],
  ])('%s: %s', (digits) => {
    const floor = houseOf('c', { c: collect() });
    const call = floor.arrive('+331');
    keys(floor, call, digits);
    expect(at(floor, call)).toBe('yes');
    expect(attributes(floor, call)).toMatchObject({ order: digits.replace('#', '') });
    expect(floor.commandsOf(call, 'StopPlaying')).toHaveLength(1);
  });

  test('a pause between digits ends it, and one that is too early begins it again', () => {
    const floor = houseOf('c', { c: collect() });
    const call = floor.arrive('+331');
    keys(floor, call, '12');
    due(floor, call);
    expect(floor.commandsOf(call, 'Play').at(-1)?.prompts).toEqual([{ sound: 'wrong' }, { sound: 'ask' }]);
    keys(floor, call, '456');
    due(floor, call);
    expect(attributes(floor, call)).toMatchObject({ order: '456' });
  });

  test('who keys in nothing, twice, goes on by another way', () => {
    const floor = houseOf('c', { c: collect() });
    const call = floor.arrive('+331');
    for (let tries = 0; tries < 2; tries += 1) {
      floor.promptEnds(call);
      due(floor, call);
    }
    expect(at(floor, call)).toBe('no');
  });

  test('what was keyed in is said back, and counts when the caller agrees', () => {
    const floor = houseOf('c', { c: collect({ confirm: { before: ['you-entered'], after: ['press-1'] } }) });
    const call = floor.arrive('+331');
    keys(floor, call, '999#');
    expect(floor.commandsOf(call, 'Play').at(-1)?.prompts).toEqual([
      { sound: 'you-entered' },
      { digits: '999' },
      { sound: 'press-1' },
    ]);
    floor.presses(call, '2');
    expect(attributes(floor, call)).toEqual({ line: 'gold' });
    keys(floor, call, '123#1');
    expect(attributes(floor, call)).toMatchObject({ order: '123' });
    expect(at(floor, call)).toBe('yes');
  });

  test('what is secret is in no fact, no saved state and no prompt, and goes to the system that it is meant for', () => {
    const floor = houseOf('c', {
      c: collect({ attribute: 'pin', secret: true, next: node('ask') }),
      ask: {
        kind: 'http',
        method: 'POST',
        url: 'https://bank.example/check',
        headers: {},
        body: { pin: '{attribute:pin}', line: '{attribute:line}' },
        timeoutMs: 1000,
        map: {},
        next: node('yes'),
        failed: node('no'),
      },
    });
    const saved: string[] = [];
    const call = floor.arrive('+331');
    for (const digit of '8642#') saved.push(JSON.stringify([...floor.presses(call, digit).calls.values()]));
    expect(floor.commandsOf(call, 'AskHttp')).toMatchObject([{ body: '{"pin":"8642","line":"gold"}' }]);
    const written = JSON.stringify([floor.facts, saved, floor.commandsOf(call, 'Play')]);
    expect(written).not.toContain('8642');
    expect(attributes(floor, call)).toMatchObject({ pin: '••••' });
    expect(String(new Secret('8642'))).not.toContain('8642');
  });

  test('a secret that a restart has forgotten is not asked for with another value', () => {
    const ask: FlowNode = {
      kind: 'http',
      method: 'GET',
      url: 'https://bank.example/{attribute:pin}',
      headers: {},
      body: {},
      timeoutMs: 1000,
      map: {},
      next: node('yes'),
      failed: node('no'),
    };
    const floor = houseOf('c', {
      c: collect({ attribute: 'pin', secret: true, next: node('wait') }),
      wait: { kind: 'say', sounds: ['wait'], next: node('ask') },
      ask,
    });
    const call = floor.arrive('+331');
    keys(floor, call, '8642#');
    const forgotten = JSON.parse(JSON.stringify(floor.call(call)));
    floor.exchange.restore({ calls: [forgotten], agents: [] }, []);
    floor.promptEnds(call);
    expect(floor.commandsOf(call, 'AskHttp')).toEqual([]);
    expect(at(floor, call)).toBe('no');
  });
});

describe('recognising the caller', () => {
  const who: FlowNode = { kind: 'identify', waitMs: 800, known: node('yes'), unknown: node('no'), slow: node('slow') };
  let floor: Floor;
  beforeEach(() => {
    floor = houseOf('who', { who });
  });

  test.each([
    [{ type: 'CallerIdentified', customer: zoe, tookMs: 3 } as const, 'yes'],
    [{ type: 'CallerIdentified', customer: null, tookMs: 3 } as const, 'no'],
    [{ type: 'LookUpFailed' } as const, 'slow'],
  ])('%j', (event, to) => {
    const call = floor.arrive('+331');
    expect(floor.commandsOf(call, 'IdentifyCaller')).toHaveLength(1);
    floor.happen(call, event);
    expect(at(floor, call)).toBe(to);
  });

  test('takes no longer than it may; what comes later is on the card all the same', () => {
    const call = floor.arrive('+331');
    floor.timePasses(call, 800);
    expect(at(floor, call)).toBe('slow');
    floor.happen(call, { type: 'CallerIdentified', customer: zoe, tookMs: 5000 });
    expect(at(floor, call)).toBe('slow');
    expect(floor.call(call).customer).toEqual(zoe);
  });

  test('takes no time for who shows no number', () => {
    expect(at(floor, floor.arrive('+331', { ani: '' }))).toBe('no');
  });

  test('tells how often they have called, and how long ago', () => {
    const day = 86_400_000;
    const house = houseOf('who', {
      who: { ...who, known: node('often') } as FlowNode,
      often: {
        kind: 'branch',
        cases: [
          { when: { fact: 'calls.last7days', is: 'at-least', value: 2 }, to: node('yes') },
          { when: { fact: 'calls.last30days', is: 'at-least', value: 2 }, to: node('slow') },
        ],
        otherwise: node('no'),
      },
    });
    for (const [ago, to] of [
      [[1, 2], 'yes'],
      [[1, 9], 'slow'],
      [[1, 40], 'no'],
    ] as const) {
      const call = house.arrive('+331');
      const lastCalls = ago.map((days) => (house.now - days * day) as typeof house.now);
      house.happen(call, { type: 'CallerIdentified', customer: zoe, lastCalls, tookMs: 3 });
      expect(at(house, call)).toBe(to);
    }
  });
});

describe('asking another system', () => {
  const ask: FlowNode = {
    kind: 'http',
    method: 'GET',
    url: 'https://shop.example/orders?of={caller.number}',
    headers: {},
    body: {},
    timeoutMs: 2000,
    map: { status: '/order/status', parcels: '/order/parcels' },
    next: node('yes'),
    failed: node('no'),
  };
  const asked = () => {
    const floor = houseOf('ask', { ask });
    const call = floor.arrive('+331', { ani: '+336&x=1' });
    const question = floor.commandsOf(call, 'AskHttp')[0];
    if (question === undefined) throw new Error('nothing was asked');
    return { floor, call, question };
  };

  test('what it answers becomes attributes; what the caller says of themselves stays one value of the address', () => {
    const { floor, call, question } = asked();
    expect(question.url).toBe('https://shop.example/orders?of=%2B336%26x%3D1');
    const body = { order: { status: 'sent', parcels: 2 } };
    floor.happen(call, { type: 'HttpAnswered', ask: question.ask, answer: { ok: true, body }, tookMs: 40 });
    expect(attributes(floor, call)).toMatchObject({ status: 'sent', parcels: '2' });
    expect(at(floor, call)).toBe('yes');
  });

  test.each([
    [{ ok: true, body: { order: { status: 'sent' } } } as const, 'no text or number at /order/parcels'],
    [{ ok: false, because: 'shop.example answered 500' } as const, 'answered 500'],
  ])('%j leads to the other way out', (answer, because) => {
    const { floor, call, question } = asked();
    floor.happen(call, { type: 'HttpAnswered', ask: question.ask, answer, tookMs: 40 });
    expect(at(floor, call)).toBe('no');
    expect(floor.factsOf('HttpAnswered')).toMatchObject([{ ok: false, because: expect.stringContaining(because) }]);
  });

  test('an answer that comes too late is nobody’s any more', () => {
    const { floor, call, question } = asked();
    due(floor, call);
    expect(at(floor, call)).toBe('no');
    const late = { ok: true, body: { order: { status: 'sent', parcels: 1 } } } as const;
    floor.happen(call, { type: 'HttpAnswered', ask: question.ask, answer: late, tookMs: 5000 });
    expect(attributes(floor, call)).toEqual({ line: 'gold' });
  });
});

describe('ringing', () => {
  const group: FlowNode = {
    kind: 'ring-group',
    extensions: ['101', '102', '103'] as Extension[],
    forMs: 20_000,
    noAnswer: node('no'),
  };
  const legs = (floor: Floor, call: CallId): readonly ChannelId[] => {
    const state = floor.call(call);
    return state.phase === 'ringing' ? state.legs.map(({ leg }) => leg) : [];
  };

  test('of a group: all ring, the first to answer has the call, the others are told that it was answered elsewhere', () => {
    const floor = houseOf('g', { g: group }).signIn('ana', 'ben', 'chloe');
    const call = floor.arrive('+331');
    const [first, second, third] = legs(floor, call) as [ChannelId, ChannelId, ChannelId];
    floor.happen(call, { type: 'LegEnded', leg: first, cause: 'refused' });
    expect(floor.agent('ana').engaged).toBeUndefined();
    floor.happen(call, { type: 'LegAnswered', leg: third });
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'chloe' });
    expect(floor.commandsOf(call, 'HangUp')).toEqual([
      { type: 'HangUp', channel: second, cause: 'answered-elsewhere' },
    ]);
    expect(floor.agent('ben').engaged).toBeUndefined();
    const board = createBoardProjection();
    for (const fact of floor.facts) board.apply(fact);
    expect(board.call(call)).toEqual(callView(floor.call(call)));
  });

  test('of a group that does not answer goes on when the last has declined, or the time is over', () => {
    const floor = houseOf('g', { g: group });
    const declined = floor.arrive('+331');
    for (const leg of legs(floor, declined)) floor.happen(declined, { type: 'LegEnded', leg, cause: 'busy' });
    const ignored = floor.arrive('+331');
    floor.timePasses(ignored, 20_000);
    expect([at(floor, declined), at(floor, ignored)]).toEqual(['no', 'no']);
    expect(floor.commandsOf(ignored, 'HangUp')).toHaveLength(3);
  });

  test('of those on call: in their order, those on another call passed over, then the way out', () => {
    const rosters = {
      night: {
        name: 'Night',
        timeZone: 'Europe/Paris',
        order: [
          { extension: '101' as Extension, forMs: 10_000 },
          { number: '+33699000001' as OutsideNumber, trunk: 'demo', forMs: 15_000 },
        ],
        // The floor's first day is 2025-06-15, a Sunday: the 24th week.
        weeks: {
          '2025-W24': [
            { extension: '103' as Extension, forMs: 5000 },
            { extension: '102' as Extension, forMs: 10_000 },
          ],
        },
      },
    };
    const nodes: Record<string, FlowNode> = { n: { kind: 'on-call', roster: 'night', noAnswer: node('no') } };
    const floor = houseOf('n', nodes, { rosters });
    const call = floor.arrive('+331');
    expect(floor.call(call)).toMatchObject({ phase: 'ringing', extension: '103' });
    floor.timePasses(call, 5000);
    expect(floor.call(call)).toMatchObject({ phase: 'ringing', extension: '102' });
    floor.timePasses(call, 10_000);
    expect(at(floor, call)).toBe('no');

    const later = houseOf('n', nodes, { rosters })
      .signIn('ana')
      .after(86_400_000 * 2);
    later.arrive('101', { from: 'phone', source: '110' });
    const second = later.arrive('+331');
    expect(later.call(second)).toMatchObject({ phase: 'ringing', extension: '+33699000001' });
    expect(later.commandsOf(second, 'RingOutside')).toMatchObject([{ trunk: 'demo', number: '+33699000001' }]);
  });

  test('outside takes along what the flow says, and no value can say more', () => {
    const floor = houseOf('set', {
      set: { kind: 'set', attributes: { order: '7\r\nX-Evil: 1&call=2' }, next: node('out') },
      out: {
        kind: 'transfer',
        number: '+33199000001' as OutsideNumber,
        trunk: 'demo',
        forMs: 20_000,
        attributes: ['order', 'nothing'],
        noAnswer: node('no'),
      },
    });
    const call = floor.arrive('+331');
    expect(floor.commandsOf(call, 'RingOutside')[0]?.headers).toEqual({
      'X-Cordboard-Context': `call=${call}&order=7%0D%0AX-Evil%3A%201%26call%3D2`,
    });
    floor.answers(call);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '+33199000001' });
    expect(floor.factsOf('CallAnswered')).toMatchObject([{ agent: null, extension: '+33199000001' }]);
  });
});

describe('voicemail', () => {
  const box: FlowNode = {
    kind: 'voicemail',
    box: 'support',
    sounds: ['leave-a-message'],
    maxMs: 60_000,
    silenceMs: 5000,
    next: node('yes'),
  };
  const recording = (): { floor: Floor; call: CallId; name: string } => {
    const floor = houseOf('v', { v: box });
    const call = floor.arrive('+331');
    floor.promptEnds(call);
    const name = floor.commandsOf(call, 'Record')[0]?.recording ?? '';
    return { floor, call, name };
  };

  test('is greeted, recorded, and told with the name under which it is stored', () => {
    const { floor, call, name } = recording();
    floor.happen(call, { type: 'RecordingEnded', recording: name as never, durationMs: 7000 });
    expect(floor.factsOf('VoicemailLeft')).toMatchObject([{ box: 'support', recording: name, durationMs: 7000 }]);
    expect(at(floor, call)).toBe('yes');
  });

  test('is kept when the caller just hangs up', () => {
    const { floor, call, name } = recording();
    floor.after(4000).callerHangsUp(call);
    expect(floor.factsOf('VoicemailLeft')).toMatchObject([{ recording: name, durationMs: 4000 }]);
    expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'completed-in-flow', endedBy: 'caller' }]);
  });

  test('is none when the caller hangs up at the beep', () => {
    const { floor, call } = recording();
    floor.after(300).callerHangsUp(call);
    expect(floor.factsOf('VoicemailLeft')).toEqual([]);
    expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'abandoned' }]);
  });

  test('ends by itself should nobody ever say that it has ended', () => {
    const { floor, call } = recording();
    due(floor, call);
    expect(floor.commandsOf(call, 'StopRecording')).toHaveLength(1);
    expect(at(floor, call)).toBe('yes');
  });

  test('that cannot be recorded does not hold the caller', () => {
    const { floor, call, name } = recording();
    floor.happen(call, { type: 'CommandFailed', command: 'Record', recording: name as never });
    expect(at(floor, call)).toBe('yes');
  });
});

test('a survey after the conversation: the agent is free at once, the answer is theirs, the call counts as answered', () => {
  const floor = houseOf('q', {
    q: { kind: 'queue', queue: 'support' as QueueId, priority: 0, afterwards: node('survey') },
    survey: {
      kind: 'survey',
      question: 'satisfied',
      sounds: ['rate-us'],
      waitMs: 5000,
      tries: 2,
      invalidSounds: ['wrong'],
      next: node('yes'),
    },
  }).signIn('ana');
  const call = floor.arrive('+331');
  floor.answers(call);
  floor.after(30_000);
  floor.legEnds(call, 'hung-up');
  expect(floor.agent('ana').engaged).toBeUndefined();
  const board = createBoardProjection();
  for (const fact of floor.facts) board.apply(fact);
  expect(board.call(call)).toEqual(callView(floor.call(call)));
  floor.presses(call, '9');
  floor.presses(call, '4');
  expect(floor.factsOf('SurveyAnswered')).toMatchObject([{ question: 'satisfied', score: 4, agent: 'ana' }]);
  floor.callerHangsUp(call);
  expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'answered', talkedMs: 30_000 }]);
});

describe('offering to call back', () => {
  const offer: FlowNode = {
    kind: 'callback',
    queue: 'support' as QueueId,
    priority: 0,
    sounds: ['call-you-back'],
    confirm: { before: ['we-call'], after: ['press-1-or-2'] },
    numberSounds: ['your-number'],
    waitMs: 4000,
    tries: 2,
    accepted: node('yes'),
    declined: node('no'),
  };
  const house = (): Floor =>
    houseOf('q', {
      q: { kind: 'queue', queue: 'support' as QueueId, priority: 2, keys: { '1': node('offer') } },
      offer,
    });

  test('the number shown is agreed to, and the place in line is kept', () => {
    const floor = house();
    const call = floor.arrive('+331', { ani: '+33612345678' });
    const place = floor.factsOf('CallQueued')[0];
    floor.after(60_000);
    floor.presses(call, '1');
    keys(floor, call, '11');
    expect(floor.factsOf('CallbackRequested')).toMatchObject([
      { queue: 'support', number: '+33612345678', priority: 2, virtualArrival: place?.virtualArrival },
    ]);
    expect(at(floor, call)).toBe('yes');
  });

  test('another number is keyed in, said, and agreed to', () => {
    const floor = house();
    const call = floor.arrive('+331', { ani: '' });
    keys(floor, call, '11');
    keys(floor, call, '0199000001#');
    expect(floor.commandsOf(call, 'Play').at(-1)?.prompts).toEqual([
      { sound: 'we-call' },
      { digits: '0199000001' },
      { sound: 'press-1-or-2' },
    ]);
    floor.presses(call, '1');
    expect(floor.factsOf('CallbackRequested')).toMatchObject([{ number: '0199000001' }]);
  });

  test('who presses anything else, or nothing, has declined', () => {
    const floor = house();
    const [refuses, silent] = [floor.arrive('+331'), floor.arrive('+331')];
    keys(floor, refuses, '15');
    expect(at(floor, refuses)).toBe('no');
    floor.presses(silent, '1');
    for (let tries = 0; tries < 2; tries += 1) {
      floor.promptEnds(silent);
      due(floor, silent);
    }
    expect(at(floor, silent)).toBe('no');
    expect(floor.factsOf('CallbackRequested')).toEqual([]);
  });
});

describe('a switch', () => {
  const house = (): Floor =>
    houseOf(
      'hours',
      { hours: { kind: 'hours', calendar: 'office', open: node('yes'), closed: node('no') } },
      {
        switches: { night: { name: 'Night service', digits: '1' } },
        calendars: {
          office: {
            timeZone: 'UTC',
            open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
            holidays: [],
            exceptions: [],
            closedBy: 'night',
          },
        },
      },
    );

  test('turned at a phone closes the house, and opens it again', () => {
    const floor = house();
    expect(at(floor, floor.arrive('+331'))).toBe('yes');
    const turning = floor.arrive('*281', { from: 'phone', source: '110' });
    expect(floor.commandsOf(turning, 'Play').at(-1)?.prompts).toEqual([{ sound: 'cordboard/switch-on' }]);
    expect(at(floor, floor.arrive('+331'))).toBe('no');
    floor.arrive('*281', { from: 'phone', source: '110' });
    expect(at(floor, floor.arrive('+331'))).toBe('yes');
    expect(floor.factsOf('SwitchTurned')).toMatchObject([
      { switch: 'night', on: true, by: 'phone 110' },
      { switch: 'night', on: false, by: 'phone 110' },
    ]);
  });

  test('stands as it was turned after a restart, and one that nobody has named is refused', () => {
    const floor = house();
    const { switches } = floor.handle({ type: 'SwitchTurned', at: floor.now, switch: 'night', on: true, by: 'sue' });
    const again = house();
    again.exchange.restore({ calls: [], agents: [], switches: switches ?? [] }, []);
    expect(at(again, again.arrive('+331'))).toBe('no');
    expect(floor.handle({ type: 'SwitchTurned', at: floor.now, switch: 'day', on: true, by: 'sue' }).refusal).toBe(
      'unknown-switch',
    );
    const unknown = floor.arrive('*289', { from: 'phone', source: '110' });
    expect(floor.commandsOf(unknown, 'Play').at(-1)?.prompts).toEqual([{ sound: 'cordboard/no-such-switch' }]);
  });
});
