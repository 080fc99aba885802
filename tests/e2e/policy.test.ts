import type { PolicyDraftEntry, PolicyReview, PolicyVersion } from '@cordboard/contracts';
import type { CallView, FlowNode, Policy } from '@cordboard/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { comesTo } from '../support/comes-to.ts';
import { flowHousePolicy, type HouseNumber, node, queue } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { answerAt, callIn, lineUp } from '../support/line-up.ts';
import { policyTaken, publishPolicy } from '../support/publish-policy.ts';

type Document = Omit<Policy, 'version'>;

const numbers = { line: '+33170000068', menu: '+33170000069' } as const;
/** The numbers of a customer with a line of their own, once the rule is there. */
const harbour = ['+33639985678', '+33639985679', '+33639985680'] as const;

const menuTo = (first: string): HouseNumber => ({
  number: numbers.menu,
  start: 'menu',
  nodes: {
    menu: {
      kind: 'menu',
      sounds: ['beep'],
      choices: { '1': node(first) },
      tries: 3,
      waitMs: 10_000,
      invalidSounds: ['beeperr'],
      noInputSounds: ['beeperr'],
      otherwise: node('end'),
    },
  },
});
const line: HouseNumber = { number: numbers.line, start: 'support', nodes: {} };

const first = flowHousePolicy({ line, menu: menuTo('support') });

const rule: FlowNode = {
  kind: 'branch',
  cases: [
    {
      name: 'Large accounts have their own line',
      when: { fact: 'caller.number', is: 'in-list', value: 'large-accounts' },
      to: node('sales'),
    },
  ],
  otherwise: node('support'),
};
/** The same house with the rule "a number in the list goes to sales". */
const withRule = (nodes: Readonly<Record<string, FlowNode>> = { rule }): Document => ({
  ...flowHousePolicy({ line: { number: numbers.line, start: 'rule', nodes }, menu: menuTo('support') }),
  lists: { 'large-accounts': harbour },
});

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy: first });
});
beforeEach(async () => {
  if (newest() !== firstVersion) await publishPolicy(house, first);
  firstVersion = newest();
});
afterEach(() => house.clear());
afterAll(() => house.close());

let firstVersion = 1;
/** The version that the next call goes by. */
const newest = (): number => house.allFacts().findLast((fact) => fact.type === 'PolicyTaken')?.version ?? 0;
const keepDraft = (document: Document): Promise<PolicyDraftEntry> =>
  house.admin.ask('PUT', '/api/policy/draft', { document, basedOn: newest(), note: 'the harbour’s own line' });
const review = (): Promise<PolicyReview> => house.admin.ask('GET', '/api/policy/draft/review');
const publishDraft = async (): Promise<number> => {
  const { version } = await house.admin.ask<PolicyVersion>('POST', '/api/policy/draft/publish');
  await policyTaken(house, version);
  return version;
};

/** The board shows the call so. */
const shows = (id: string, expected: Partial<CallView>): Promise<unknown> =>
  house.board.shows(`${id} as ${JSON.stringify(expected)}`, ({ calls }) => {
    const call: Partial<Record<string, unknown>> = { ...calls.get(id) };
    return Object.entries(expected).every(([name, value]) => call[name] === value);
  });

test('[S14] an administrator adds "a number in this list goes to sales": the next call obeys, and who is on the line is not disturbed', async () => {
  const ana = await house.ready('101');
  const talking = await callIn(house, numbers.line, { callerNumber: harbour[0] });
  await answerAt(ana);
  const waiting = await lineUp(house, numbers.line, { callerNumber: harbour[1] });

  await keepDraft(withRule());
  const { faults, differences } = await review();
  expect(faults).toEqual([]);
  expect(differences).toContain('list large-accounts is new');
  const version = await publishDraft();

  const next = await lineUp(house, numbers.line, { callerNumber: harbour[2] });
  const stranger = await lineUp(house, numbers.line);
  await shows(next.call, { queue: queue('sales'), policyVersion: version });
  await shows(stranger.call, { queue: queue('support'), policyVersion: version });
  expect(await comesTo(house, next.call, 'sales')).toBe(
    'Large accounts have their own line: caller.number in list large-accounts',
  );
  await shows(waiting.call, {
    place: 'waiting',
    queue: queue('support'),
    policyVersion: firstVersion,
  });
  await shows(talking.call, { place: 'talking', policyVersion: firstVersion });
});

describe('[F13] a policy', () => {
  test('with faults is kept as a draft, each fault names its node and says what to do, and it cannot be published', async () => {
    const fault = withRule({ rule: { ...rule, otherwise: node('nowhere') } as FlowNode });
    await keepDraft(fault);
    const { faults } = await review();
    expect(faults).toEqual([
      {
        path: 'document.flows.line.nodes.rule.otherwise',
        message: 'This leads to "nowhere", and no node of the flow is called that: create it or lead elsewhere.',
      },
    ]);
    const refused = await house.admin.send('POST', '/api/policy/draft/publish');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'policy-has-faults', errors: faults });
    const { call } = await lineUp(house, numbers.line, { callerNumber: harbour[0] });
    await shows(call, { queue: queue('support'), policyVersion: firstVersion });
  });

  test('says in words how it differs, and who is in a menu when it is published goes on by the old one', async () => {
    const changed = flowHousePolicy(
      { line, menu: menuTo('sales') },
      { queues: { support: { members: ['ana', 'ben', 'chloe'], ringForMs: 7000 } } },
    );
    await keepDraft(changed);
    expect((await review()).differences).toEqual([
      'menu menu: key 1 now leads to sales',
      'support: chloe joins',
      'support: rings 3 s → 7 s',
    ]);
    const early = await callIn(house, numbers.menu);
    await early.dialled.established({ withinMs: 5000 });
    await house.inMenu(early.call);
    await publishDraft();
    const late = await callIn(house, numbers.menu);
    await late.dialled.established({ withinMs: 5000 });
    await house.inMenu(late.call);
    await Promise.all([early.dialled.sendDigits('1'), late.dialled.sendDigits('1')]);
    await comesTo(house, early.call, 'support');
    await comesTo(house, late.call, 'sales');
  });

  test('leaves those who wait to the old one, unless it is published for them too: then their next agent is a new one', async () => {
    const handedOver = flowHousePolicy(
      { line, menu: menuTo('support') },
      { queues: { support: { members: ['chloe'] } } },
    );
    const waiting = await lineUp(house, numbers.line);
    const chloe = await house.ready('103');
    await publishPolicy(house, handedOver);
    await lineUp(house, numbers.line);
    await (await answerAt(chloe)).hangUp();
    expect(chloe.calls).toHaveLength(1);
    await shows(waiting.call, { place: 'waiting', policyVersion: firstVersion });

    const version = await publishPolicy(house, handedOver, true);
    const ringing = await answerAt(chloe);
    expect(ringing.fromNumber).toBe(waiting.caller.callerNumber);
    expect(await house.factsOf(waiting.call, 'PolicyMoved')).toMatchObject([{ policyVersion: version }]);
    expect((await house.why(waiting.call)).steps).toContainEqual(
      expect.objectContaining({ is: 'policy-moved', policyVersion: version }),
    );
  });

  test('is rolled back by one request, and the next call goes by what held before', async () => {
    await publishPolicy(house, withRule());
    const { version } = await house.admin.ask<PolicyVersion>('POST', `/api/policy/versions/${firstVersion}/publish`);
    await policyTaken(house, version);
    const { call } = await lineUp(house, numbers.line, { callerNumber: harbour[0] });
    await shows(call, { queue: queue('support'), policyVersion: version });
    const { differences } = await house.admin.ask<{ differences: string[] }>(
      'GET',
      `/api/policy/versions/${version}/difference?from=${firstVersion}`,
    );
    expect(differences).toEqual([]);
  });

  test('that somebody else has changed meanwhile is not overwritten by a draft made before', async () => {
    await keepDraft(withRule());
    await publishPolicy(house, first);
    const refused = await house.admin.send('POST', '/api/policy/draft/publish');
    expect(await refused.json()).toMatchObject({ code: 'policy-moved-on', detail: expect.stringContaining('basedOn') });
  });
});
