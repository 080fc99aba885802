import { readFileSync } from 'node:fs';
import { PolicyDocument, toPolicy } from '@cordboard/contracts';
import {
  type AgentId,
  type Customer,
  checkPolicy,
  type Extension,
  fallbackExtensions,
  whenAlone,
} from '@cordboard/core';
import { Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import { numberKey } from '../customers/number-key.ts';
import { demoAgents, demoCustomers } from './people.ts';
import { demoPolicy } from './policy.ts';

const agents = new Set(demoAgents.map(({ id }) => id as AgentId));
const extensions = new Set(demoAgents.map(({ extension }) => extension as Extension));
const policy = toPolicy(PolicyDocument.parse(demoPolicy), 1);
const aFloor = () =>
  new Floor(policy, {
    agents: demoAgents.map(({ id, name, extension }) => ({
      id: id as AgentId,
      name,
      extension: extension as Extension,
    })),
    phones: demoAgents.map(({ name, extension }) => ({ extension: extension as Extension, name })),
  });

describe('the policy of the demo', () => {
  test('has no fault', () => {
    expect(checkPolicy(policy, { agents, extensions })).toEqual([]);
  });

  test.each(['en', 'fr'])('says only what has been recorded in %s', (language) => {
    const prompts = new Set(
      Object.keys(
        JSON.parse(
          readFileSync(new URL(`../../../../asterisk-conf/prompts/${language}.json`, import.meta.url), 'utf8'),
        ) as Record<string, string>,
      ),
    );
    const spoken = Object.values(policy.flows).flatMap(({ nodes }) =>
      Object.values(nodes).flatMap((node) => {
        if (node.kind === 'say') return node.sounds;
        return node.kind === 'menu' ? [...node.sounds, ...node.invalidSounds, ...node.noInputSounds] : [];
      }),
    );
    expect(spoken.filter((sound) => !prompts.has(sound.replace(/^cordboard\//, '')))).toEqual([]);
  });

  test('has phones that ring when nobody controls calls', () => {
    const phoneOf = new Map(demoAgents.map(({ id, extension }) => [id as AgentId, extension as Extension]));
    expect(fallbackExtensions(policy, phoneOf)).toEqual(['101', '102', '103', '104']);
    for (const { number, rounds } of whenAlone(policy, phoneOf)) expect(rounds, number).not.toEqual([]);
  });

  test('leads who presses 2 on the main line to support', () => {
    const floor = aFloor().signIn('ana');
    const call = floor.arrive('+33170000010');
    floor.promptEnds(call);
    floor.presses(call, '2');
    expect(floor.offeredTo(call)).toBe('ana');
  });

  test('leads who presses nothing three times to support as well', () => {
    const floor = aFloor();
    const call = floor.arrive('+33170000010');
    floor.promptEnds(call);
    for (let tries = 0; tries < 3; tries += 1) {
      floor.promptEnds(call);
      floor.timePasses(call, 5000);
    }
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'support' });
  });

  test('says the choices again by star', () => {
    const floor = aFloor();
    const call = floor.arrive('+33170000010');
    floor.promptEnds(call);
    floor.presses(call, '*');
    expect(floor.commandsOf(call, 'Play')).toHaveLength(3);
    expect(floor.call(call)).toMatchObject({ phase: 'in-flow', node: 'menu-fr' });
  });

  test('changes the language by 9, there and back', () => {
    const floor = aFloor();
    const call = floor.arrive('+33170000010');
    floor.promptEnds(call);
    expect(floor.call(call).language).toBe('fr');
    floor.presses(call, '9');
    expect(floor.call(call).language).toBe('en');
    floor.presses(call, '9');
    expect(floor.call(call).language).toBe('fr');
    floor.presses(call, '1');
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'sales', language: 'fr' });
  });

  /** Who calls is looked up, and this is what is found. */
  const calling = (floor: Floor, number: string, customer?: Partial<Customer>) => {
    const call = floor.arrive(number);
    floor.happen(call, {
      type: 'CallerIdentified',
      customer: customer === undefined ? null : { id: '7', name: 'Zoé', ...customer },
      tookMs: 1,
    });
    return call;
  };

  test('leads a known customer to their own agent without a menu, and whoever is not known to the menu', () => {
    const floor = aFloor().signIn('ben').after(1000).signIn('ana');
    expect(floor.offeredTo(calling(floor, '+33170000014', { owner: 'ana' as AgentId }))).toBe('ana');
    expect(floor.call(calling(floor, '+33170000014'))).toMatchObject({ phase: 'in-flow', node: 'welcome' });
  });

  test('leads a VIP at night to who is on call, and all others to a message', () => {
    const floor = aFloor();
    floor.handle({ type: 'SwitchTurned', at: floor.now, switch: 'night', on: true, by: 'admin' });
    expect(floor.call(calling(floor, '+33170000013', { segment: 'vip' }))).toMatchObject({
      phase: 'ringing',
      legs: [{ target: { extension: '101' } }],
    });
    const stranger = calling(floor, '+33170000013');
    expect(floor.call(stranger)).toMatchObject({ phase: 'in-flow', node: 'closed' });
    floor.promptEnds(stranger);
    expect(floor.call(stranger)).toMatchObject({ phase: 'in-flow', node: 'message' });
  });

  test('gives whom a full line does not take to a partner', () => {
    const floor = aFloor().signIn('farid');
    expect(floor.offeredTo(floor.arrive('+33170000015'))).toBe('farid');
    expect(floor.call(floor.arrive('+33170000015'))).toMatchObject({ phase: 'queued', queue: 'returns' });
    const third = floor.arrive('+33170000015');
    expect(floor.commandsOf(third, 'RingOutside')).toMatchObject([{ trunk: 'demo', number: '+33199009900' }]);
  });

  test('rings Ana’s phone by a number of its own', () => {
    const floor = aFloor();
    expect(floor.call(floor.arrive('+33170000101'))).toMatchObject({ phase: 'ringing', extension: '101' });
  });
});

test('no two customers of the demo have one number', () => {
  const keys = demoCustomers.flatMap(({ numbers }) => numbers.map((number) => numberKey(number)));
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^\+33199|^\+336399|^\+4420794600/);
});
