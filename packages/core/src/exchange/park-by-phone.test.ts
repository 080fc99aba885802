import { aDirectory, anOutbound, aPolicy, Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import type { CallId, ChannelId, OutsideNumber } from '../ids.ts';

/** Ana talks with a customer of support. */
const talkingWithAna = (floor = new Floor().signIn('ana')): { readonly floor: Floor; readonly call: CallId } => {
  const call = floor.arrive('+33170000011');
  floor.answers(call);
  return { floor, call };
};

const transfer = (floor: Floor, leg: ChannelId, dialled: string) =>
  floor.handle({ type: 'PhoneTransferred', at: floor.now, leg, to: { dialled } });

const outcomes = (floor: Floor, call: CallId) =>
  floor.commandsOf(call, 'NotifyTransfer').map(({ channel, outcome }) => [channel, outcome]);

test('transferred to *7: the caller hears music, the phone hears the place, and then that it is done', () => {
  const { floor, call } = talkingWithAna();
  const leg = floor.legOf(call);
  transfer(floor, leg, '*7');
  expect(floor.call(call)).toMatchObject({ phase: 'parked', slot: 1, by: '101' });
  const [said] = floor.commandsOf(call, 'Play').slice(-1);
  expect(said).toMatchObject({ channel: leg, prompts: [{ sound: 'cordboard/parked' }, { number: 1 }] });
  expect(outcomes(floor, call)).toEqual([]);
  if (said === undefined) throw new Error('nothing is said');
  floor.happen(call, { type: 'PlaybackEnded', playback: said.playback });
  expect(outcomes(floor, call)).toEqual([[leg, 'accepted']]);
  expect(floor.commandsOf(call, 'HangUp').at(-1)).toMatchObject({ channel: leg });
});

test('when nothing tells that the words are over, the phone is let go all the same, and the caller keeps the place', () => {
  const { floor, call } = talkingWithAna();
  const leg = floor.legOf(call);
  transfer(floor, leg, '*7');
  floor.timePasses(call, 9_999);
  expect(outcomes(floor, call)).toEqual([]);
  floor.timePasses(call, 1);
  expect(outcomes(floor, call)).toEqual([[leg, 'accepted']]);
  expect(floor.commandsOf(call, 'HangUp').at(-1)).toMatchObject({ channel: leg });
  expect(floor.call(call)).toMatchObject({ phase: 'parked', slot: 1 });
});

test('a phone that holds the call meanwhile hears nothing, and is done at once', () => {
  const { floor, call } = talkingWithAna();
  const leg = floor.legOf(call);
  floor.happen(call, { type: 'LegHeld', leg });
  transfer(floor, leg, '*712');
  expect(floor.call(call)).toMatchObject({ phase: 'parked', slot: 12 });
  expect(outcomes(floor, call)).toEqual([[leg, 'accepted']]);
});

test('a place that is taken is refused, and the phone keeps its call', () => {
  const { floor, call } = talkingWithAna(new Floor().signIn('ana', 'ben'));
  transfer(floor, floor.legOf(call), '*75');
  const second = floor.arrive('+33170000011');
  floor.answers(second);
  const leg = floor.legOf(second);
  transfer(floor, leg, '*75');
  expect(floor.call(second).phase).toBe('talking');
  expect(outcomes(floor, second)).toEqual([[leg, 'refused']]);
  transfer(floor, leg, '*7');
  expect(floor.call(second)).toMatchObject({ phase: 'parked', slot: 1 });
});

test('whoever placed the call parks the other, not themselves', () => {
  const floor = new Floor(aPolicy({ outbound: anOutbound(['alpha']) }), aDirectory()).signIn('ana');
  const read = { number: '+33140000000' as OutsideNumber, country: 'FR', line: 'fixed' } as const;
  const call = floor.arrive('0140000000', { from: 'phone', source: '101', ani: '101', read });
  floor.answers(call);
  const [own, other] = [floor.call(call).caller, floor.legOf(call)];
  transfer(floor, own, '*7');
  expect(floor.call(call)).toMatchObject({ phase: 'parked', caller: other, by: '101', telling: { leg: own } });
  expect(floor.agent('ana').engaged).toBeUndefined();
});
