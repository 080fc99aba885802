import type { Extension, FlowNode } from '@cordboard/core';
import { header, type IncomingCall, type Phone, type SipMessage } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { comesTo } from '../support/comes-to.ts';
import { flowHousePolicy, node } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { callIn } from '../support/line-up.ts';

const groupNumber = '+33170000067';
const extensions = ['101', '102', '105'] as const;
const forMs = 3000;

const group: FlowNode = {
  kind: 'ring-group',
  extensions: extensions as readonly string[] as Extension[],
  forMs,
  noAnswer: node('sales'),
};

let house: House;
beforeAll(async () => {
  house = await openHouse({
    policy: flowHousePolicy({ group: { number: groupNumber, start: 'group', nodes: { group } } }),
  });
});
afterEach(() => house.clear());
afterAll(() => house.close());

const phonesOfTheGroup = (): Promise<readonly Phone[]> =>
  Promise.all(extensions.map((extension) => house.phone(extension)));
const ringingAt = (phones: readonly Phone[]): Promise<readonly IncomingCall[]> =>
  Promise.all(phones.map((phone) => phone.nextIncoming({ withinMs: 5000 })));
/** The CANCEL with which a phone was told to stop. */
const cancelAt = async (phone: Phone, call: IncomingCall): Promise<SipMessage> => {
  const { message } = await phone.messages.first(
    (event) => event.message.method === 'CANCEL' && header(event.message, 'call-id') === call.id,
    { withinMs: 3000, what: 'the phone was not told to stop' },
  );
  return message;
};

describe('[S16] a number that rings a group of three phones', () => {
  test('all ring at once; the first to answer has the call, and the others are told that it was answered elsewhere', async () => {
    const phones = await phonesOfTheGroup();
    const { call, dialled } = await callIn(house, groupNumber);
    const [first, second, third] = await ringingAt(phones);
    if (first === undefined || second === undefined || third === undefined) throw new Error('not all of them rang');
    const [one, two, three] = phones as [Phone, Phone, Phone];
    await second.answer();
    await dialled.established({ withinMs: 3000 });
    for (const [phone, other] of [
      [one, first],
      [three, third],
    ] as const) {
      const cancel = await cancelAt(phone, other);
      expect(cancel.headers).toContainEqual(['Reason', 'SIP;cause=200;text="Call completed elsewhere"']);
      await other.ended({ withinMs: 3000 });
    }
    expect(two.messages.all.some(({ message }) => message.method === 'CANCEL')).toBe(false);
    await house.board.shows('who talks', ({ calls }) => calls.get(call)?.agent === 'ben');
    const { steps } = await house.why(call);
    expect(steps.flatMap((step) => (step.is === 'extension-rung' ? [[step.extension, step.outcome]] : []))).toEqual([
      ['101', 'answered-elsewhere'],
      ['102', 'accepted'],
      ['105', 'answered-elsewhere'],
    ]);
  });

  test('one that declines leaves the others ringing', async () => {
    const phones = await phonesOfTheGroup();
    const { dialled } = await callIn(house, groupNumber);
    const [first, second] = await ringingAt(phones);
    await first?.decline();
    await house.talk(300);
    await second?.answer();
    await dialled.established({ withinMs: 3000 });
  });

  test('when nobody answers, all are told to stop, not that somebody answered, and the call goes on', async () => {
    const phones = await phonesOfTheGroup();
    const { call } = await callIn(house, groupNumber);
    const ringing = await ringingAt(phones);
    await comesTo(house, call, 'sales');
    for (const [index, phone] of phones.entries()) {
      const other = ringing[index];
      if (other === undefined) throw new Error('a phone did not ring');
      expect(header(await cancelAt(phone, other), 'reason') ?? '').not.toContain('elsewhere');
    }
  });
});
