import { expect, test } from 'vitest';
import { startHistory } from '../history.ts';
import { currentCall, NoCall } from './current-call.ts';
import { CallEnded, callReaches, type PhoneCall } from './phone-call.ts';
import type { PhoneEvent, PhoneEventType } from './phone-event.ts';

/** A phone that only remembers, so that the keys can be tried without one. */
const quietPhone = () => {
  const events = startHistory<PhoneEvent>();
  const calls: PhoneCall[] = [];
  const pressed: string[] = [];
  const press = (key: string) => async () => {
    pressed.push(key);
  };
  const add = (id: string) => {
    const reaches = (type: PhoneEventType) => (patience: { withinMs: number }) =>
      callReaches(events, id, type, patience);
    calls.push({
      id,
      direction: 'incoming',
      at: 0,
      ringing: reaches('ringing'),
      established: reaches('established'),
      ended: reaches('ended'),
      answer: press(`answer ${id}`),
      decline: press(`decline ${id}`),
      hangUp: press(`hang up ${id}`),
      sendDigits: press(`digits ${id}`),
      hold: press(`hold ${id}`),
      resume: press(`resume ${id}`),
      mute: press(`mute ${id}`),
      unmute: press(`unmute ${id}`),
      transfer: press(`transfer ${id}`),
      transferTo: press(`transfer ${id}`),
      digits: () => '',
      heard: async () => ({ samples: new Float32Array(0), rate: 8000 }),
    });
    happen(id, 'incoming');
  };
  const happen = (callId: string, type: PhoneEventType) => events.add({ type, at: Date.now(), callId });
  return { keys: currentCall({ calls, events }), add, happen, pressed };
};

test('a key acts on the newest call that has not ended', async () => {
  const { keys, add, happen, pressed } = quietPhone();
  await expect(keys.answer()).rejects.toThrow(NoCall);
  add('a');
  add('b');
  await keys.answer();
  happen('b', 'ended');
  await keys.hangUp();
  expect(pressed).toEqual(['answer b', 'hang up a']);
});

test('without a call the next one is awaited', async () => {
  const { keys, add, happen } = quietPhone();
  const established = keys.established({ withinMs: 1000 });
  add('a');
  happen('a', 'established');
  expect(await established).toMatchObject({ callId: 'a' });
  happen('a', 'ended');
  expect(await keys.ended({ withinMs: 10 })).toMatchObject({ callId: 'a' });
});

test('a call that ends before it is established is said to have ended, at once', async () => {
  const { keys, add, happen } = quietPhone();
  add('a');
  const established = keys.established({ withinMs: 60_000 });
  happen('a', 'ended');
  await expect(established).rejects.toThrow(CallEnded);
});
