import { aDirectory, anOutbound, aPolicy, Floor } from '@cordboard/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallId, type Extension, type OutsideNumber, placedOf } from '../ids.ts';
import { whyOf } from '../metrics/why.ts';
import type { Outbound } from '../policy/outbound.ts';
import type { ReadNumber } from '../routing/outbound.ts';

const paris: ReadNumber = { number: '+33140000000' as OutsideNumber, country: 'FR', line: 'fixed' };

const open = (changes: Partial<Outbound> = {}, trunks: readonly string[] = ['alpha', 'beta', 'gamma']): Floor =>
  new Floor(aPolicy({ outbound: anOutbound(trunks, changes) }), aDirectory()).signIn('ana', 'ben');

const dial = (floor: Floor, dnis = '0140000000', read: ReadNumber | undefined = paris, source = '101'): CallId =>
  floor.arrive(dnis, { from: 'phone', source, ani: source, ...(read === undefined ? {} : { read }) });

const trunksTried = (floor: Floor, call: CallId): readonly string[] =>
  floor.commandsOf(call, 'RingOutside').map(({ trunk }) => trunk);

describe('a phone dials a number outside', () => {
  test('the first trunk is tried, with the number in full and the house’s own number', () => {
    const floor = open();
    const call = dial(floor);
    expect(floor.commandsOf(call, 'RingOutside')).toMatchObject([
      { trunk: 'alpha', number: '+33140000000', callerNumber: '+33170000010' },
    ]);
    expect(floor.agent('ana').engaged).toMatchObject({ call, as: 'dialling' });
    floor.answers(call);
    expect(floor.agent('ana').engaged).toMatchObject({ call, as: 'talking' });
    expect(floor.board.call(call)).toMatchObject({ direction: 'out', place: 'talking', agent: 'ana' });
    floor.callerHangsUp(call);
    expect(floor.factsOf('CallEnded').at(-1)).toMatchObject({ disposition: 'answered', endedBy: 'agent' });
    expect(floor.agent('ana').engaged).toBeUndefined();
  });

  test('a trunk that says 503 is followed by the next, one that says 486 by none', () => {
    const floor = open();
    const call = dial(floor);
    floor.legEnds(call, 'unreachable', 503);
    expect(trunksTried(floor, call)).toEqual(['alpha', 'beta']);
    floor.legEnds(call, 'busy', 486);
    expect(trunksTried(floor, call)).toEqual(['alpha', 'beta']);
    expect(floor.exchange.calls.has(call)).toBe(false);
    expect(floor.commandsOf(call, 'HangUp').at(-1)).toMatchObject({ cause: 'busy' });
  });

  test('a trunk that says nothing is asked for after 2 s and left; one that has said something is waited for', () => {
    const floor = open();
    const call = dial(floor);
    const first = floor.legOf(call);
    floor.timePasses(call, 1999);
    expect(floor.commandsOf(call, 'AskWhetherHeard')).toEqual([]);
    floor.timePasses(call, 1);
    expect(floor.commandsOf(call, 'AskWhetherHeard')).toMatchObject([{ leg: first }]);
    floor.happen(call, { type: 'TrunkHeard', leg: first, heard: false });
    expect(trunksTried(floor, call)).toEqual(['alpha', 'beta']);
    expect(floor.commandsOf(call, 'HangUp')).toMatchObject([{ channel: first }]);
    floor.timePasses(call, 2000);
    floor.happen(call, { type: 'TrunkHeard', leg: floor.legOf(call), heard: true });
    floor.timePasses(call, 15_000);
    expect(trunksTried(floor, call)).toEqual(['alpha', 'beta']);
    floor.timePasses(call, 5000);
    expect(floor.exchange.calls.has(call)).toBe(false);
  });

  test('the other who answers late is let go, and the call goes on by the next trunk', () => {
    const floor = open();
    const call = dial(floor);
    const first = floor.legOf(call);
    floor.timePasses(call, 2000);
    floor.happen(call, { type: 'TrunkHeard', leg: first, heard: false });
    floor.happen(call, { type: 'LegAnswered', leg: first });
    expect(floor.commandsOf(call, 'HangUp').filter(({ channel }) => channel === first)).toHaveLength(2);
    expect(floor.call(call).phase).toBe('dialling');
  });

  test('when no trunk is left the phone is told, and the call is over with the sentence', () => {
    const floor = open({}, ['alpha']);
    const call = dial(floor);
    floor.legEnds(call, 'unreachable', 503);
    expect(floor.commandsOf(call, 'Play')).toMatchObject([{ prompts: [{ sound: 'cordboard/no-line-out' }] }]);
    floor.promptEnds(call);
    expect(floor.factsOf('CallEnded').at(-1)).toMatchObject({ disposition: 'not-reached' });
  });

  test('a process that dies while a trunk is tried goes on where it was', () => {
    const floor = open();
    const call = dial(floor);
    floor.restart();
    floor.legEnds(call, 'unreachable', 503);
    expect(trunksTried(floor, call)).toEqual(['alpha', 'beta']);
  });

  test('the story names the rule, and what each trunk said', () => {
    const floor = open();
    const call = dial(floor);
    floor.legEnds(call, 'unreachable', 503);
    floor.answers(call);
    const facts = floor.facts.flatMap((fact) => ('call' in fact && fact.call === call ? [fact] : []));
    expect(whyOf(facts)?.steps.map((step) => [step.is, 'because' in step ? step.because : null])).toEqual([
      ['number-dialled', null],
      ['outbound-routed', 'all: fits'],
      ['number-rung', 'answered 503'],
      ['number-rung', null],
      ['answered', null],
    ]);
  });
});

describe('who may not', () => {
  const limited = {
    permissions: { roles: { few: ['national'], none: [] }, everyone: 'few', agents: { ben: 'none' }, phones: {} },
  } as unknown as Partial<Outbound>;

  test('is told so, and nothing goes out', () => {
    const floor = open(limited);
    const call = dial(floor, '0612345678', { ...paris, line: 'mobile' });
    expect(floor.factsOf('OutboundRefused')).toMatchObject([{ call, because: 'not-permitted' }]);
    expect(floor.commandsOf(call, 'Play')).toMatchObject([{ prompts: [{ sound: 'cordboard/call-not-permitted' }] }]);
    expect(floor.commandsOf(call, 'RingOutside')).toEqual([]);
    floor.promptEnds(call);
    expect(floor.factsOf('CallEnded').at(-1)).toMatchObject({ disposition: 'rejected' });
  });

  test('calls for help all the same, also when all channels are taken', () => {
    const floor = open({ ...limited, channels: { alpha: 1 } }, ['alpha']);
    dial(floor);
    const call = dial(floor, '112', undefined, '102');
    expect(trunksTried(floor, call)).toEqual(['alpha']);
  });

  test('a colleague may not be called either where that is forbidden', () => {
    const floor = open(limited);
    const call = floor.arrive('103', { from: 'phone', source: '102', ani: '102' });
    expect(floor.commandsOf(call, 'RingPhone')).toEqual([]);
  });
});

test('a page asks for a call: the agent’s own phone rings, and then the number', () => {
  const floor = open();
  const ask = { type: 'CallAsked', at: floor.now, request: '7', dialled: '0140000000', read: paris } as const;
  const extension = '101' as Extension;
  const call = placedOf('7');
  expect(floor.handle({ ...ask, extension }).refusal).toBeUndefined();
  expect(floor.commandsOf(call, 'RingPhone')).toMatchObject([{ extension: '101', callerNumber: '+33140000000' }]);
  expect(floor.handle({ ...ask, extension }).commands).toEqual([]);
  expect(floor.handle({ ...ask, request: '8', extension }).refusal).toBe('agent-busy');
  expect(floor.handle({ ...ask, request: '9', extension: '199' as Extension }).refusal).toBe('no-such-phone');
  floor.answers(call);
  expect(trunksTried(floor, call)).toEqual(['alpha']);
  floor.answers(call);
  expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana' });
});

test('whatever trunks say, each is tried once and in order, and a call never goes from one trunk to another', () => {
  const trunks = ['alpha', 'beta', 'gamma'];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(403, 404, 408, 480, 486, 488, 500, 503, 603), { maxLength: 6 }),
      fc.string({ maxLength: 20 }),
      (statuses, dialled) => {
        const floor = open();
        const call = dial(floor);
        for (const status of statuses)
          if (floor.exchange.calls.get(call)?.phase === 'dialling') floor.legEnds(call, 'failed', status);
        const tried = trunksTried(floor, call);
        expect(tried).toEqual(trunks.slice(0, tried.length));
        const stranger = floor.arrive(dialled, { read: paris });
        expect(trunksTried(floor, stranger)).toEqual([]);
      },
    ),
  );
});
