import type { Telephony, TelephonyEvent } from '@cordboard/application';
import { type ChannelId, callNamedIn, type Instant, noMusic } from '@cordboard/core';
import { reasonCode } from '../translate/hang-up-cause.ts';
import { momentIn } from '../translate/moment.ts';
import { SaidOnce } from '../translate/said-once.ts';
import { translate, trunkOf } from '../translate/translate.ts';
import { Listeners } from '../transport/listeners.ts';
import type { AriObserver, AriTransport } from '../transport/transport.ts';
import { connect } from './connect.ts';
import { mediaOf, PromptNotPlayable } from './media.ts';
import { NewsClock } from './news-clock.ts';
import { record } from './record.ts';
import { inWords, unlessGone } from './refusal.ts';
import { ringOutside } from './ring-outside.ts';
import { ringPhone } from './ring-phone.ts';
import { reachable, takeSnapshot } from './snapshot.ts';

/** Asterisk as call control needs it, and what it says. */
export interface AriTelephony extends Telephony {
  /**
   * Calls back with each event, and at once with `Connected` when it is. Legs end once, whatever Asterisk repeats.
   * @returns how to stop
   */
  onEvent(listener: (event: TelephonyEvent) => void): () => void;
}

export interface TelephonyOptions {
  /** A second application of its own, subscribed to `endpoint:PJSIP`, that hears which phones come and go. */
  readonly watch?: AriTransport;
  /** Applications whose channels are to be taken over. */
  readonly others?: readonly string[];
  readonly now: () => Instant;
  readonly observer?: AriObserver;
}

/** The port of call control, over either transport. */
export const createTelephony = (transport: AriTransport, options: TelephonyOptions): AriTelephony => {
  const { watch, others, now, observer } = options;
  const events = new Listeners<TelephonyEvent>();
  const ended = new SaidOnce<ChannelId>();
  const newsClock = new NewsClock();
  let connected: TelephonyEvent | undefined;

  const hear = (message: unknown): void => {
    const said = translate(message, now(), (saidAt) => newsClock.lateMs(saidAt, Date.now()));
    if (said === undefined) observer?.messageMalformed?.(typeOf(message));
    for (const event of said ?? []) if (event.type !== 'LegEnded' || ended.first(event.leg)) events.tell(event);
  };

  transport.onEvent(hear);
  transport.onState((state) => {
    const wasConnected = connected !== undefined;
    connected = undefined;
    if (state.is === 'connected') {
      connected = { type: 'Connected', at: now(), version: state.version };
      events.tell(connected);
    } else if (state.is === 'replaced') events.tell({ type: 'Replaced', at: now() });
    else if (wasConnected) events.tell({ type: 'Disconnected', at: now(), because: state.because });
  });

  watch?.onEvent(hear);
  watch?.onState((state) => {
    if (state.is === 'connected') void tellWhoIsThere(watch);
  });

  /** What came and went while nobody watched is read once. When that fails, the snapshots of call control make up for it. */
  const tellWhoIsThere = async (watching: AriTransport): Promise<void> => {
    try {
      const [endpoints, channels, { status }] = await Promise.all([
        watching.request('endpoints.list', {}),
        watching.request('channels.list', {}),
        watching.request('asterisk.getInfo', { only: 'system,status' }),
      ]);
      for (const [extension, isThere] of reachable(endpoints, channels, momentIn(status?.startup_time), now()))
        events.tell({ type: 'PhoneReachable', at: now(), extension, reachable: isThere });
      for (const endpoint of endpoints) {
        const trunk = trunkOf(endpoint);
        // Who is offline may just not have been asked yet: that comes with the first answer, or its absence.
        if (trunk !== undefined && endpoint.state === 'online')
          events.tell({ type: 'TrunkReachable', at: now(), trunk, reachable: true });
      }
    } catch (error) {
      observer?.watchFailed?.(error);
    }
  };

  return {
    answer: (channelId) => inWords(transport.request('channels.answer', { channelId }, inOrder(channelId))),
    indicateRinging: (channelId) => inWords(transport.request('channels.ring', { channelId }, inOrder(channelId))),
    stopRinging: (channelId) =>
      inWords(unlessGone(transport.request('channels.ringStop', { channelId }, inOrder(channelId)))),
    notifyTransfer: (channelId, outcome) =>
      inWords(
        transport.request(
          'channels.transfer_progress',
          { channelId, states: outcome === 'accepted' ? 'channel_answered' : 'channel_unavailable' },
          inOrder(channelId),
        ),
      ),
    play: async (channelId, playbackId, prompts, lang) => {
      const media = prompts.flatMap((prompt) => mediaOf(prompt, lang));
      if (media.length === 0) throw new PromptNotPlayable('there is nothing to play');
      await inWords(transport.request('channels.play', { channelId, playbackId, media, lang }, inOrder(channelId)));
    },
    stopPlaying: (playbackId) => inWords(transport.request('playbacks.stop', { playbackId }, inOrder(playbackId))),
    startMusic: (channelId, mohClass) =>
      inWords(
        // A class that Asterisk does not know would be its default music.
        mohClass === noMusic
          ? transport.request('channels.stopMoh', { channelId }, inOrder(channelId))
          : transport.request('channels.startMoh', { channelId, mohClass }, inOrder(channelId)),
      ),
    ringPhone: (request) => inWords(ringPhone(transport, request, callNamedIn(request.leg))),
    ringOutside: (request) => inWords(ringOutside(transport, request, callNamedIn(request.leg))),
    record: (request) => inWords(record(transport, request, inOrder(request.channel))),
    stopRecording: (recordingName) =>
      inWords(unlessGone(transport.request('recordings.stop', { recordingName }, inOrder(recordingName)))),
    connect: (bridge, legs, { musicOf }) => inWords(connect(transport, bridge, legs, musicOf, callNamedIn(bridge))),
    part: (bridgeId, channel) =>
      inWords(
        unlessGone(transport.request('bridges.removeChannel', { bridgeId, channel: [channel] }, inOrder(bridgeId))),
      ),
    destroyBridge: (bridgeId) => inWords(transport.request('bridges.destroy', { bridgeId }, inOrder(bridgeId))),
    // Asterisk keeps the last answer to each INVITE, `100 Trying` among them, under the channel's name.
    isHeardOf: async (channelId) =>
      (
        await inWords(
          transport.request(
            'channels.getChannelVar',
            { channelId, variable: 'HANGUPCAUSE_KEYS()' },
            { order: channelId },
          ),
        )
      ).value !== '',
    hangUp: (channelId, cause) =>
      inWords(transport.request('channels.hangup', { channelId, reason_code: reasonCode(cause) }, inOrder(channelId))),
    snapshot: () => inWords(takeSnapshot(transport, now(), others)),
    onEvent: (listener) => {
      if (connected !== undefined) listener(connected);
      return events.add(listener);
    },
  };
};

/** All that is asked for one call is carried out in the order given, whichever of its channels it is about. */
const inOrder = (id: string): { readonly order: string } => ({ order: callNamedIn(id) });

const typeOf = (message: unknown): string =>
  typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : 'unknown';
