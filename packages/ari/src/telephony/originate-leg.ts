import type { RingRequest } from '@cordboard/application';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { callerIdOf } from './caller-id.ts';
import { isAboutAnother, PhoneNotRung, unlessDone } from './refusal.ts';
import { ownerVariable } from './snapshot.ts';

/**
 * A phone is rung for as long as call control says. Should that be gone, nobody would end the ringing: longer than
 * this, in s, no phone rings.
 */
const ringAtMostS = 180;

/** A phone's REFER is told to us and left to us; Asterisk would carry it out without our knowing. */
const transfersAreOurs = { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' } as const;

export interface Leg extends Omit<RingRequest, 'extension'> {
  /** As Asterisk dials it: `PJSIP/101`. */
  readonly endpoint: string;
  /** Of its channel, before it is dialled. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Rings an endpoint, and while it rings makes the bridge for the conversation. Ids are ours: asking twice rings once. */
export const originateLeg = async (transport: AriTransport, leg: Leg, call: string): Promise<void> => {
  const rung = transport.request(
    'channels.originate',
    {
      channelId: leg.leg,
      endpoint: leg.endpoint,
      app: transport.app,
      appArgs: `leg,${call}`,
      callerId: callerIdOf(leg.callerName, leg.callerNumber),
      ...(leg.originator === undefined ? {} : { originator: leg.originator }),
      timeout: ringAtMostS,
      variables: { [ownerVariable]: transport.app, ...transfersAreOurs, ...leg.variables },
    },
    // Not in line behind the caller's own requests: `answer` keeps Asterisk for as long as the channel takes.
    { order: leg.leg },
  );
  await rung.catch((error: unknown) => unlessThere(transport, leg.leg, call, error));
  // Nobody answers within a millisecond; made at the same time, it would take Asterisk from the phone.
  await makeBridge(transport, leg.bridge, call);
};

/** One per conversation; its name says whose it is. */
export const makeBridge = (transport: AriTransport, bridge: string, call: string): Promise<void> =>
  unlessDone(transport.request('bridges.create', { bridgeId: bridge, type: 'mixing', name: call }, { order: call }));

/**
 * Refused: either it rings already, or it cannot be rung; the refusal does not say which. Asterisk remembers, for each
 * connection, that an id was once taken (channel.c, ast_channel_internal_errno), and then calls every failure that one.
 */
const unlessThere = async (transport: AriTransport, leg: string, call: string, error: unknown): Promise<void> => {
  if (!(error instanceof AriRefused) || isAboutAnother(error)) throw error;
  try {
    await transport.request('channels.get', { channelId: leg }, { order: call });
  } catch (missing) {
    if (!(missing instanceof AriRefused && missing.status === 404)) throw missing;
    throw new PhoneNotRung(error.message);
  }
};
