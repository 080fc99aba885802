import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Caller, type Carrier, type Phone, startCaller, startCarrier, startPhone } from '@cordboard/sip-lab';
import { type Closing, openClosing } from '../../../apps/cli/src/closing.ts';
import type { Dice } from '../../../apps/cli/src/demo/dice.ts';
import { projectFolder } from '../../../apps/cli/src/project-folder.ts';
import { askAri } from '../../integration/embedded-lab.ts';
import { type House, openHouse } from '../../support/house.ts';
import { agentAt, carrier as carrierHost } from '../../support/house-people.ts';
import { type LossyAri, startLossyAri } from '../../support/lossy-ari.ts';
import { openTrunk } from '../../support/open-trunk.ts';
import { until } from '../../support/until.ts';
import { type ControlSound, controlTone, openControlSound } from './control-sound.ts';
import { startMetronome } from './metronome.ts';
import { pause } from './run.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';
import { network, tablePolicy } from './table-policy.ts';

/** What each caller of a run does, in the order in which they come. */
export const parts = [
  'talking',
  'held',
  'consulting',
  'ringing',
  'first',
  'second',
  'promised',
  'menu',
  'message',
  'newcomer',
] as const;
export type Part = (typeof parts)[number];

/** The house of the fault table, with all that can be broken in it, and everybody who calls and answers. */
export interface World {
  readonly house: House;
  /** The way from call control to Asterisk. */
  readonly ari: LossyAri;
  /** What everything of the house is kept on; undefined where none could be made. */
  readonly disk: SmallDisk | undefined;
  readonly desks: readonly Phone[];
  /** At whose phone nobody is signed in: asked by whoever consults. */
  readonly colleague: Phone;
  readonly callers: Readonly<Record<Part, Caller>>;
  /** The telephone network that reaches those who were promised a call. */
  readonly carrier: Carrier;
  /** A call that the product has no part in: what the machine alone does to sound. */
  readonly control: ControlSound;
  /** Where the parties keep what they hear. */
  readonly sounds: string;
  close(): Promise<void>;
}

/** The microphones, in Hz; no two within a third of each other, and no octaves. */
export const tones = { caller: 440, desks: [880, 1500, 2000, 2600], colleague: 1250, control: controlTone } as const;

/** The extension of the colleague, and of the phone that hears itself. */
export const extensions = { colleague: '106', control: '105' } as const;

/** Opens it: everybody is at their desk and signed in. */
export const openWorld = async (dice: Dice): Promise<World> => {
  const closing = openClosing();
  try {
    return await open(dice, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
};

const open = async (dice: Dice, closing: Closing): Promise<World> => {
  // What the phones hear is not kept on the disk that will be full.
  const sounds = await mkdtemp(join(tmpdir(), 'cordboard-sounds-'));
  closing.add(() => rm(sounds, { recursive: true, force: true }));
  const disk = openSmallDisk();
  if (disk !== undefined) closing.add(async () => disk.remove());
  const house = await onDisk(disk, () => openHouseOf(dice, closing));
  const { spawn } = house.house.lab.root;
  const at = { spawn, folder: sounds };
  const registrar = house.house.asterisk.sip;
  const phone = async (extension: string, tone: number, more: Partial<Parameters<typeof startPhone>[0]> = {}) => {
    const password = house.house.passwords.get(extension) ?? '';
    const started = await startPhone({ ...at, registrar, extension, password, tone, ...more });
    closing.add(() => started.stop());
    await started.registered;
    return started;
  };
  const desks: Phone[] = [];
  for (const [index, extension] of Object.keys(agentAt).entries())
    desks.push(await phone(extension, tones.desks[index] ?? 0));
  const colleague = await phone(extensions.colleague, tones.colleague, { answer: { afterMs: 50 } });
  const callers: Partial<Record<Part, Caller>> = {};
  for (const [index, part] of parts.entries()) {
    const caller = await startCaller({
      ...at,
      trunk: registrar,
      callerNumber: `+3363998${2000 + index}`,
      host: carrierHost,
      tone: tones.caller,
    });
    closing.add(() => caller.stop());
    callers[part] = caller;
  }
  const carrier = await startCarrier({ host: '127.0.0.3' });
  closing.add(() => carrier.stop());
  await openTrunk(house.house, { id: network, host: carrier.host, sipPort: carrier.port });
  const metronome = startMetronome();
  closing.add(metronome.stop);
  const control = openControlSound(
    house.house.asterisk,
    await phone(extensions.control, tones.control, { answer: { afterMs: 50 } }),
    metronome,
  );
  for (const agent of Object.values(agentAt)) await house.house.signIn(agent);
  await house.house.board.shows('all four ready', ({ agents }) =>
    Object.values(agentAt).every((agent) => agents.get(agent)?.state === 'ready'),
  );
  return {
    ...house,
    disk,
    desks,
    colleague,
    callers: callers as Record<Part, Caller>,
    carrier,
    control,
    sounds,
    close: closing.close,
  };
};

const openHouseOf = async (
  dice: Dice,
  closing: Closing,
): Promise<{ readonly house: House; readonly ari: LossyAri }> => {
  let ari: LossyAri | undefined;
  const house = await openHouse({
    policy: tablePolicy(),
    environment: async ({ environment }) => {
      ari = await startLossyAri(environment.ARI_URL, () => dice.next());
      return {
        ARI_URL: ari.url,
        NODE_OPTIONS: `--import=${projectFolder}/tests/faults/table/stepped-clock.mjs`,
      };
    },
  });
  if (ari === undefined) throw new TypeError('a house without a way to Asterisk');
  const { close } = ari;
  closing.add(close);
  closing.add(() => house.close());
  return { house, ari };
};

/** A house is made where temporary files are. */
const onDisk = async <Made>(disk: SmallDisk | undefined, make: () => Promise<Made>): Promise<Made> => {
  const { TMPDIR } = process.env;
  if (disk !== undefined) process.env.TMPDIR = disk.folder;
  try {
    return await make();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
};

/** Under this name calls are given to call control, unless the environment says otherwise. */
const application = 'cordboard-1';

/**
 * Resolves when call control hears of its calls by a WebSocket, and Asterisk knows it: what a caller before that would meet
 * is the dialplan alone.
 */
export const untilListening = async ({ ari, house }: Pick<World, 'ari' | 'house'>, withinMs: number): Promise<void> => {
  const isKnown = async (): Promise<boolean> => {
    try {
      const { status, body } = await askAri(house.asterisk, 'GET', 'applications');
      return status === 200 && JSON.stringify(body).includes(`"${application}"`);
    } catch (error) {
      // fetch's word for nobody there: Asterisk is away.
      if (error instanceof TypeError) return false;
      throw error;
    }
  };
  const isThere = async (): Promise<boolean> => ari.isHeardBy(application) && (await isKnown());
  // Asterisk says that the WebSocket is open, and then makes the application known by it; and what belongs to a process that
  // has just ended may be there for a moment yet.
  const isThereStill = async (): Promise<boolean> => {
    if (!(await isThere())) return false;
    await pause(100);
    return isThere();
  };
  await until('call control listening to Asterisk', isThereStill, { withinMs });
};
