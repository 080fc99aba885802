import type { Instant } from '@cordboard/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isListenedTo } from './message.ts';
import { translate } from './translate.ts';

const at = 1_000 as Instant;

const channel = (changes: object = {}) => ({
  id: '1700000000.7',
  name: 'PJSIP/trunk-demo-sip-0000001a',
  state: 'Ring',
  caller: { name: 'Zoé', number: '+33612345678' },
  dialplan: { app_name: 'Stasis', app_data: 'cordboard-1,trunk,+33170000010' },
  ...changes,
});

describe('a channel that enters', () => {
  test('from a trunk is a caller, with the trunk’s name and the number dialled', () => {
    expect(translate({ type: 'StasisStart', args: ['trunk', '+33170000010'], channel: channel() }, at)).toEqual([
      {
        type: 'CallerEntered',
        at,
        channel: {
          id: '1700000000.7',
          state: 'ringing',
          role: { is: 'caller', from: 'trunk', source: 'demo-sip', dnis: '+33170000010' },
          callerNumber: '+33612345678',
          callerName: 'Zoé',
        },
      },
    ]);
  });

  test('is a caller of whom it is told how long the news took, where that is known', () => {
    const message = { type: 'StasisStart', args: ['trunk', '1'], timestamp: '2026-11-26T07:00:00.100+0000' };
    const read = translate({ ...message, channel: channel() }, at, (saidAt) => 1_795_676_400_350 - saidAt);
    expect(read).toMatchObject([{ type: 'CallerEntered', lateMs: 250 }]);
    const silent = translate({ ...message, timestamp: 'soon', channel: channel() }, at, () => 1);
    expect(silent?.[0]).not.toHaveProperty('lateMs');
  });

  test('after the dialplan had to wait for us came when it came, by whatever clock Asterisk has', () => {
    const told = (creationtime: string) =>
      translate(
        {
          type: 'StasisStart',
          timestamp: '2026-11-26T08:00:02.250+0100',
          args: ['trunk', '+33170000010'],
          channel: channel({ creationtime }),
        },
        50_000 as Instant,
      );
    expect(told('2026-11-26T08:00:01.000+0100')).toMatchObject([{ channel: { createdAt: 48_750 } }]);
    for (const atOnce of ['2026-11-26T08:00:02.240+0100', 'long ago', '2026-11-26T08:00:03.000+0100'])
      expect(told(atOnce)).toEqual([
        { type: 'CallerEntered', at: 50_000, channel: expect.not.objectContaining({ createdAt: expect.anything() }) },
      ]);
  });

  test('from a phone is a caller, with the phone’s extension', () => {
    const message = { type: 'StasisStart', args: ['phone', '*11'], channel: channel({ name: 'PJSIP/101-0000001b' }) };
    expect(translate(message, at)).toMatchObject([
      { channel: { role: { is: 'caller', from: 'phone', source: '101', dnis: '*11' } } },
    ]);
  });

  test('as a leg of ours has been answered', () => {
    const leg = channel({ id: 'c1700000000-7.a1', state: 'Up' });
    expect(translate({ type: 'StasisStart', args: ['leg', 'c1700000000-7'], channel: leg }, at)).toEqual([
      { type: 'LegAnswered', at, leg: 'c1700000000-7.a1' },
    ]);
  });

  test('with arguments of somebody else’s is nobody’s', () => {
    expect(translate({ type: 'StasisStart', args: [], channel: channel() }, at)).toEqual([]);
    expect(translate({ type: 'StasisStart', args: ['snoop', 'x'], channel: channel() }, at)).toEqual([]);
  });
});

test('only an Asterisk that is being stopped says that it shuts down', () => {
  const asked = (more: object) => translate({ type: 'ChannelHangupRequest', channel: channel(), ...more }, at);
  // As Asterisk 22.10.1 says it when it is stopped, when it is asked to end a channel, and when the phone hangs up.
  expect(asked({ soft: true, cause: 4 })).toEqual([{ type: 'ShuttingDown', at }]);
  expect(asked({ soft: true, cause: 32 })).toEqual([]);
  expect(asked({ soft: true, cause: 16 })).toEqual([]);
  expect(asked({ cause: 4 })).toEqual([]);
  expect(asked({})).toEqual([]);
});

describe('a leg', () => {
  test('rings when it is ours and rings', () => {
    const ringing = (id: string, state: string) =>
      translate({ type: 'ChannelStateChange', channel: channel({ id, state }) }, at);
    expect(ringing('c1.a1', 'Ringing')).toEqual([{ type: 'LegRinging', at, leg: 'c1.a1' }]);
    expect(ringing('c1.a1', 'Up')).toEqual([]);
    expect(ringing('1700000000.7', 'Ringing')).toEqual([]);
  });

  test('ends when it leaves the application, and when it is destroyed, with the reason', () => {
    const id = 'c1.a1';
    expect(translate({ type: 'StasisEnd', channel: channel({ id }) }, at)).toEqual([
      { type: 'LegEnded', at, leg: id, cause: 'hung-up' },
    ]);
    const destroyed = { type: 'ChannelDestroyed', cause: 17, tech_cause: 486, channel: channel({ id }) };
    expect(translate(destroyed, at)).toEqual([{ type: 'LegEnded', at, leg: id, cause: 'busy', status: 486 }]);
  });

  test('presses keys; what is no key is not understood', () => {
    const pressed = (digit: unknown) => translate({ type: 'ChannelDtmfReceived', digit, channel: channel() }, at);
    expect(pressed('#')).toEqual([{ type: 'DigitPressed', at, leg: '1700000000.7', digit: '#' }]);
    for (const digit of ['12', '', 'é', 5, '9'.repeat(100_000)]) expect(pressed(digit)).toBeUndefined();
  });
});

test('a playback that has finished has ended', () => {
  expect(translate({ type: 'PlaybackFinished', playback: { id: 'c1.p1', state: 'done' } }, at)).toEqual([
    { type: 'PlaybackEnded', at, playback: 'c1.p1' },
  ]);
});

test('a phone comes and goes; a trunk and the fallback are no phones', () => {
  const changed = (resource: string, peer_status: string, technology = 'PJSIP') =>
    translate({ type: 'PeerStatusChange', endpoint: { technology, resource }, peer: { peer_status } }, at);
  expect(changed('101', 'Reachable')).toEqual([{ type: 'PhoneReachable', at, extension: '101', reachable: true }]);
  expect(changed('101', 'Unreachable')).toMatchObject([{ reachable: false }]);
  for (const name of ['trunk-demo', 'fallback', '', '1e5', '１０１']) expect(changed(name, 'Reachable')).toEqual([]);
  expect(changed('101', 'Reachable', 'IAX2')).toEqual([]);
});

test('a carrier answers, in so much time, or does not; what a contact is called otherwise says nothing of that', () => {
  const changed = (resource: string, contact_status: string, roundtrip_usec?: string) =>
    translate(
      {
        type: 'ContactStatusChange',
        endpoint: { technology: 'PJSIP', resource },
        contact_info: { uri: 'sip:carrier', aor: resource, contact_status, roundtrip_usec },
      },
      at,
    );
  expect(changed('trunk-demo', 'Reachable', '1234')).toEqual([
    { type: 'TrunkReachable', at, trunk: 'demo', reachable: true, roundTripMs: 1.2 },
  ]);
  expect(changed('trunk-demo', 'Unreachable', '0')).toEqual([
    { type: 'TrunkReachable', at, trunk: 'demo', reachable: false },
  ]);
  expect(changed('trunk-demo', 'NonQualified')).toEqual([]);
  expect(changed('101', 'Reachable', '1234')).toEqual([]);
});

describe('what is malformed', () => {
  const heard = [
    'StasisStart',
    'StasisEnd',
    'ChannelDestroyed',
    'ChannelStateChange',
    'ChannelDtmfReceived',
    'PlaybackFinished',
    'PeerStatusChange',
    'ContactStatusChange',
  ];

  test('and should be understood is told apart from what is not listened to', () => {
    for (const type of heard) expect(translate({ type }, at), type).toBeUndefined();
    for (const message of [{ type: 'ChannelVarset' }, { type: 7 }, {}, [], null, undefined, 'StasisStart', 5])
      expect(translate(message, at)).toEqual([]);
  });

  test('fields of a wrong type, or missing', () => {
    for (const wrong of [{ id: 5 }, { caller: null }, { caller: { name: 'x' } }, { dialplan: 'x' }, { state: {} }])
      expect(translate({ type: 'StasisEnd', channel: channel(wrong) }, at)).toBeUndefined();
    expect(translate({ type: 'StasisStart', args: 'trunk', channel: channel() }, at)).toBeUndefined();
    expect(translate({ type: 'ChannelDestroyed', cause: '16', channel: channel() }, at)).toBeUndefined();
  });

  test('a name of 64 kB is cut, and everything else about the call stays', () => {
    const caller = { name: '\u0000😀'.repeat(16_384), number: '3'.repeat(65_536) };
    const events = translate(
      { type: 'StasisStart', args: ['trunk', '1'.repeat(65_536)], channel: channel({ caller }) },
      at,
    );
    expect(events).toMatchObject([
      {
        channel: {
          id: '1700000000.7',
          callerName: '😀'.repeat(128),
          callerNumber: '3'.repeat(64),
          role: { dnis: '1'.repeat(64) },
        },
      },
    ]);
  });

  test('nothing that Asterisk could say makes it fall', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (message) => {
        translate(message, at);
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...heard),
        fc.dictionary(
          fc.constantFrom('args', 'channel', 'playback', 'endpoint', 'peer', 'digit', 'cause'),
          fc.jsonValue(),
        ),
        (type, rest) => {
          const events = translate({ ...rest, type }, at);
          expect(events === undefined || Array.isArray(events)).toBe(true);
          expect(isListenedTo({ type })).toBe(true);
        },
      ),
    );
  });

  test('whatever is said of a well-formed channel, what comes out is clean and short', () => {
    const text = fc.string({ unit: 'binary', maxLength: 150 });
    fc.assert(
      fc.property(text, text, text, text, (name, number, dnis, channelName) => {
        const changes = { caller: { name, number }, name: channelName };
        const [event] = translate({ type: 'StasisStart', args: ['trunk', dnis], channel: channel(changes) }, at) ?? [];
        if (event?.type !== 'CallerEntered' || event.channel.role?.is !== 'caller') throw new Error('no caller');
        const { callerName, callerNumber, role } = event.channel;
        for (const said of [callerName, callerNumber, role.dnis]) {
          expect(said).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
          expect([...said].length).toBeLessThanOrEqual(128);
        }
      }),
    );
  });
});
