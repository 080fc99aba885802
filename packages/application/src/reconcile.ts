import {
  type BridgeId,
  bridgesOf,
  type CallEvent,
  type CallId,
  type CallState,
  type ChannelId,
  type Instant,
  legsOf,
} from '@cordboard/core';
import type { TelephonyCommand } from './execute.ts';
import type { LiveChannel, TelephonySnapshot } from './ports/telephony.ts';

/** What the comparison of our calls with Asterisk's channels asks for. */
export interface Reconciliation {
  /** What must have happened while nobody listened. */
  readonly events: readonly { readonly call: CallId; readonly event: CallEvent }[];
  /** Requests that may have been lost between deciding and acting; harmless when they were not. */
  readonly repairs: readonly { readonly call: CallId; readonly command: TelephonyCommand }[];
  /** Callers who are there and whom we do not know: they begin anew. */
  readonly strangers: readonly LiveChannel[];
  /** Legs and bridges that belong to no call any more. */
  readonly orphans: { readonly legs: readonly ChannelId[]; readonly bridges: readonly BridgeId[] };
}

/**
 * Our calls against Asterisk's channels. Events are hints, the snapshot is the truth.
 * @param afterOutage prompts may have ended unheard: each is taken as ended (a prompt still playing is not cut by the next one, Asterisk queues them).
 */
export const reconcile = (
  calls: readonly CallState[],
  snapshot: TelephonySnapshot,
  at: Instant,
  afterOutage: boolean,
): Reconciliation => {
  const channels = new Map(snapshot.channels.map((channel) => [channel.id, channel]));
  const bridges = new Map(snapshot.bridges.map((bridge) => [bridge.id, bridge.channels]));
  const ours = new Set<string>(calls.flatMap((call) => [call.caller, ...legsOf(call)]));
  const ourBridges = new Set<string>(calls.flatMap(bridgesOf));
  return {
    events: calls.flatMap((call) =>
      missed(call, channels, at, afterOutage, snapshot.startedAt).map((event) => ({ call: call.id, event })),
    ),
    repairs: calls.flatMap((call) =>
      [...(afterOutage ? silence(call) : []), ...repairs(call, channels, bridges)].map((command) => ({
        call: call.id,
        command,
      })),
    ),
    strangers: snapshot.channels.filter(({ id, role }) => role?.is === 'caller' && !ours.has(id)),
    orphans: {
      legs: snapshot.channels.filter(({ id, role }) => role?.is === 'leg' && !ours.has(id)).map(({ id }) => id),
      bridges: snapshot.bridges.filter(({ id }) => isOurs(id) && !ourBridges.has(id)).map(({ id }) => id),
    },
  };
};

const missed = (
  call: CallState,
  channels: ReadonlyMap<string, LiveChannel>,
  at: Instant,
  afterOutage: boolean,
  startedAt: Instant | undefined,
): readonly CallEvent[] => {
  if (call.phase === 'calling-back') return missedCallingBack(call, channels, at);
  if (call.phase === 'dialling' && call.doing.is === 'own-phone') return missedOf(call.caller, channels, at, true);
  if (!channels.has(call.caller))
    return startedAt !== undefined && call.arrivedAt < startedAt
      ? [{ type: 'LostWithAsterisk', at }]
      : [{ type: 'LegEnded', at, leg: call.caller, cause: 'lost' }];
  switch (call.phase) {
    case 'in-flow':
      return afterOutage && 'playback' in call.doing && call.doing.playback !== undefined
        ? [{ type: 'PlaybackEnded', at, playback: call.doing.playback }]
        : [];
    case 'queued':
      return afterOutage && call.announcing !== undefined
        ? [{ type: 'PlaybackEnded', at, playback: call.announcing }]
        : [];
    case 'offered':
      return call.offer.legs.flatMap(({ leg, ringing }) => missedOf(leg, channels, at, ringing));
    case 'ringing':
      return call.legs.flatMap(({ leg }) => missedOf(leg, channels, at, true));
    case 'dialling':
      return call.doing.is === 'ringing' ? missedOf(call.doing.leg, channels, at, true) : [];
    case 'telling':
      return afterOutage ? [{ type: 'PlaybackEnded', at, playback: call.playback }] : [];
    case 'talking':
      return [
        ...lostOf(call.leg, channels, at),
        ...(call.third === undefined ? [] : missedOfThird(call.third, channels, at)),
      ];
    case 'consulting': {
      const { leg, answered } = call.consult;
      return [
        ...lostOf(call.leg, channels, at),
        ...(answered ? lostOf(leg, channels, at) : missedOf(leg, channels, at, true)),
      ];
    }
    case 'parked':
      return call.telling !== undefined && (afterOutage || !channels.has(call.telling.leg))
        ? [{ type: 'PlaybackEnded', at, playback: call.telling.playback }]
        : [];
    case 'ended':
      return [];
  }
};

const lostOf = (leg: ChannelId, channels: ReadonlyMap<string, LiveChannel>, at: Instant): readonly CallEvent[] =>
  channels.has(leg) ? [] : [{ type: 'LegEnded', at, leg, cause: 'lost' }];

/** Only the phones that have been asked to ring can be missed. */
const missedCallingBack = (
  call: Extract<CallState, { phase: 'calling-back' }>,
  channels: ReadonlyMap<string, LiveChannel>,
  at: Instant,
): readonly CallEvent[] => {
  if (call.stage === 'agent') return missedOf(call.leg, channels, at, true);
  const agentGone = call.order === 'agent-first' && !channels.has(call.leg);
  return agentGone
    ? [{ type: 'LegEnded', at, leg: call.leg, cause: 'lost' }]
    : missedOf(call.caller, channels, at, true);
};

/** One who has joined can only have gone. */
const missedOfThird = (
  { leg, joined }: NonNullable<Extract<CallState, { phase: 'talking' }>['third']>,
  channels: ReadonlyMap<string, LiveChannel>,
  at: Instant,
): readonly CallEvent[] => (joined && channels.has(leg) ? [] : missedOf(leg, channels, at, true));

const missedOf = (
  leg: ChannelId,
  channels: ReadonlyMap<string, LiveChannel>,
  at: Instant,
  ringing: boolean,
): readonly CallEvent[] => {
  const channel = channels.get(leg);
  if (channel === undefined) return [{ type: 'LegEnded', at, leg, cause: 'lost' }];
  if (channel.state === 'up') return [{ type: 'LegAnswered', at, leg }];
  return channel.state === 'ringing' && !ringing ? [{ type: 'LegRinging', at, leg }] : [];
};

const repairs = (
  call: CallState,
  channels: ReadonlyMap<string, LiveChannel>,
  bridges: ReadonlyMap<string, readonly ChannelId[]>,
): readonly TelephonyCommand[] => {
  const caller = channels.get(call.caller);
  if (caller === undefined) return [];
  // Whom a page holds apart is not to be brought together.
  if (call.phase === 'talking' && channels.has(call.leg) && call.held?.from !== 'page')
    return [
      ...together(call.bridge, call.caller, call.leg, bridges),
      ...thirdInside(call, channels, bridges.get(call.bridge) ?? []),
    ];
  if (call.phase === 'consulting' && call.consult.answered && channels.has(call.leg) && channels.has(call.consult.leg))
    return together(call.consult.bridge, call.leg, call.consult.leg, bridges);
  if (caller.state !== 'up' && call.answered && call.phase !== 'ended')
    return [
      { type: 'Answer', channel: call.caller },
      ...(call.phase === 'queued' || call.phase === 'offered'
        ? [{ type: 'StartMusic', channel: call.caller, music: call.treatment.music } as const]
        : []),
    ];
  return [];
};

/** What is said to one in line and may still be heard, though it is taken as ended: Asterisk would join them to nobody before. */
const silence = (call: CallState): readonly TelephonyCommand[] =>
  call.phase === 'queued' && call.announcing !== undefined ? [{ type: 'StopPlaying', playback: call.announcing }] : [];

const thirdInside = (
  { bridge, third }: Extract<CallState, { phase: 'talking' }>,
  channels: ReadonlyMap<string, LiveChannel>,
  inside: readonly ChannelId[],
): readonly TelephonyCommand[] =>
  third?.joined === true && channels.has(third.leg) && !inside.includes(third.leg)
    ? [{ type: 'Join', bridge, leg: third.leg }]
    : [];

const together = (
  bridge: BridgeId,
  caller: ChannelId,
  leg: ChannelId,
  bridges: ReadonlyMap<string, readonly ChannelId[]>,
): readonly TelephonyCommand[] => {
  const inside = bridges.get(bridge) ?? [];
  return inside.includes(caller) && inside.includes(leg) ? [] : [{ type: 'Connect', bridge, caller, leg, music: true }];
};

/** Bridges are named `<call>.b<count>`; others on the same Asterisk are not ours to touch. */
const isOurs = (bridge: BridgeId): boolean => /^c[^.]+\.b\d+$/.test(bridge);
