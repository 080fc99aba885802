import type { TelephonyEvent } from '@cordboard/application';
import {
  type ChannelId,
  type Extension,
  type Instant,
  instant,
  type PlaybackId,
  type RecordingId,
} from '@cordboard/core';
import { isLeg, liveChannel, roleOf } from './channel.ts';
import { legEndOf } from './hang-up-cause.ts';
import { isListenedTo, Message } from './message.ts';
import { momentIn } from './moment.ts';
import { cleanNumber } from './party.ts';

/**
 * From Asterisk's words to call control's: the last code that knows the word "Stasis".
 * @param lateness by how much what was said at a moment of Asterisk's clock comes late, in ms
 * @returns nothing for what is not listened to; undefined for what should be understood and is not. Never throws.
 */
export const translate = (
  message: unknown,
  at: Instant,
  lateness?: (saidAt: Instant) => number,
): readonly TelephonyEvent[] | undefined => {
  if (!isListenedTo(message)) return [];
  const read = Message.safeParse(message);
  return read.success ? events(read.data, at, lateness) : undefined;
};

const events = (message: Message, at: Instant, lateness?: (saidAt: Instant) => number): readonly TelephonyEvent[] => {
  switch (message.type) {
    case 'StasisStart':
      return entered(message, at, lateness);
    case 'StasisEnd':
      return [{ type: 'LegEnded', at, leg: message.channel.id as ChannelId, cause: 'hung-up' }];
    case 'ChannelDestroyed': {
      const { cause: q850, tech_cause: status } = message;
      const cause = legEndOf(q850, status);
      const leg = message.channel.id as ChannelId;
      return [{ type: 'LegEnded', at, leg, cause, ...(isSipStatus(status) ? { status } : {}) }];
    }
    case 'ChannelHangupRequest':
      return message.soft === true && message.cause === shuttingDown ? [{ type: 'ShuttingDown', at }] : [];
    case 'ChannelStateChange':
      // Up is not told here: a leg can be bridged when it has entered the application, which comes a moment later.
      return message.channel.state === 'Ringing' && isLeg(message.channel.id)
        ? [{ type: 'LegRinging', at, leg: message.channel.id as ChannelId }]
        : [];
    case 'ChannelHold':
      return [{ type: 'LegHeld', at, leg: message.channel.id as ChannelId }];
    case 'ChannelUnhold':
      return [{ type: 'LegResumed', at, leg: message.channel.id as ChannelId }];
    case 'ChannelTransfer':
      return transferred(message, at);
    case 'ChannelDtmfReceived':
      return [{ type: 'DigitPressed', at, leg: message.channel.id as ChannelId, digit: message.digit }];
    case 'PlaybackFinished':
      return [{ type: 'PlaybackEnded', at, playback: message.playback.id as PlaybackId }];
    case 'RecordingFinished':
    case 'RecordingFailed': {
      const { name, duration = 0 } = message.recording;
      return [{ type: 'RecordingEnded', at, recording: name as RecordingId, durationMs: duration * 1000 }];
    }
    case 'ContactStatusChange': {
      const trunk = trunkOf(message.endpoint);
      const { contact_status: status, roundtrip_usec: usec } = message.contact_info;
      const reachable = contactStates[status];
      if (trunk === undefined || reachable === undefined) return [];
      const known = reachable && usec !== undefined ? { roundTripMs: Math.round(Number(usec) / 100) / 10 } : {};
      return [{ type: 'TrunkReachable', at, trunk, reachable, ...known }];
    }
    case 'PeerStatusChange': {
      const extension = phoneOf(message.endpoint);
      const reachable = message.peer.peer_status === 'Reachable';
      return extension === undefined ? [] : [{ type: 'PhoneReachable', at, extension, reachable }];
    }
  }
};

/** AST_SOFTHANGUP_SHUTDOWN (channel.h): Asterisk is being stopped, and takes all its calls down. */
const shuttingDown = 4;

/** The other channel is known when it is one of this Asterisk's; a dialog of somebody else's is nowhere to go. */
const transferred = (
  { refer_to: to, referred_by: by }: Extract<Message, { type: 'ChannelTransfer' }>,
  at: Instant,
): readonly TelephonyEvent[] => {
  const other = to.destination_channel;
  const leg = by.source_channel.id as ChannelId;
  const dialled = cleanNumber(to.requested_destination.destination ?? '');
  return [
    { type: 'PhoneTransferred', at, leg, to: other === undefined ? { dialled } : { leg: other.id as ChannelId } },
  ];
};

/** A channel that we ended, or whose SIP is no cause, has none. */
const isSipStatus = (code: number | undefined): code is number => code !== undefined && code >= 300 && code < 700;

/** A leg enters the application when it is answered (`originate` promises that); a caller, when it arrives. */
const entered = (
  { channel, args, timestamp }: Extract<Message, { type: 'StasisStart' }>,
  at: Instant,
  lateness: ((saidAt: Instant) => number) | undefined,
): readonly TelephonyEvent[] => {
  const role = roleOf(channel, args);
  if (role?.is === 'leg') return [{ type: 'LegAnswered', at, leg: channel.id as ChannelId }];
  if (role === null) return [];
  const saidAt = momentIn(timestamp);
  const known = saidAt === undefined || lateness === undefined ? {} : { lateMs: lateness(saidAt) };
  const waitedMs = (saidAt ?? 0) - (momentIn(channel.creationtime) ?? Number.POSITIVE_INFINITY);
  const since = waitedMs < noticeableMs ? {} : { createdAt: instant(at - waitedMs) };
  return [{ type: 'CallerEntered', at, channel: { ...liveChannel(channel, role), ...since }, ...known }];
};

/** The dialplan has waited half a second, or several, for an application to give the caller to. Both by Asterisk's clock. */
const noticeableMs = 400;

/** Phones are the endpoints whose name is an extension; others (trunks, the fallback) are nobody's to reach. */
export const phoneOf = ({
  technology,
  resource,
}: {
  readonly technology: string;
  readonly resource: string;
}): Extension | undefined => (technology === 'PJSIP' && isExtension(resource) ? (resource as Extension) : undefined);

/** Trunks are the endpoints whose name says so. */
export const trunkOf = ({
  technology,
  resource,
}: {
  readonly technology: string;
  readonly resource: string;
}): string | undefined => (technology === 'PJSIP' ? /^trunk-(.+)$/.exec(resource)?.[1] : undefined);

/** What Asterisk calls a contact's state (res_pjsip/location.c); others say nothing of whether it answers. */
const contactStates: Readonly<Record<string, boolean>> = { Reachable: true, Unreachable: false };

/** An extension is digits: nothing in it can mean something else to a dialplan, a URI or a dial string. */
export const isExtension = (name: string): boolean => /^\d{1,16}$/.test(name);
