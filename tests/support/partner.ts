import { type Caller, freeUdpPort } from '@cordboard/sip-lab';
import { tones } from './hears.ts';
import type { House } from './house.ts';
import { until } from './until.ts';

/** Where calls out of the house arrive: a carrier with a number that nobody has. */
export interface Partner {
  readonly number: string;
  readonly trunk: string;
  /** Somebody at that number, with a microphone of their own. */
  open(): Promise<Caller>;
}

/** A trunk that leads out of the house; resolves when Asterisk knows it. */
export const openPartner = async (house: House): Promise<Partner> => {
  const number = '+33199000001';
  const host = '127.0.0.3';
  const sipPort = await freeUdpPort(host);
  const server = `${host}:${sipPort}`;
  await house.admin.ask('POST', '/api/trunks', { id: 'partner', name: 'Partner', addresses: [host], server });
  await until('Asterisk knows the partner', async () => (await house.truth.endpoints()).includes('trunk-partner'));
  return {
    number,
    trunk: 'partner',
    open: () => house.caller({ callerNumber: number, host, sipPort, tone: tones.outside }),
  };
};
