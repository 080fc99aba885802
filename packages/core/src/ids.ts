/** Every kind of id has a type of its own: a bridge id passed as a channel id is refused by the compiler. */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** The customer's whole contact. It outlives every channel that carried it. */
export type CallId = Branded<string, 'CallId'>;
/** One leg in Asterisk. A call has one caller channel and, once offered, one agent channel. */
export type ChannelId = Branded<string, 'ChannelId'>;
/** A promise to call somebody back, and a place in line meanwhile. */
export type TicketId = Branded<string, 'TicketId'>;
/** What mixes two legs. One per conversation, never used twice. */
export type BridgeId = Branded<string, 'BridgeId'>;
export type PlaybackId = Branded<string, 'PlaybackId'>;
export type AgentId = Branded<string, 'AgentId'>;
export type QueueId = Branded<string, 'QueueId'>;
export type SkillId = Branded<string, 'SkillId'>;
export type FlowId = Branded<string, 'FlowId'>;
export type NodeId = Branded<string, 'NodeId'>;
/** The short number of a desk phone, and the name of its endpoint: `101`. */
export type Extension = Branded<string, 'Extension'>;

/** A number called over a trunk: a phone that this house does not know. */
export type OutsideNumber = Branded<string, 'OutsideNumber'>;
export type RecordingId = Branded<string, 'RecordingId'>;
/** One question put to another system. */
export type AskId = Branded<string, 'AskId'>;

/**
 * A call is named after the caller's channel, so that a restarted process finds the same name again
 * and no second register of names can disagree with Asterisk's.
 */
export const callOf = (caller: ChannelId): CallId => `c${caller.replaceAll('.', '-')}` as CallId;

/** One promise per caller and queue: a second one is the first. */
export const ticketOf = (call: CallId, queue: QueueId): TicketId => `t${call.slice(1)}-${queue}` as TicketId;
/** The calls that keep a promise are named after it and counted, so that none is made twice. */
export const callbackOf = (ticket: TicketId, count: number): CallId => `c${ticket.slice(1)}-k${count}` as CallId;

/**
 * The call that an id was made for: legs, bridges, playbacks and recordings are named `<call>.<kind><count>`; a caller's
 * channel has the name that its call is made from. A leg may have passed to another call since.
 */
export const callNamedIn = (id: string): CallId =>
  (/^(c[^.]+)\.[abpr]\d+$/.exec(id)?.[1] as CallId | undefined) ?? callOf(id as ChannelId);
/** A call that a page asks for is named after the request, so that asking twice places one call. */
export const placedOf = (request: string): CallId => `cp-${request}` as CallId;

/** Ids of all that a call creates are counted within the call: a repeated request meets 409, not a second phone. */
export const legOf = (call: CallId, count: number): ChannelId => `${call}.a${count}` as ChannelId;
export const bridgeOf = (call: CallId, count: number): BridgeId => `${call}.b${count}` as BridgeId;
export const recordingOf = (call: CallId, count: number): RecordingId => `${call}.r${count}` as RecordingId;
export const askOf = (call: CallId, count: number): AskId => `${call}.h${count}` as AskId;
export const playbackOf = (call: CallId, count: number): PlaybackId => `${call}.p${count}` as PlaybackId;
