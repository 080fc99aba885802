import type { PolicyDocument } from '@cordboard/contracts';
import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import { push } from '../tests/integration/embedded-lab.ts';
import { type House, openHouse } from '../tests/support/house.ts';
import { carrier } from '../tests/support/house-people.ts';
import { until } from '../tests/support/until.ts';
import { SipParty } from './sip-party.ts';

/** One way of serving callers: whom they call from where, and who answers. */
export interface Side {
  readonly name: string;
  readonly callers: SipParty;
  readonly number: string;
  readonly agent: SipParty;
}

/** The house with a queue as plain as the peer's: one agent, no after-call work, nothing announced. */
export interface Floor {
  readonly house: House;
  readonly ours: Side;
  readonly queue: Side;
  close(): Promise<void>;
}

/** Callers of the peer come from here: an address is what tells the two trunks apart. */
const queueCarrier = '127.0.0.3';
export const agentExtension = '101';
export const agentId = 'ana';
const number = '+33170000011';

export const openFloor = async (): Promise<Floor> => {
  const house = await openHouse();
  const { asterisk } = house;
  await house.database.policies.publish(benchPolicy(), 'bench', 'as plain as the peer');
  await house.board.shows('the plain policy', ({ queues }) => queues.size === 1);

  const agent = await SipParty.open(asterisk.sip);
  await agent.register(agentExtension, house.passwords.get(agentExtension) ?? '');
  await house.board.shows('the phone', ({ agents }) => agents.get(agentId)?.reachable === true);
  await house.signIn(agentId);

  const member = await SipParty.open(asterisk.sip);
  await push(asterisk, 'aor', 'bench-1', { contact: `sip:bench-1@${member.host}:${member.port}` });
  await push(asterisk, 'endpoint', 'bench-1', { aors: 'bench-1', context: 'from-phone', callerid: 'bench', ...plain });
  await push(asterisk, 'aor', 'queue-carrier', {});
  await push(asterisk, 'endpoint', 'queue-carrier', {
    aors: 'queue-carrier',
    context: 'bench-queue',
    callerid: 'queue-carrier',
    ...plain,
  });
  await push(asterisk, 'identify', 'queue-carrier', { endpoint: 'queue-carrier', match: queueCarrier });
  await until('the member of the peer', async () =>
    /bench-1[^\n]*Not in use/.test(await asterisk.console('queue show bench')),
  );
  return {
    house,
    ours: { name: 'Cordboard', callers: await SipParty.open(asterisk.sip, carrier), number, agent },
    queue: { name: 'Queue()', callers: await SipParty.open(asterisk.sip, queueCarrier), number: '100', agent: member },
    close: () => house.close(),
  };
};

/** As the product gives its own phones and trunks, where that costs time. */
const plain = { disallow: 'all', allow: 'alaw,ulaw', direct_media: 'no' } as const;

const benchPolicy = (): PolicyDocument => {
  const { version: _, ...policy } = aPolicy({
    numbers: [{ number, name: 'Bench', language: 'en', flow: 'bench' as never }],
    flows: flows({ bench: aFlow('wait', { wait: { kind: 'queue', queue: 'bench' as never, priority: 0 } }) }),
    queues: {
      ['bench' as never]: aQueue({
        name: 'Bench',
        members: [agentId] as never,
        wrapUpMs: 0,
        ringForMs: 30_000,
        pauseAfterMissed: 0,
        announce: { everyMs: 0, position: false, wait: false },
      }),
    },
  });
  return policy as unknown as PolicyDocument;
};
