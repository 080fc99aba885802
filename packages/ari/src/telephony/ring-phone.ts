import type { RingRequest } from '@cordboard/application';
import { isExtension } from '../translate/translate.ts';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { callerIdOf } from './caller-id.ts';
import { isAboutAnother, PhoneNotRung, unlessDone } from './refusal.ts';
import { ownerVariable } from './snapshot.ts';

/**
 * A phone is rung for as long as call control says. Should that be gone, nobody would end the ringing: longer than
 * this, in s, no phone rings.
 */
const ringAtMostS = 180;

/** Rings a phone, and makes the bridge for the conversation meanwhile. Ids are ours: asking twice rings once. */
export const ringPhone = async (transport: AriTransport, request: RingRequest, call: string): Promise<void> => {
  const { leg, extension, bridge, originator } = request;
  if (!isExtension(extension)) throw new PhoneNotRung(`${JSON.stringify(extension)} is no extension`);
  // Not in line behind the caller's own requests: `answer` keeps Asterisk for as long as the channel takes.
  const order = { order: leg };
  const rung = transport.request(
    'channels.originate',
    {
      channelId: leg,
      endpoint: `PJSIP/${extension}`,
      app: transport.app,
      appArgs: `leg,${call}`,
      callerId: callerIdOf(request.callerName, request.callerNumber),
      originator,
      timeout: ringAtMostS,
      variables: { CORDBOARD_CALL: call, [ownerVariable]: transport.app },
    },
    order,
  );
  const bridged = makeBridge(transport, bridge, call);
  await Promise.all([rung.catch((error: unknown) => unlessThere(transport, leg, call, error)), bridged]);
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
