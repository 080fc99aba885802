import { randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Happening, type History, startHistory } from '../history.ts';
import { freeUdpPort } from '../ports.ts';
import { header, parseAddress, parseSipMessage, type SipMessage } from '../sip/message.ts';
import { type Answer, answerText } from './answer.ts';
import { type Account, challenge, isProof } from './digest.ts';

/** What a carrier does with calls, registrations and the question whether it is there. */
export interface CarrierBehaviour {
  /** `silent`: not even 100 Trying. */
  readonly invite:
    | { readonly is: 'answer'; readonly ringMs?: number }
    | { readonly is: 'refuse'; readonly status: number }
    | { readonly is: 'silent' }
    /** 100 Trying, and nothing more until the ringing begins after so long. */
    | { readonly is: 'take-long'; readonly tryMs: number };
  /** Who must prove themselves, with every REGISTER and INVITE; absent: nobody. */
  readonly account?: Account;
  /** What who cannot prove it is answered. */
  readonly wrongPassword: number;
  readonly register: 'accept' | 'silent' | number;
  readonly options: 'silent' | number;
  /** RTP payload types that it speaks: 0 µ-law, 8 A-law, 18 G.729. */
  readonly codecs: readonly number[];
  /** The address in its SDP, when that is another than its own. */
  readonly mediaAddress?: string;
}

/** A call that was brought to a carrier. */
export interface CarrierCall extends Happening {
  readonly type: 'call';
  /** The user part of the request URI. */
  readonly number: string;
  /** The user part of From. */
  readonly callerNumber: string;
  readonly invite: SipMessage;
}

/** A carrier: it takes calls on its own address, sends back what it hears, and can be made to fail. */
export interface Carrier {
  readonly host: string;
  readonly port: number;
  readonly calls: History<CarrierCall>;
  /** Every request that came, in order. */
  readonly requests: History<Happening & { readonly message: SipMessage }>;
  /** From now on. */
  behave(changes: Partial<CarrierBehaviour>): void;
  /** The called party ends a call that was answered. */
  hangUp(invite: SipMessage): Promise<void>;
  /** Its machine is gone, and its port is closed. */
  vanish(): Promise<void>;
  /** It is there again, at the same address. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** How to start one. */
export interface CarrierOptions extends Partial<CarrierBehaviour> {
  readonly host: string;
  readonly port?: number;
}

/** A carrier as one wishes: whoever calls is answered at once. */
const kind: CarrierBehaviour = {
  invite: { is: 'answer' },
  wrongPassword: 403,
  register: 'accept',
  options: 200,
  codecs: [8, 0],
};

/** Starts a carrier: a SIP server over UDP that does as it is told. */
export const startCarrier = async ({ host, port, ...changes }: CarrierOptions): Promise<Carrier> => {
  let behaviour: CarrierBehaviour = { ...kind, ...changes };
  const ownPort = port ?? (await freeUdpPort(host));
  const calls = startHistory<CarrierCall>();
  const requests = startHistory<Happening & { readonly message: SipMessage }>();
  const tag = randomBytes(4).toString('hex');
  const nonce = randomBytes(8).toString('hex');
  const pending = new Map<string, { readonly invite: SipMessage; readonly timer: NodeJS.Timeout }>();
  const bindings = new Map<string, string>();
  const sound = await bound(host, 0);
  sound.on('message', (packet, from) => sound.send(packet, from.port, from.address));
  let socket: Socket | undefined;

  const listen = async (): Promise<void> => {
    socket = await bound(host, ownPort);
    socket.on('message', (packet, from) => {
      const message = parseSipMessage(packet.toString());
      if (message?.method !== undefined) hear(message, message.method, from);
    });
  };
  const reply = (request: SipMessage, answer: Answer, to: RemoteInfo): void => {
    socket?.send(answerText(request, answer, tag), to.port, to.address);
  };
  /** @returns whether they may come in; who may not is told so. */
  const admits = (message: SipMessage, method: string, from: RemoteInfo): boolean => {
    const { account, wrongPassword } = behaviour;
    if (account === undefined) return true;
    const proof = header(message, 'authorization');
    if (isProof(proof, method, account)) return true;
    if (proof === undefined) {
      const headers = { 'WWW-Authenticate': challenge('carrier', nonce) };
      reply(message, { status: 401, headers }, from);
    } else reply(message, { status: wrongPassword }, from);
    return false;
  };
  const sessionDescription = (): string => {
    const names: Readonly<Record<number, string>> = { 0: 'PCMU', 8: 'PCMA', 18: 'G729' };
    const address = behaviour.mediaAddress ?? host;
    return [
      'v=0',
      `o=carrier 1 1 IN IP4 ${address}`,
      's=-',
      `c=IN IP4 ${address}`,
      't=0 0',
      `m=audio ${sound.address().port} RTP/AVP ${behaviour.codecs.join(' ')}`,
      ...behaviour.codecs.map((type) => `a=rtpmap:${type} ${names[type]}/8000`),
      '',
    ].join('\r\n');
  };
  const contact = { Contact: `<sip:carrier@${host}:${ownPort}>` };

  const invited = (message: SipMessage, from: RemoteInfo): void => {
    const { invite } = behaviour;
    const id = header(message, 'call-id') ?? '';
    const isRepeated = pending.has(id);
    if (!isRepeated && header(message, 'to')?.includes(';tag=') !== true)
      calls.add({
        type: 'call',
        at: Date.now(),
        number: userOf(message.startLine.split(' ')[1] ?? ''),
        callerNumber: parseAddress(header(message, 'from') ?? '').user,
        invite: message,
      });
    if (invite.is === 'silent' || isRepeated || !admits(message, 'INVITE', from)) return;
    if (invite.is === 'refuse') {
      reply(message, { status: invite.status }, from);
      return;
    }
    if (invite.is === 'take-long') {
      reply(message, { status: 100 }, from);
      const timer = setTimeout(() => {
        pending.delete(id);
        reply(message, { status: 180, headers: contact }, from);
        reply(message, { status: 200, headers: contact, body: sessionDescription() }, from);
      }, invite.tryMs);
      pending.set(id, { invite: message, timer });
      return;
    }
    reply(message, { status: 180, headers: contact }, from);
    const timer = setTimeout(() => {
      pending.delete(id);
      reply(message, { status: 200, headers: contact, body: sessionDescription() }, from);
    }, invite.ringMs ?? 0);
    pending.set(id, { invite: message, timer });
  };
  const registered = (message: SipMessage, from: RemoteInfo): void => {
    const { register } = behaviour;
    if (register === 'silent') return;
    if (register !== 'accept') {
      reply(message, { status: register }, from);
      return;
    }
    if (!admits(message, 'REGISTER', from)) return;
    const who = parseAddress(header(message, 'to') ?? '').user;
    const where = header(message, 'contact');
    if (where !== undefined) bindings.set(who, where);
    const bound = bindings.get(who);
    reply(
      message,
      { status: 200, headers: { ...(bound === undefined ? {} : { Contact: bound }), Expires: '300' } },
      from,
    );
  };
  const hear = (message: SipMessage, method: string, from: RemoteInfo): void => {
    requests.add({ type: method, at: Date.now(), message });
    switch (method) {
      case 'INVITE':
        invited(message, from);
        return;
      case 'REGISTER':
        registered(message, from);
        return;
      case 'OPTIONS':
        if (behaviour.options !== 'silent')
          reply(message, { status: behaviour.options, headers: contact, body: sessionDescription() }, from);
        return;
      case 'CANCEL': {
        const id = header(message, 'call-id') ?? '';
        const ringing = pending.get(id);
        pending.delete(id);
        clearTimeout(ringing?.timer);
        reply(message, { status: 200 }, from);
        if (ringing !== undefined) reply(ringing.invite, { status: 487 }, from);
        return;
      }
      case 'ACK':
        return;
      default:
        reply(message, { status: 200 }, from);
    }
  };

  const vanish = async (): Promise<void> => {
    const leaving = socket;
    socket = undefined;
    if (leaving !== undefined) await closed(leaving);
  };
  await listen();
  return {
    host,
    port: ownPort,
    calls,
    requests,
    behave(next) {
      behaviour = { ...behaviour, ...next };
    },
    async hangUp(invite) {
      const { uri } = parseAddress(header(invite, 'contact') ?? '');
      const peer = /@?([\d.]+):(\d+)/.exec(uri);
      const bye = [
        `BYE ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP ${host}:${ownPort};branch=z9hG4bK${randomBytes(6).toString('hex')}`,
        `From: ${header(invite, 'to') ?? ''};tag=${tag}`,
        `To: ${header(invite, 'from') ?? ''}`,
        `Call-ID: ${header(invite, 'call-id') ?? ''}`,
        'CSeq: 1 BYE',
        'Max-Forwards: 70',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n');
      await new Promise<void>((resolve) => {
        socket?.send(bye, Number(peer?.[2]), peer?.[1], () => resolve());
      });
    },
    vanish,
    comeBack: listen,
    async stop() {
      for (const { timer } of pending.values()) clearTimeout(timer);
      calls.end();
      requests.end();
      await Promise.all([vanish(), closed(sound)]);
    },
  };
};

const userOf = (uri: string): string => parseAddress(`<${uri}>`).user;

const bound = async (host: string, port: number): Promise<Socket> => {
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(port, host);
  await listening;
  return socket;
};

const closed = async (socket: Socket): Promise<void> => {
  const closing = once(socket, 'close');
  socket.close();
  await closing;
};
