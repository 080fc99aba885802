import { type Account, accountLine, accountUri, type Codec, escapeUser } from '../baresip/config.ts';
import type { BaresipEvent } from '../baresip/control.ts';
import { startBaresip } from '../baresip/process.ts';
import { type Happening, type History, startHistory } from '../history.ts';
import { header, parseAddress, type SipMessage } from '../sip/message.ts';
import type { SpawnInRoot } from '../spawn-in-root.ts';
import type { Patience } from '../within.ts';
import type { CallContext } from './call-context.ts';
import { callOf } from './call-of.ts';
import { collectHeard, forgetHeard } from './heard.ts';
import type { PhoneCall } from './phone-call.ts';
import { type PhoneEvent, toPhoneEvent } from './phone-event.ts';

/** A call that someone makes to us. */
export interface IncomingCall extends PhoneCall {
  /** The user part of From. */
  readonly fromNumber: string;
  /** The display name of From; empty when there is none. */
  readonly fromName: string;
  /** The INVITE as it arrived. */
  readonly invite: SipMessage;
}

/** A SIP message that was sent or received. */
export interface MessageEvent extends Happening {
  readonly type: 'sent' | 'received';
  readonly message: SipMessage;
}

/** A party with one account: what a phone and a caller have in common. */
export interface UserAgent {
  readonly sipPort: number;
  readonly events: History<PhoneEvent>;
  /** Every SIP message on its port. */
  readonly messages: History<MessageEvent>;
  /** All its calls, oldest first. */
  readonly calls: readonly PhoneCall[];
  /**
   * The oldest incoming call that this function has not returned yet.
   * @throws NotInTime
   */
  nextIncoming(patience: Patience): Promise<IncomingCall>;
  /**
   * Calls a number of the exchange, or a whole SIP URI; resolves when the INVITE is on its way.
   * @throws CommandRefused
   */
  dial(number: string): Promise<PhoneCall>;
  /** Ends its calls and itself. */
  stop(): Promise<void>;
}

/** How to start one. */
export interface UserAgentOptions {
  readonly spawn: SpawnInRoot;
  /** Where it keeps its files, on the host. */
  readonly folder: string;
  /** The address it binds to. */
  readonly host: string;
  readonly sipPort?: number;
  /** The microphone's tone, in Hz. */
  readonly tone: number;
  readonly codecs: readonly Codec[];
  readonly account: Omit<Account, 'codecs'>;
  /** Whether it keeps no sound, and of what happened the last few calls; no. */
  readonly forgetful?: boolean;
}

/** The account's own comings and goings, for a phone. */
export interface AccountControl {
  add(): Promise<void>;
  remove(): Promise<void>;
}

/** Events or messages: some twenty each for a call with a re-INVITE. */
const lastFewCalls = 200;

/** A re-INVITE, as for hold, may begin the media anew. */
const beginsMedia: ReadonlySet<PhoneEvent['type']> = new Set([
  'early-media',
  'answered',
  'established',
  'changed-by-peer',
]);

/** Starts a user agent whose account is not yet known to it. */
export const startUserAgent = async (
  options: UserAgentOptions,
): Promise<{ userAgent: UserAgent; account: AccountControl }> => {
  const account: Account = { ...options.account, codecs: options.codecs };
  const line = accountLine(account);
  const most = options.forgetful === true ? lastFewCalls : undefined;
  const events = startHistory<PhoneEvent>(most);
  const messages = startHistory<MessageEvent>(most);
  const calls: PhoneCall[] = [];
  const returned = new Set<string>();
  // Events and messages may come before the parts that know what to do with them; they are kept in the histories.
  let context: CallContext | undefined;

  const onEvent = (event: BaresipEvent) => {
    const happened = toPhoneEvent(event, Date.now());
    if (happened === undefined) return;
    if (happened.type === 'incoming' && happened.callId) addCall(happened.callId, 'incoming');
    if (beginsMedia.has(happened.type) && happened.callId) context?.heard.mediaMayHaveBegun(happened.callId);
    events.add(happened);
  };
  const onMessage = (type: MessageEvent['type'], message: SipMessage) => {
    messages.add({ type, at: Date.now(), message });
  };
  const addCall = (id: string, direction: PhoneCall['direction']): PhoneCall => {
    if (context === undefined) throw new TypeError('a call before its phone is ready');
    const call = callOf(context, { id, direction, at: Date.now() });
    calls.push(call);
    return call;
  };

  const baresip = await startBaresip({
    ...options,
    label: account.user,
    maxCalls: 4,
    onEvent,
    onMessage,
  });
  const uriOf = (number: string) =>
    /^sips?:/.test(number) ? number : `sip:${escapeUser(number)}@${account.host}:${account.port}`;
  context = {
    baresip,
    history: events,
    heard: options.forgetful === true ? forgetHeard(baresip.folder) : collectHeard(baresip.folder),
    held: new Set(),
    calls: () => calls,
    messages: () => messages.all.map(({ message }) => message),
    uriOf,
  };

  // Whoever waits for something in vain is shown why.
  let isStopping = false;
  void baresip.exited.then(() => {
    if (!isStopping) events.add({ type: 'died', at: Date.now() });
  });

  const userAgent: UserAgent = {
    sipPort: baresip.sipPort,
    events,
    messages,
    calls,
    async nextIncoming({ withinMs }) {
      const { callId } = await events.first(
        (event) => event.type === 'incoming' && event.callId !== undefined && !returned.has(event.callId),
        { withinMs, what: `${account.user} was not called` },
      );
      const call = calls.find(({ id }) => id === callId);
      if (call === undefined) throw new TypeError('an incoming call that is unknown');
      returned.add(call.id);
      const { message: invite } = await messages.first(
        ({ message }) => message.method === 'INVITE' && header(message, 'call-id') === callId,
        { withinMs, what: 'the INVITE was not traced' },
      );
      const from = parseAddress(header(invite, 'from') ?? '');
      return { ...call, fromNumber: from.user, fromName: from.name, invite };
    },
    async dial(number) {
      const reply = await baresip.command('dial', `${uriOf(number)} 0`);
      const id = /call id: (\S+)/.exec(reply)?.[1];
      if (id === undefined) throw new TypeError(`baresip dialled without a call id: ${reply}`);
      return addCall(id, 'outgoing');
    },
    async stop() {
      isStopping = true;
      await baresip.stop();
      events.end();
      messages.end();
    },
  };
  return {
    userAgent,
    account: {
      add: async () => {
        await baresip.command('uanew', line);
      },
      remove: async () => {
        await baresip.command('uadel', accountUri(account));
      },
    },
  };
};
