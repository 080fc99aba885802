import { type Caller, freeUdpPort, startCaller } from '@cordboard/sip-lab';
import { tones } from './hears.ts';
import type { House } from './house.ts';
import { openTrunk } from './open-trunk.ts';

/** A number outside the house, and whoever answers there. */
export interface Partner {
  readonly number: string;
  readonly trunk: string;
  readonly party: Caller;
}

/** Somebody outside, with a microphone of their own, and the trunk that leads there. They stay until told to stop. */
export const openPartner = async (house: House): Promise<Partner> => {
  const [number, trunk, host] = ['+33199000001', 'partner', '127.0.0.3'];
  const sipPort = await freeUdpPort(host);
  const party = await startCaller({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    trunk: house.asterisk.sip,
    callerNumber: number,
    host,
    sipPort,
    tone: tones.outside,
  });
  await openTrunk(house, { id: trunk, host, sipPort });
  return { number, trunk, party };
};
