import { join } from 'node:path';
import { LegGone, type LiveChannel, type TelephonyEvent } from '@cordboard/application';
import {
  type AriTransport,
  type AsteriskConnection,
  connectAsterisk,
  pushConfiguration,
  type WantedConfiguration,
} from '@cordboard/ari';
import { type CallId, callOf, type Instant } from '@cordboard/core';
import {
  type Caller,
  type CallerOptions,
  type Phone,
  type PhoneCall,
  type PhoneOptions,
  startCaller,
  startPhone,
} from '@cordboard/sip-lab';
import { until } from '../support/until.ts';
import { type AriLab, app } from './ari-lab.ts';
import { askAri } from './embedded-lab.ts';

/** Where the carrier is; phones are at 127.0.0.1. */
export const carrier = '127.0.0.2';

const passwordOf = (extension: string): string => `the-password-of-${extension}`;

/** What Asterisk is told at first. */
export const furniture: WantedConfiguration = {
  phones: ['101', '102'].map((extension) => ({
    extension,
    name: `Phone ${extension}`,
    password: passwordOf(extension),
  })),
  trunks: [{ id: 'carrier', name: 'The carrier', addresses: [carrier] }],
  fallback: [],
};

/** Phones, callers and what Asterisk says of them, with nobody in control but the test. */
export interface AriFloor {
  readonly asterisk: AsteriskConnection;
  readonly told: readonly TelephonyEvent[];
  readonly malformed: readonly string[];
  /** The first event of this type that fits, past or to come. */
  tells<Type extends TelephonyEvent['type']>(
    type: Type,
    fits?: (event: Extract<TelephonyEvent, { type: Type }>) => boolean,
  ): Promise<Extract<TelephonyEvent, { type: Type }>>;
  phone(extension: string, options?: Partial<PhoneOptions>): Promise<Phone>;
  caller(options?: Partial<CallerOptions>): Promise<Caller>;
  /** Someone dials a number, and has entered. */
  arrives(party: Caller | Phone, number: string): Promise<Arrival>;
  /** All parties hang up and go; resolves when Asterisk has nothing left. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Arrival {
  readonly dialled: PhoneCall;
  readonly channel: LiveChannel;
  readonly call: CallId;
}

/** Connects, and pushes a trunk and two phones. */
export const openFloor = async (
  { asterisk: server, lab, access }: AriLab,
  transport: AriTransport['kind'],
  url = access.url,
): Promise<AriFloor> => {
  const told: TelephonyEvent[] = [];
  const malformed: string[] = [];
  const parties: { stop(): Promise<void> }[] = [];
  const asterisk = await connectAsterisk({
    ...access,
    url,
    app,
    transport,
    now: () => Date.now() as Instant,
    observer: { messageMalformed: (what) => malformed.push(what) },
  });
  asterisk.telephony.onEvent((event) => told.push(event));
  const tells: AriFloor['tells'] = (type, fits = () => true) =>
    until(`Asterisk tells ${type}`, () =>
      told.find(
        (event): event is Extract<TelephonyEvent, { type: typeof type }> => event.type === type && fits(event as never),
      ),
    );
  await tells('Connected');
  await pushConfiguration(asterisk.transport, furniture);

  return {
    asterisk,
    told,
    malformed,
    tells,
    async phone(extension, options = {}) {
      const phone = await startPhone({
        spawn: lab.root.spawn,
        folder: join(lab.folder, 'parties'),
        registrar: server.sip,
        extension,
        password: passwordOf(extension),
        ...options,
      });
      parties.push(phone);
      await phone.registered;
      return phone;
    },
    async caller(options = {}) {
      const caller = await startCaller({
        spawn: lab.root.spawn,
        folder: join(lab.folder, 'parties'),
        trunk: server.sip,
        callerNumber: '+33639981000',
        host: carrier,
        ...options,
      });
      parties.push(caller);
      return caller;
    },
    async arrives(party, number) {
      const before = told.length;
      const dialled = await party.dial(number);
      const { channel } = await tells('CallerEntered', (event) => told.indexOf(event) >= before);
      return { dialled, channel, call: callOf(channel.id) };
    },
    async clear() {
      await Promise.all(parties.splice(0).map((party) => party.stop()));
      for (const { id } of (await asterisk.telephony.snapshot()).channels)
        await asterisk.telephony.hangUp(id, 'normal').catch(unlessGone);
      await until('Asterisk has no channel left', async () => {
        const { body } = await askAri(server, 'GET', 'channels');
        return Array.isArray(body) && body.length === 0;
      });
      for (const { id } of (await asterisk.telephony.snapshot()).bridges) await asterisk.telephony.destroyBridge(id);
      told.length = 0;
    },
    close: () => asterisk.close(),
  };
};

const unlessGone = (error: unknown): void => {
  if (!(error instanceof LegGone)) throw error;
};
