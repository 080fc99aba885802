import type { Caller, IncomingCall, Phone, PhoneCall } from '@cordboard/sip-lab';
import { askAri } from '../integration/embedded-lab.ts';
import type { Person } from './api.ts';
import type { House } from './house.ts';
import { carrier } from './house-people.ts';
import { numbers } from './house-policy.ts';
import type { Party } from './talk.ts';
import { until } from './until.ts';

/** Each says a tone of their own, in Hz. */
export const tones = { customer: 440, outside: 2600, ana: 880, ben: 1500, dan: 2000 } as const;
export type Name = keyof typeof tones;

/** A number of nobody's in this house; the carrier knows whose it is. */
const outsideNumber = '+33639989000';

/** Who is given a call: how a page says it, and what a phone dials. */
export const targets = {
  agent: { to: { extension: '102' }, dialled: '102', who: 'ben' },
  queue: { to: { queue: 'sales' }, dialled: numbers.sales, who: 'dan' },
  outside: { to: { number: outsideNumber }, dialled: outsideNumber, who: 'outside' },
} as const satisfies Record<string, { readonly to: object; readonly dialled: string; readonly who: Name }>;
export type TargetName = keyof typeof targets;

/** Ana who has the call, Ben at another phone, Dan alone in sales, and somebody outside: all there for a whole file. */
export interface TransferCast {
  readonly ana: Phone;
  readonly ben: Phone;
  readonly dan: Phone;
  readonly customer: Caller;
  /** Ana's page. */
  readonly page: Person;
  /** The phone of whoever is given the call. */
  at(target: TargetName): Pick<Phone, 'nextIncoming'>;
  /** The customer calls support and Ana answers. */
  talk(): Promise<Conversation>;
  /** Everybody is free, and nothing is left. */
  restored(): Promise<void>;
  /** After a test that failed: whoever still talks hangs up, so that the next one can begin. */
  hangUp(): Promise<void>;
}

export interface Conversation {
  readonly call: string;
  /** The customer's side, and Ana's. */
  readonly customer: Party & { readonly call: PhoneCall };
  readonly ana: Party & { readonly call: IncomingCall };
}

/** One side of a call as a party that can be listened to. */
export const partyOf = <Call extends PhoneCall>(name: Name, call: Call): Party & { readonly call: Call } => ({
  name,
  tone: tones[name],
  call,
});

export const gather = async (house: House): Promise<TransferCast> => {
  const outside = await house.caller({ callerNumber: outsideNumber, tone: tones.outside });
  const server = `${carrier}:${outside.sipPort}`;
  await house.admin.ask('PUT', '/api/trunks/carrier', { name: 'The carrier', addresses: [carrier], server });
  await until('the way out is known to Asterisk', async () => {
    const { body } = await askAri(house.asterisk, 'GET', 'asterisk/config/dynamic/res_pjsip/aor/trunk-carrier');
    return JSON.stringify(body).includes(server);
  });
  const ana = await house.phone('101', { tone: tones.ana });
  const ben = await house.phone('102', { tone: tones.ben });
  const dan = await house.phone('104', { tone: tones.dan });
  const customer = await house.caller({ tone: tones.customer });
  const page = await house.person('ana');
  await house.signIn('ana');
  await house.signIn('dan');
  const restored = async (): Promise<void> => {
    await house.isEmpty();
    await house.board.shows('ana and dan ready', ({ agents }) =>
      ['ana', 'dan'].every((agent) => agents.get(agent)?.state === 'ready'),
    );
  };
  return {
    ana,
    ben,
    dan,
    customer,
    page,
    at: (target) => ({ agent: ben, queue: dan, outside })[target],
    restored,
    async hangUp() {
      for (const { calls, events } of [ana, ben, dan, customer, outside])
        for (const call of calls)
          if (!events.all.some(({ type, callId }) => type === 'ended' && callId === call.id)) await call.hangUp();
    },
    async talk() {
      await restored();
      const outgoing = await customer.dial(numbers.support);
      const atAna = await ana.nextIncoming({ withinMs: 5000 });
      await atAna.answer();
      await Promise.all([outgoing.established({ withinMs: 3000 }), atAna.established({ withinMs: 3000 })]);
      const call = await house.callOf(customer);
      await house.board.shows('ana talking', ({ calls }) => calls.get(call)?.place === 'talking');
      return { call, customer: partyOf('customer', outgoing), ana: partyOf('ana', atAna) };
    },
  };
};
