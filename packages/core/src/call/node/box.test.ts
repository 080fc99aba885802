import { Floor } from '@cordboard/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { type CallId, type RecordingId, recordingOf } from '../../ids.ts';
import { Secret } from '../../secret.ts';
import { instant } from '../../time.ts';
import { callDeadline } from '../deadline.ts';
import type { BoxAnswer, BoxMessage } from '../event.ts';

let floor: Floor;
let call: CallId;
beforeEach(() => {
  floor = new Floor();
  call = floor.arrive('*98', { from: 'phone', source: '101' });
});

const message = (count: number, heard = false): BoxMessage => ({
  id: recordingOf('c1' as CallId, count),
  leftAt: instant(1_750_000_000_000 + count),
  heard,
});
const first = message(1).id;
const second = message(2).id;

const keys = (digits: string): void => {
  for (const digit of digits) floor.presses(call, digit);
};
const asked = () => floor.commandsOf(call, 'OpenBox').at(-1);
const answer = (given: BoxAnswer): void => {
  const ask = asked()?.ask;
  if (ask === undefined) throw new Error('no box was asked for');
  floor.happen(call, { type: 'BoxOpened', ask, answer: given });
};
const enter = (...messages: readonly BoxMessage[]): void => {
  keys('1234#');
  answer({ is: 'open', messages });
};
const said = () => floor.commandsOf(call, 'Play').at(-1)?.prompts;
const due = (): void => {
  const when = callDeadline(floor.call(call));
  if (when === undefined) throw new Error('the call waits for nothing');
  floor.timePasses(call, when - floor.now);
};
const messageThenKeys = (id: RecordingId) => [{ recording: id }, { sound: 'cordboard/message-keys' }];
const isOver = (): boolean => {
  floor.promptEnds(call);
  return !floor.exchange.calls.has(call);
};

describe('the PIN', () => {
  test('is asked for, and goes to nobody but the box of the phone that dialled', () => {
    expect(said()).toEqual([{ sound: 'cordboard/enter-pin' }]);
    keys('12*34');
    expect(floor.call(call)).toMatchObject({ doing: { is: 'asking-pin' } });
    expect(JSON.stringify(floor.call(call))).toContain('"digits":null');
    keys('#');
    expect(asked()).toMatchObject({ box: '101' });
    expect(asked()?.pin.reveal()).toBe('1234');
    expect(JSON.stringify([asked(), floor.facts])).not.toContain('1234');
  });

  test('needs no #: it is complete when no more is keyed in', () => {
    keys('1234');
    due();
    expect(asked()?.pin.reveal()).toBe('1234');
  });

  test('that is too long is wrong, not cut to one that is right', () => {
    keys(`12345678${'9'.repeat(50)}#`);
    expect(asked()?.pin.reveal()).toBe('123456789');
  });

  test('is asked for three times at most', () => {
    keys('1111#');
    answer({ is: 'wrong-pin' });
    expect(said()).toEqual([{ sound: 'cordboard/wrong-pin' }, { sound: 'cordboard/enter-pin' }]);
    floor.promptEnds(call);
    due();
    keys('3333#');
    answer({ is: 'wrong-pin' });
    expect(said()).toEqual([{ sound: 'cordboard/wrong-pin' }]);
    expect(isOver()).toBe(true);
  });

  test('that a restart has forgotten is asked for anew', () => {
    keys('12');
    floor.restart();
    keys('3');
    expect(said()).toEqual([{ sound: 'cordboard/enter-pin' }]);
    keys('1234#');
    expect(asked()?.pin).toEqual(new Secret('1234'));
  });

  test.each([
    [{ is: 'no-pin' } as const, 'cordboard/no-pin'],
    [{ is: 'locked' } as const, 'cordboard/pin-locked'],
    [{ is: 'unavailable' } as const, 'cordboard/messages-unavailable'],
    [{ is: 'open', messages: [] } as const, 'cordboard/no-messages'],
  ])('after %j the phone says %s', (given, sound) => {
    keys('1234#');
    answer(given);
    expect(said()).toEqual([{ sound }]);
    expect(isOver()).toBe(true);
  });

  test('that nobody checks in time is not waited for for ever', () => {
    keys('1234#');
    due();
    expect(said()).toEqual([{ sound: 'cordboard/messages-unavailable' }]);
  });
});

describe('messages', () => {
  test('are played in the order they came, what has not been heard first', () => {
    enter(message(3), message(1, true), message(2));
    expect(said()).toEqual(messageThenKeys(second));
    keys('3');
    expect(said()).toEqual(messageThenKeys(message(3).id));
    keys('3');
    expect(said()).toEqual(messageThenKeys(first));
  });

  test('are heard when they have been played, not when the listener hangs up at once', () => {
    enter(message(1), message(2));
    floor.promptEnds(call);
    expect(floor.commandsOf(call, 'HearMessage')).toMatchObject([{ message: first }]);
    due();
    expect(said()).toEqual(messageThenKeys(second));
    floor.callerHangsUp(call);
    expect(floor.commandsOf(call, 'HearMessage')).toHaveLength(1);
  });

  test('are repeated with 1, deleted with 2, passed over with 3', () => {
    enter(message(1), message(2));
    keys('1');
    expect(said()).toEqual(messageThenKeys(first));
    expect(floor.commandsOf(call, 'StopPlaying')).not.toHaveLength(0);
    keys('2');
    expect(floor.commandsOf(call, 'DeleteMessage')).toMatchObject([{ message: first }]);
    expect(said()).toEqual([{ sound: 'cordboard/message-deleted' }, ...messageThenKeys(second)]);
    keys('93');
    expect(said()).toEqual([{ sound: 'cordboard/no-more-messages' }]);
    expect(isOver()).toBe(true);
    expect(floor.facts.filter((fact) => 'call' in fact)).toEqual([]);
  });

  test('keep the agent who listens from being offered a call', () => {
    floor.signIn('ana');
    expect(floor.agent('ana').engaged).toMatchObject({ call });
  });
});

test('an extension that is not reached takes a message in a box of its name', () => {
  const placed = floor.arrive('102', { from: 'phone', source: '110' });
  floor.legEnds(placed, 'unreachable');
  expect(floor.commandsOf(placed, 'Play').at(-1)?.prompts).toEqual([{ sound: 'cordboard/leave-message' }]);
  floor.promptEnds(placed);
  floor.after(4000).callerHangsUp(placed);
  expect(floor.factsOf('VoicemailLeft')).toMatchObject([{ call: placed, box: '102' }]);
});
