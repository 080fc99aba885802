import type { Agent } from '../agent/agent.ts';
import type { Instant } from '../time.ts';
import { plainDesk } from './desk.ts';
import type { Directory } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { setDesk } from './set-desk.ts';
import { settle } from './settle.ts';
import type { Turn } from './turn.ts';

/** Who there is, as the administrator entered it last. */
export const directoryChanged = ({ agents, phones }: Directory, at: Instant, floor: Floor): Outcome => {
  const turn = floor.turn(at);
  setDesks(phones, turn, floor);
  floor.seats.renew(agents, floor.agents);
  for (const { id, name, extension: home, contact, site } of agents) {
    const before = floor.agents.get(id);
    const extension = before?.seat ?? home;
    const {
      contact: _,
      doNotDisturb: __,
      site: ___,
      ...known
    } = before ??
    ({
      ...{ id, name, extension, presence: { is: 'signed-out' }, since: at, idleSince: at, missed: 0 },
      reachable: floor.reachable.get(extension) ?? false,
    } satisfies Agent as Agent);
    const moved = known.extension === extension ? {} : { reachable: floor.reachable.get(extension) ?? false };
    const disturbed = floor.desks.get(extension)?.doNotDisturb === true ? { doNotDisturb: true } : {};
    turn.agent(
      {
        ...{ ...known, name, extension },
        ...moved,
        ...disturbed,
        ...(contact === undefined ? {} : { contact }),
        ...(site === undefined ? {} : { site }),
      },
      'directory',
    );
  }
  const listed = new Set(agents.map(({ id }) => id));
  for (const agent of floor.agents.values())
    if (!listed.has(agent.id) && agent.presence.is !== 'signed-out')
      turn.agent({ ...agent, presence: { is: 'signed-out' }, since: at }, 'removed from the directory');
  return settle(turn, floor);
};

const setDesks = (phones: Directory['phones'], turn: Turn, floor: Floor): void => {
  const before = new Map(floor.desks);
  floor.desks.clear();
  for (const { extension, desk = plainDesk } of phones) {
    const was = before.get(extension);
    if (was === undefined) floor.desks.set(extension, desk);
    else setDesk(extension, desk, 'directory', turn, floor, was);
  }
};
