import type { Policy } from '@cordboard/core';
import type { Phone } from '@cordboard/sip-lab';
import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import { push } from '../tests/integration/embedded-lab.ts';
import { BoardWatch } from '../tests/support/board-watch.ts';
import { agentAt, carrier } from '../tests/support/house-people.ts';
import { until } from '../tests/support/until.ts';
import { type House, openHouse } from './house.ts';
import { SipParty } from './sip-party.ts';

/** One way of serving callers: from where they call, what they dial, and who answers. */
export interface Side {
  readonly callers: SipParty;
  readonly numbers: {
    /** Whoever calls it rings the agent as soon as can be. */
    readonly quick: string;
    /** Whoever calls it is answered, and hears music. */
    readonly answered: string;
  };
  readonly agent: SipParty;
}

/**
 * The house with a queue as plain as the peer's: one agent, no after-call work, nothing announced. Both sides have the same
 * Asterisk, the same phone, and trunks with the same settings but for where they lead.
 */
export interface Floor {
  readonly house: House;
  /** The agent at the quick phone goes, and the one with a phone as people have comes. */
  changeShift(): Promise<Phone>;
  readonly ours: Side;
  readonly peer: Side;
  close(): Promise<void>;
}

/** Callers of the peer come from here: an address is what tells the two trunks apart. */
const peerTrunk = { id: 'peer', address: '127.0.0.3' } as const;
const extension = '101';
const agentId = agentAt[extension] ?? '';
/** Another, who has a phone as people have, and a page. */
export const deskExtension = '102';
export const deskAgentId = agentAt[deskExtension] ?? '';
const number = '+33170000011';

export const openFloor = async (): Promise<Floor> => {
  const house = await openHouse({ trunk: peerTrunk, policy: benchPolicy() });
  const { asterisk } = house;
  const board = await BoardWatch.open(await house.person('sue'));
  const agent = await SipParty.open(asterisk.sip);
  await until('Asterisk knows the phone and both trunks', async () => {
    const known = await asterisk.console('pjsip list endpoints');
    return ['101', 'trunk-carrier', 'trunk-peer'].every((name) => known.includes(name));
  });
  await agent.register(extension, house.passwords.get(extension) ?? '');
  await board.shows('the phone', ({ agents }) => agents.get(agentId)?.reachable === true);
  await (await house.person('admin')).ask('PUT', `/api/agents/${agentId}/state`, { to: 'sign-in' });
  await board.shows('the agent, ready', ({ agents }) => agents.get(agentId)?.state === 'ready');
  board.close();

  await push(asterisk, 'endpoint', 'trunk-peer', { context: 'bench-queue' });
  await asterisk.console(`queue add member PJSIP/${extension} to bench`);
  await until("the peer's member", async () => /101[^\n]*Not in use/.test(await asterisk.console('queue show bench')));
  return {
    house,
    ours: {
      callers: await SipParty.open(asterisk.sip, carrier),
      numbers: { quick: number, answered: number },
      agent,
    },
    peer: {
      callers: await SipParty.open(asterisk.sip, peerTrunk.address),
      numbers: { quick: 'quick', answered: 'answered' },
      agent,
    },
    async changeShift() {
      const admin = await house.person('admin');
      const phone = await house.phone(deskExtension);
      await admin.ask('PUT', `/api/agents/${agentId}/state`, { to: 'sign-out' });
      await admin.ask('PUT', `/api/agents/${deskAgentId}/state`, { to: 'sign-in' });
      const watch = await BoardWatch.open(await house.person('sue'));
      await watch.shows(
        'the other agent, ready',
        ({ agents }) => agents.get(deskAgentId)?.state === 'ready' && agents.get(deskAgentId)?.reachable === true,
      );
      watch.close();
      return phone;
    },
    close: () => house.close(),
  };
};

/** As plain as the peer. */
const benchPolicy = (): Omit<Policy, 'version'> => {
  const { version: _, ...policy } = aPolicy({
    numbers: [{ number, name: 'Bench', language: 'en', flow: 'bench' as never }],
    flows: flows({ bench: aFlow('wait', { wait: { kind: 'queue', queue: 'bench' as never, priority: 0 } }) }),
    queues: {
      ['bench' as never]: aQueue({
        name: 'Bench',
        members: [agentId, deskAgentId] as never,
        wrapUpMs: 0,
        ringForMs: 30_000,
        pauseAfterMissed: 0,
        announce: { everyMs: 0, position: false, wait: false },
      }),
    },
  });
  return policy;
};
