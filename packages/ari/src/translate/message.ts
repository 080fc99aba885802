import { z } from 'zod';
import { Channel } from '../operation/answers.ts';

/** `duration` is in seconds; only of a recording that was finished. */
const Recording = z.object({ name: z.string(), duration: z.number().optional() });

/** What is read of the events that are listened to. */
export const Message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('StasisStart'),
    timestamp: z.string().optional(),
    args: z.array(z.string()),
    channel: Channel,
  }),
  z.object({ type: z.literal('StasisEnd'), channel: Channel }),
  z.object({
    type: z.literal('ChannelDestroyed'),
    cause: z.number(),
    tech_cause: z.number().optional(),
    channel: Channel,
  }),
  /** `soft`: Asterisk itself wants the channel ended, and `cause` says why (enum in channel.h), not as in Q.850. */
  z.object({ type: z.literal('ChannelHangupRequest'), soft: z.boolean().optional(), cause: z.number().optional() }),
  z.object({ type: z.literal('ChannelStateChange'), channel: Channel }),
  z.object({ type: z.literal('ChannelHold'), channel: Channel }),
  z.object({ type: z.literal('ChannelUnhold'), channel: Channel }),
  z.object({
    type: z.literal('ChannelTransfer'),
    refer_to: z.object({
      requested_destination: z.object({ destination: z.string().optional() }),
      destination_channel: z.object({ id: z.string() }).optional(),
    }),
    referred_by: z.object({ source_channel: z.object({ id: z.string() }) }),
  }),
  z.object({ type: z.literal('ChannelDtmfReceived'), digit: z.string().regex(/^[\dA-D*#]$/), channel: Channel }),
  z.object({ type: z.literal('PlaybackFinished'), playback: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('RecordingFinished'), recording: Recording }),
  z.object({ type: z.literal('RecordingFailed'), recording: Recording }),
  z.object({
    type: z.literal('ContactStatusChange'),
    endpoint: z.object({ technology: z.string(), resource: z.string() }),
    /** `roundtrip_usec` is a number in quotes. */
    contact_info: z.object({ contact_status: z.string(), roundtrip_usec: z.string().optional() }),
  }),
  z.object({
    type: z.literal('PeerStatusChange'),
    endpoint: z.object({ technology: z.string(), resource: z.string() }),
    peer: z.object({ peer_status: z.string() }),
  }),
]);
export type Message = z.output<typeof Message>;

const types: ReadonlySet<string> = new Set(Message.options.map(({ shape }) => shape.type.value));

/** Whether this is an event that is listened to, readable or not. */
export const isListenedTo = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  typeof message.type === 'string' &&
  types.has(message.type);

/**
 * Of the application that watches phones and trunks: one message when a phone comes or goes, one when a carrier does or has
 * answered in another time than before, and none for their calls.
 */
export const watchEvents: readonly string[] = ['PeerStatusChange', 'ContactStatusChange'];

/** Of the application that controls calls. */
export const callEvents: readonly string[] = [...types].filter((type) => !watchEvents.includes(type));
