import type { BoardWatch } from '../tests/support/board-watch.ts';
import { until } from '../tests/support/until.ts';
import type { House } from './house.ts';
import { inTime } from './in-time.ts';
import { SipParty } from './sip-party.ts';

/** Queues of so many agents there are on either side. */
export const crewSizes = [10, 50, 200] as const;
const most = 200;
const firstExtension = 2001;

/** Who sits where: `crew1` at 2001, and so on. */
export const crewAt: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: most }, (_, index) => [String(firstExtension + index), `crew${index + 1}`]),
);
const extensions = Object.keys(crewAt);

export const crewOf = (size: number): readonly string[] => Object.values(crewAt).slice(0, size);

/** The phone of the n-th of the crew, from 0, as Asterisk names it. */
export const crewPhone = (index: number): string => `PJSIP/${extensions[index] ?? ''}`;

/** What our side dials for a queue of so many. */
export const crewNumber = (size: number): string => `+33170000${String(size).padStart(3, '0')}`;

/** The same for a queue of the same agents whose callers hear no music. */
export const stillNumber = (size: number): string => `+33170001${String(size).padStart(3, '0')}`;

/** Agents who all answer at one socket, as many as have been asked for so far. */
export class Crew {
  readonly party: SipParty;
  readonly #house: House;
  readonly #board: BoardWatch;
  readonly #peer: SipParty;
  #size = 0;
  readonly #taken = new Set<number>();

  private constructor(house: House, board: BoardWatch, party: SipParty, peer: SipParty) {
    this.#house = house;
    this.#board = board;
    this.party = party;
    this.#peer = peer;
  }

  /** @param board somebody's page, to see the agents come @param peer from where the peer is called */
  static async open(house: House, board: BoardWatch, peer: SipParty): Promise<Crew> {
    return new Crew(house, board, await SipParty.open(house.asterisk.sip), peer);
  }

  /** All of a size register and sign in, and the peer's queue of that size takes them on. */
  async assemble(size: number): Promise<void> {
    const admin = await this.#house.person('admin');
    for (const extension of extensions.slice(this.#size, size)) {
      await this.party.register(extension, this.#house.passwords.get(extension) ?? '');
      await admin.ask('PUT', `/api/agents/${crewAt[extension] ?? ''}/state`, { to: 'sign-in' });
    }
    this.#size = Math.max(this.#size, size);
    await this.#board.shows(
      `${size} agents, ready`,
      ({ agents }) =>
        crewOf(size).every((id) => agents.get(id)?.state === 'ready' && agents.get(id)?.reachable === true),
      30_000,
    );
    if (this.#taken.has(size)) return;
    this.#taken.add(size);
    await inTime('the queue takes them on', this.#peer.call(`crew${size}`, '+33639989999').ended);
    await until(`the peer's ${size} members`, async () => {
      const shown = await this.#house.asterisk.console(`queue show bench-${size}`);
      return (shown.match(/Not in use/g) ?? []).length >= size;
    });
  }
}

/** @param listed what Asterisk's console says of its endpoints */
export const crewIsKnown = (listed: string): boolean => extensions.every((extension) => listed.includes(extension));
