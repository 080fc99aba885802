import { setTimeout as pause } from 'node:timers/promises';
import { noMusic, type Policy, type Queue } from '@cordboard/core';
import type { Phone } from '@cordboard/sip-lab';
import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import { push } from '../tests/integration/embedded-lab.ts';
import { BoardWatch } from '../tests/support/board-watch.ts';
import { agentAt, carrier } from '../tests/support/house-people.ts';
import { until } from '../tests/support/until.ts';
import { Crew, crewAt, crewIsKnown, crewNumber, crewOf, crewPhone, crewSizes, stillNumber } from './crew.ts';
import { type House, openHouse } from './house.ts';
import { SipParty } from './sip-party.ts';

/** One way of serving callers: from where they call, what they dial, and who answers. */
export interface Side {
  readonly is: 'ours' | 'peer';
  readonly callers: SipParty;
  readonly numbers: {
    /** Whoever calls it rings the agent as soon as can be. */
    readonly quick: string;
    /** Whoever calls it is answered, and hears music. */
    readonly answered: string;
    /** Whoever calls it is answered, hears music, and is never served. */
    readonly hold: string;
    /** Two phones that ring for two seconds each. */
    readonly brief: string;
  };
  readonly agent: SipParty;
}

/**
 * The house with a queue as plain as the peer's: one agent, no after-call work, nothing announced. Both sides have the same
 * Asterisk, the same phones, and trunks with the same settings but for where they lead.
 */
export interface Floor {
  readonly house: House;
  /** A supervisor's page, without a browser. */
  readonly board: BoardWatch;
  /** The agent at the quick phone goes, and the one with a phone as people have comes. */
  changeShift(): Promise<Phone>;
  readonly ours: Side;
  readonly peer: Side;
  /** Both sides with so many agents, all of them there. */
  crew(size: number): Promise<Pick<Floor, 'ours' | 'peer'>>;
  /** So many agents whose callers hear no music: ours alone, as `Queue()` can do that only with callers who are not answered. */
  stillCrew(size: number): Promise<Side>;
  close(): Promise<void>;
}

/** Callers of the peer come from here: an address is what tells the two trunks apart. */
const peerTrunk = { id: 'peer', address: '127.0.0.3' } as const;
const extension = '101';
const agentId = agentAt[extension] ?? '';
/** Another, who has a phone as people have, and a page. */
export const deskExtension = '102';
export const deskAgentId = agentAt[deskExtension] ?? '';
/** Who never comes. */
const absentId = agentAt['104'] ?? '';
const numbers = { one: '+33170000011', hold: '+33170000012', brief: '+33170000013' } as const;
export const briefRingMs = 2000;

export const openFloor = async (): Promise<Floor> => {
  const house = await openHouse({ trunk: peerTrunk, policy: benchPolicy(), crew: crewAt });
  const { asterisk } = house;
  const board = await BoardWatch.open(await house.person('sue'));
  const agent = await SipParty.open(asterisk.sip);
  await until(
    'Asterisk knows the phones and both trunks',
    async () => {
      const known = await asterisk.console('pjsip list endpoints');
      return ['101', 'trunk-carrier', 'trunk-peer'].every((name) => known.includes(name)) && crewIsKnown(known);
    },
    { withinMs: 60_000, everyMs: 200 },
  );
  await agent.register(extension, house.passwords.get(extension) ?? '');
  await board.shows('the phone', ({ agents }) => agents.get(agentId)?.reachable === true);
  await (await house.person('admin')).ask('PUT', `/api/agents/${agentId}/state`, { to: 'sign-in' });
  await board.shows('the agent, ready', ({ agents }) => agents.get(agentId)?.state === 'ready');

  await leadToQueue(house);
  await asterisk.console(`queue add member PJSIP/${extension} to bench`);
  for (const index of [0, 1]) await asterisk.console(`queue add member ${crewPhone(index)} to bench-brief`);
  await until("the peer's member", async () => /101[^\n]*Not in use/.test(await asterisk.console('queue show bench')));
  const { one, hold, brief } = numbers;
  const ours: Side = {
    is: 'ours',
    callers: await SipParty.open(asterisk.sip, carrier),
    numbers: { quick: one, answered: one, hold, brief },
    agent,
  };
  const peer: Side = {
    is: 'peer',
    callers: await SipParty.open(asterisk.sip, peerTrunk.address),
    numbers: { quick: 'quick', answered: 'answered', hold: 'hold', brief: 'brief' },
    agent,
  };
  const crew = await Crew.open(house, board, peer.callers);
  return {
    house,
    board,
    ours,
    peer,
    async stillCrew(size) {
      await crew.assemble(size);
      const number = stillNumber(size);
      return { ...ours, numbers: { ...ours.numbers, quick: number, answered: number }, agent: crew.party };
    },
    async crew(size) {
      await crew.assemble(size);
      const number = crewNumber(size);
      const of = (side: Side, quick: string, answered: string): Side => ({
        ...side,
        numbers: { ...side.numbers, quick, answered },
        agent: crew.party,
      });
      return { ours: of(ours, number, number), peer: of(peer, `quick${size}`, `music${size}`) };
    },
    async changeShift() {
      const admin = await house.person('admin');
      const phone = await house.phone(deskExtension);
      await admin.ask('PUT', `/api/agents/${agentId}/state`, { to: 'sign-out' });
      await admin.ask('PUT', `/api/agents/${deskAgentId}/state`, { to: 'sign-in' });
      await board.shows(
        'the other agent, ready',
        ({ agents }) => agents.get(deskAgentId)?.state === 'ready' && agents.get(deskAgentId)?.reachable === true,
      );
      return phone;
    },
    async close() {
      board.close();
      await house.close();
      for (const party of [agent, ours.callers, peer.callers, crew.party]) party.close();
    },
  };
};

/** Phones and trunks are pushed twice as a house opens, and whoever changes one in between has it undone. */
const leadToQueue = async ({ asterisk }: House): Promise<void> => {
  const context = 'bench-queue';
  await until(
    "the peer's trunk leads to Queue()",
    async () => {
      await push(asterisk, 'endpoint', 'trunk-peer', { context });
      await pause(stayMs);
      return new RegExp(`context\\s*:\\s*${context}`).test(await asterisk.console('pjsip show endpoint trunk-peer'));
    },
    { withinMs: 30_000 },
  );
};
const stayMs = 1500;

/** As plain as the peer. */
const benchPolicy = (): Omit<Policy, 'version'> => {
  const lines: readonly Line[] = [
    { id: 'bench', number: numbers.one, members: [agentId, deskAgentId], ringForMs: 30_000 },
    { id: 'hold', number: numbers.hold, members: [absentId], ringForMs: 30_000 },
    { id: 'brief', number: numbers.brief, members: crewOf(2), ringForMs: briefRingMs },
    ...crewSizes.flatMap((size) => {
      const crew = { members: crewOf(size), ringForMs: 30_000 };
      return [
        { ...crew, id: `crew-${size}`, number: crewNumber(size) },
        { ...crew, id: `still-${size}`, number: stillNumber(size), music: noMusic },
      ];
    }),
  ];
  const { version: _, ...policy } = aPolicy({
    numbers: lines.map(({ id, number }) => ({ number, name: id, language: 'en', flow: id as never })),
    flows: flows(
      Object.fromEntries(
        lines.map(({ id }) => [id, aFlow('wait', { wait: { kind: 'queue', queue: id as never, priority: 0 } })]),
      ),
    ),
    queues: Object.fromEntries(lines.map((line) => [line.id, plain(line)])),
  });
  return policy;
};

interface Line {
  readonly id: string;
  readonly number: string;
  readonly members: readonly string[];
  readonly ringForMs: number;
  readonly music?: string;
}

const plain = ({ id, members, ringForMs, music = 'default' }: Line): Queue =>
  aQueue({
    name: id,
    members,
    music,
    wrapUpMs: 0,
    ringForMs,
    pauseAfterMissed: 0,
    announce: { everyMs: 0, position: false, wait: false },
  });
