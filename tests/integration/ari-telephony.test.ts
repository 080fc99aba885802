import { LegGone, type RingRequest } from '@cordboard/application';
import { PhoneNotRung } from '@cordboard/ari';
import {
  bridgeOf,
  type ChannelId,
  type Extension,
  type HangUpCause,
  type LegEnd,
  legOf,
  playbackOf,
} from '@cordboard/core';
import { between, durationMs, header, levelDb, type Phone, silence, tonePresence } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../support/until.ts';
import { type AriFloor, type Arrival, openFloor } from './ari-floor.ts';
import { type AriLab, openAriLab } from './ari-lab.ts';
import { askAri } from './embedded-lab.ts';

let laboratory: AriLab;

beforeAll(async () => {
  // swagger-client says on standard output what it thinks of Asterisk's description of itself.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  laboratory = await openAriLab();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await laboratory.close();
});

describe.each(['websocket', 'ari-client'] as const)('over %s', (kind) => {
  let floor: AriFloor;

  beforeAll(async () => {
    floor = await openFloor(laboratory, kind);
  });
  afterEach(async () => {
    await floor.clear();
    expect(floor.malformed).toEqual([]);
  });
  afterAll(async () => {
    await floor.close();
  });

  /** The request to ring a phone for someone who has arrived. */
  const ringing = ({ call, channel }: Arrival, extension = '101', count = 1): RingRequest => ({
    leg: legOf(call, count),
    extension: extension as Extension,
    callerNumber: channel.callerNumber,
    callerName: channel.callerName,
    originator: channel.id,
    bridge: bridgeOf(call, 1),
  });
  /** Rings the phone, which answers. @returns the leg */
  const answered = async (arrival: Arrival, phone: Phone): Promise<ChannelId> => {
    const request = ringing(arrival, phone.extension);
    await floor.asterisk.telephony.ringPhone(request);
    await (await phone.nextIncoming({ withinMs: 3000 })).answer();
    await floor.tells('LegAnswered', ({ leg }) => leg === request.leg);
    return request.leg;
  };

  describe('who calls', () => {
    test('comes with the number dialled, and their own number and name; who is found there, with when they came', async () => {
      const since = Date.now();
      const { channel } = await floor.arrives(await floor.caller({ callerName: 'Zoé 李' }), '+33170000010');
      expect(channel).toMatchObject({
        state: 'ringing',
        role: { is: 'caller', from: 'trunk', source: 'carrier', dnis: '+33170000010' },
        callerNumber: '+33639981000',
        callerName: 'Zoé 李',
      });
      const [{ createdAt = 0, ...found } = channel] = (await floor.asterisk.telephony.snapshot()).channels;
      expect(found).toEqual(channel);
      expect(createdAt).toBeGreaterThanOrEqual(since);
      expect(createdAt).toBeLessThanOrEqual(Date.now());
    });

    test('without a name has none', async () => {
      const { channel } = await floor.arrives(await floor.caller(), '+33170000010');
      expect(channel.callerName).toBe('');
    });

    test('from a desk phone comes as that phone', async () => {
      const { channel } = await floor.arrives(await floor.phone('101'), '*11');
      expect(channel).toMatchObject({
        role: { is: 'caller', from: 'phone', source: '101', dnis: '*11' },
        callerNumber: '101',
        callerName: 'Phone 101',
      });
    });
  });

  describe('a caller', () => {
    test('hears ringing, is answered, hears two sounds one after the other, and then music', async () => {
      const { telephony } = floor.asterisk;
      const { dialled, channel, call } = await floor.arrives(await floor.caller(), '+33170000010');
      await telephony.indicateRinging(channel.id);
      await dialled.ringing({ withinMs: 2000 });
      await telephony.answer(channel.id);
      await dialled.established({ withinMs: 2000 });
      const since = performance.now();
      const playback = playbackOf(call, 1);
      await telephony.play(channel.id, playback, [{ sound: 'digits/1' }, { number: 21 }], 'en');
      await floor.tells('PlaybackEnded', (event) => event.playback === playback);
      // Three words of about half a second each.
      expect(performance.now() - since).toBeGreaterThan(1000);
      expect(floor.told.filter(({ type }) => type === 'PlaybackEnded')).toHaveLength(1);
      await telephony.startMusic(channel.id, 'default');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await dialled.hangUp();
      await floor.tells('LegEnded', ({ leg }) => leg === channel.id);
      const heard = await dialled.heard();
      expect(silence(heard)).toBeLessThan(0.7);
      expect(levelDb(heard.samples)).toBeGreaterThan(-45);
    });

    test('hears no music where there is to be none, and none any more', async () => {
      const { telephony } = floor.asterisk;
      const { dialled, channel } = await floor.arrives(await floor.caller(), '+33170000010');
      await telephony.answer(channel.id);
      await dialled.established({ withinMs: 2000 });
      await telephony.startMusic(channel.id, 'default');
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await telephony.startMusic(channel.id, 'none');
      const since = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await dialled.hangUp();
      const heard = await dialled.heard();
      expect(silence(heard)).toBeLessThan(1);
      expect(silence(heard, between(heard, since + 200, since + 900))).toBeGreaterThan(0.99);
    });

    test('presses keys that are heard in order', async () => {
      const { dialled, channel } = await floor.arrives(await floor.caller(), '+33170000010');
      await floor.asterisk.telephony.answer(channel.id);
      await dialled.established({ withinMs: 2000 });
      await dialled.sendDigits('15*#');
      await until('four keys', () => floor.told.filter(({ type }) => type === 'DigitPressed').length === 4);
      expect(floor.told.filter(({ type }) => type === 'DigitPressed')).toMatchObject(
        [...'15*#'].map((digit) => ({ digit, leg: channel.id })),
      );
    });

    test('who hangs up has ended, once', async () => {
      const { dialled, channel } = await floor.arrives(await floor.caller(), '+33170000010');
      await floor.asterisk.telephony.answer(channel.id);
      await dialled.established({ withinMs: 2000 });
      await dialled.hangUp();
      expect(await floor.tells('LegEnded')).toMatchObject({ leg: channel.id, cause: 'hung-up' });
    });

    test.each<[HangUpCause, string]>([
      ['busy', '486'],
      ['unallocated', '404'],
      ['congestion', '503'],
      ['no-answer', '480'],
      ['normal', '603'],
    ])('who is not answered and sent away as %s sees %s', async (cause, status) => {
      const { dialled, channel } = await floor.arrives(await floor.caller(), '+33170000010');
      await floor.asterisk.telephony.hangUp(channel.id, cause);
      expect((await dialled.ended({ withinMs: 3000 })).detail).toContain(status);
      expect(await floor.tells('LegEnded')).toMatchObject({ leg: channel.id });
    });
  });

  describe('a phone', () => {
    test('that is asked to ring twice rings once, with the caller’s number and name, and offers the caller’s codec first', async () => {
      const { telephony } = floor.asterisk;
      const phone = await floor.phone('101', { codec: ['opus', 'pcmu', 'pcma'] });
      const caller = await floor.caller({ callerName: 'Zoé "the" <1>'.replace(/["<>]/g, ''), codec: 'pcma' });
      const arrival = await floor.arrives(caller, '+33170000010');
      await telephony.answer(arrival.channel.id);
      await Promise.all([telephony.ringPhone(ringing(arrival)), telephony.ringPhone(ringing(arrival))]);
      await telephony.ringPhone(ringing(arrival));
      const ringingPhone = await phone.nextIncoming({ withinMs: 3000 });
      await floor.tells('LegRinging', ({ leg }) => leg === legOf(arrival.call, 1));
      expect(ringingPhone).toMatchObject({ fromNumber: '+33639981000', fromName: arrival.channel.callerName });
      // A-law is 8 (RFC 3551).
      expect(/^m=audio \d+ RTP\/AVP (\d+)/m.exec(ringingPhone.invite.body)?.[1]).toBe('8');
      expect(phone.calls).toHaveLength(1);
      const { bridges, channels } = await telephony.snapshot();
      expect(bridges).toEqual([{ id: bridgeOf(arrival.call, 1), channels: [] }]);
      expect(channels).toContainEqual(
        expect.objectContaining({ id: legOf(arrival.call, 1), state: 'ringing', role: { is: 'leg' } }),
      );
    });

    test('that answers is connected: both hear each other, and no music any more', async () => {
      const { telephony } = floor.asterisk;
      const [phone, caller] = [await floor.phone('101'), await floor.caller()];
      const arrival = await floor.arrives(caller, '+33170000010');
      const { channel, call, dialled } = arrival;
      await telephony.answer(channel.id);
      await telephony.startMusic(channel.id, 'default');
      const leg = await answered(arrival, phone);
      await telephony.connect(bridgeOf(call, 1), [channel.id, leg], { musicOf: channel.id });
      const { bridges, channels } = await telephony.snapshot();
      expect(bridges).toHaveLength(1);
      expect(bridges[0]?.channels.toSorted()).toEqual([channel.id, leg].toSorted());
      expect(channels.map(({ id, state }) => ({ id, state }))).toEqual(
        expect.arrayContaining([
          { id: channel.id, state: 'up' },
          { id: leg, state: 'up' },
        ]),
      );
      const sent = async (): Promise<number> => {
        const { body } = await askAri(laboratory.asterisk, 'GET', `channels/${channel.id}/rtp_statistics`);
        return (body as { txcount: number }).txcount;
      };
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const [before, since] = [await sent(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, 1000));
      // 50 packets a second are a voice; music under it would be as many again.
      expect(((await sent()) - before) / (performance.now() - since)).toBeLessThan(0.075);
      await telephony.hangUp(channel.id, 'normal');
      await dialled.ended({ withinMs: 3000 });
      expect(tonePresence(await phone.heard(), 440)).toBeGreaterThan(0.7);
      const heard = await dialled.heard();
      expect(tonePresence(heard, 880, { fromMs: durationMs(heard) - 1000 })).toBeGreaterThan(0.9);
    });

    test('is connected at once, whatever number is being told to the caller', async () => {
      const { telephony } = floor.asterisk;
      const phone = await floor.phone('101');
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      const { channel, call } = arrival;
      await telephony.answer(channel.id);
      const leg = await answered(arrival, phone);
      await telephony.play(channel.id, playbackOf(call, 1), [{ number: 777_777 }, { digits: '123456789' }], 'fr');
      await new Promise((resolve) => setTimeout(resolve, 300));
      const since = performance.now();
      await telephony.stopPlaying(playbackOf(call, 1));
      await telephony.connect(bridgeOf(call, 1), [channel.id, leg], {});
      expect(performance.now() - since).toBeLessThan(250);
      await floor.tells('PlaybackEnded');
    });

    test('whose call is taken elsewhere is told so, and shows no missed call', async () => {
      const { telephony } = floor.asterisk;
      const phone = await floor.phone('101');
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      await telephony.ringPhone(ringing(arrival));
      await floor.tells('LegRinging');
      await telephony.hangUp(legOf(arrival.call, 1), 'answered-elsewhere');
      const cancel = await phone.messages.first(
        ({ type, message }) => type === 'received' && message.method === 'CANCEL',
        { withinMs: 3000, what: 'no CANCEL came' },
      );
      expect(header(cancel.message, 'Reason')).toMatch(/cause=(26|200)/);
      await floor.tells('LegEnded', ({ leg }) => leg === legOf(arrival.call, 1));
    });

    test('that declines is busy', async () => {
      const phone = await floor.phone('101');
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      await floor.asterisk.telephony.ringPhone(ringing(arrival));
      await (await phone.nextIncoming({ withinMs: 3000 })).decline();
      const expected: LegEnd = 'busy';
      expect(await floor.tells('LegEnded')).toMatchObject({ leg: legOf(arrival.call, 1), cause: expected });
    });

    test('that hangs up has ended once, although Asterisk says it twice', async () => {
      const { telephony, transport } = floor.asterisk;
      const phone = await floor.phone('101');
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      const leg = await answered(arrival, phone);
      const said: string[] = [];
      const stop = transport.onEvent((message) => said.push((message as { type: string }).type));
      await phone.hangUp();
      await until('both', () => said.includes('StasisEnd') && said.includes('ChannelDestroyed'));
      stop();
      await telephony.snapshot();
      expect(floor.told.filter(({ type }) => type === 'LegEnded')).toMatchObject([{ leg, cause: 'hung-up' }]);
    });

    test('that is not there, or that nobody knows, is not rung', async () => {
      const { telephony } = floor.asterisk;
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      for (const extension of ['102', '999', '101&PJSIP/102'])
        await expect(telephony.ringPhone(ringing(arrival, extension))).rejects.toBeInstanceOf(PhoneNotRung);
    });

    test('that is not there is not taken for one that rings, although others have rung twice before', async () => {
      const { telephony } = floor.asterisk;
      const phone = await floor.phone('101');
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      await telephony.ringPhone(ringing(arrival));
      await phone.nextIncoming({ withinMs: 3000 });
      // On every connection that there is.
      await Promise.all(Array.from({ length: 32 }, () => telephony.ringPhone(ringing(arrival))));
      await expect(telephony.ringPhone(ringing(arrival, '102', 2))).rejects.toBeInstanceOf(PhoneNotRung);
    });

    test('is not rung for a caller who has just gone', async () => {
      const arrival = await floor.arrives(await floor.caller(), '+33170000010');
      const phone = await floor.phone('101');
      await arrival.dialled.hangUp();
      await floor.tells('LegEnded');
      await until('Asterisk has forgotten the caller', async () => {
        return (await askAri(laboratory.asterisk, 'GET', `channels/${arrival.channel.id}`)).status === 404;
      });
      await expect(floor.asterisk.telephony.ringPhone(ringing(arrival))).rejects.toBeInstanceOf(LegGone);
      expect(phone.calls).toEqual([]);
    });

    test('is known to be there while it is registered', async () => {
      const phone = await floor.phone('102');
      await floor.tells('PhoneReachable', ({ extension, reachable }) => extension === '102' && reachable);
      // Of others nothing is known while Asterisk has not been up for long enough to have asked them.
      const reachable = async () => {
        const known = (await floor.asterisk.telephony.snapshot()).reachable;
        return [...known].flatMap(([extension, isThere]) => (isThere ? [extension] : []));
      };
      expect(await reachable()).toEqual(['102']);
      await phone.unregister();
      await floor.tells('PhoneReachable', ({ extension, reachable }) => extension === '102' && !reachable);
      expect(await reachable()).toEqual([]);
    });
  });

  test('whatever is asked of a leg that has gone says that it has gone', async () => {
    const { telephony } = floor.asterisk;
    const arrival = await floor.arrives(await floor.caller(), '+33170000010');
    const { channel, call, dialled } = arrival;
    await telephony.answer(channel.id);
    await dialled.established({ withinMs: 2000 });
    await telephony.play(channel.id, playbackOf(call, 1), [{ sound: 'beep' }], 'en');
    await floor.tells('PlaybackEnded');
    await expect(telephony.stopPlaying(playbackOf(call, 1))).rejects.toBeInstanceOf(LegGone);
    await dialled.hangUp();
    await floor.tells('LegEnded', ({ leg }) => leg === channel.id);
    await until('Asterisk has forgotten it', async () => {
      return (await askAri(laboratory.asterisk, 'GET', `channels/${channel.id}`)).status === 404;
    });
    for (const late of [
      () => telephony.answer(channel.id),
      () => telephony.indicateRinging(channel.id),
      () => telephony.play(channel.id, playbackOf(call, 2), [{ sound: 'beep' }], 'en'),
      () => telephony.startMusic(channel.id, 'default'),
      () => telephony.connect(bridgeOf(call, 1), [channel.id, legOf(call, 1)], { musicOf: channel.id }),
      () => telephony.hangUp(channel.id, 'normal'),
      () => telephony.destroyBridge(bridgeOf(call, 9)),
    ])
      await expect(late(), String(late)).rejects.toBeInstanceOf(LegGone);
  });

  test('a call that is somebody else’s is none of ours', async () => {
    await askAri(
      laboratory.asterisk,
      'POST',
      'channels?endpoint=Local/apology@degraded&extension=apology&context=degraded&priority=1&channelId=theirs',
    );
    await until(
      'it is there',
      async () => (await askAri(laboratory.asterisk, 'GET', 'channels/theirs')).status === 200,
    );
    expect((await floor.asterisk.telephony.snapshot()).channels).toEqual([]);
    await askAri(laboratory.asterisk, 'DELETE', 'channels/theirs');
  });
});
