import { aDirectory, anOutbound, aPolicy, Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { AgentId, CallId, Extension, OutsideNumber } from '../ids.ts';
import type { ReadNumber } from '../routing/outbound.ts';

const paris: ReadNumber = { number: '+33140000000' as OutsideNumber, country: 'FR', line: 'fixed' };
const toBen = { extension: '102' as Extension };
const ana = 'ana' as AgentId;

const open = (): Floor => new Floor(aPolicy({ outbound: anOutbound(['alpha']) }), aDirectory()).signIn('ana', 'ben');

/** Ana has called somebody outside, and they talk. */
const talkingOutside = (floor: Floor): CallId => {
  const call = floor.arrive('0140000000', { from: 'phone', source: '101', ani: '101', read: paris });
  floor.answers(call);
  return call;
};

describe('a call that Ana has placed to somebody outside', () => {
  test('given to Ben without a word: Ana is free at once, and Ben has the call alone', () => {
    const floor = open();
    const call = talkingOutside(floor);
    floor.handle({
      type: 'TransferAsked',
      at: floor.now,
      call,
      agent: ana,
      request: { is: 'begin', kind: 'blind', to: toBen },
    });
    expect(floor.agent('ana').engaged).toBeUndefined();
    floor.answers(call);
    expect(floor.agent('ana').engaged).toBeUndefined();
    expect(floor.board.call(call)).toMatchObject({ place: 'talking', agent: 'ben' });
  });

  test('Ben joins and Ana leaves: the two go on without her', () => {
    const floor = open();
    const call = talkingOutside(floor);
    floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'add', target: toBen } });
    const state = floor.call(call);
    if (state.phase !== 'talking' || state.third === undefined) throw new Error('no third rings');
    floor.happen(call, { type: 'LegAnswered', leg: state.third.leg });
    floor.happen(call, { type: 'LegEnded', leg: state.caller, cause: 'hung-up' });
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ben' });
    expect(floor.agent('ana').engaged).toBeUndefined();
  });

  test('asked about a customer by the keys of Ana’s phone: the two are left together, over the trunk, and Ana is free', () => {
    const floor = open();
    const call = floor.arrive('+33170000011');
    floor.answers(call);
    const word = talkingOutside(floor);
    const [leg, other] = [floor.legOf(call), floor.call(word).caller];
    floor.handle({ type: 'PhoneTransferred', at: floor.now, leg, to: { leg: other } });
    expect([...floor.exchange.calls.keys()]).toEqual([call]);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', extension: '+33140000000', trunk: 'alpha' });
    expect(floor.agent('ana')).toMatchObject({ presence: { is: 'wrap-up' } });
    expect(floor.agent('ana').engaged).toBeUndefined();
    expect(floor.board.call(call)).toMatchObject({ place: 'talking', agent: null });
  });
});
