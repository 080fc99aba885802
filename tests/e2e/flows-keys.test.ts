import { join } from 'node:path';
import type { FlowNode } from '@cordboard/core';
import { readWav } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { comesTo } from '../support/comes-to.ts';
import { flowHousePolicy, node } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { callIn, type OnTheLine } from '../support/line-up.ts';
import { ratherLike } from '../support/sounds-like.ts';
import { until } from '../support/until.ts';

const numbers = {
  keys: '+33170000061',
  tree: '+33170000062',
  french: '+33170000063',
  english: '+33170000064',
} as const;

const menu = (choices: Readonly<Record<string, string>>): FlowNode => ({
  kind: 'menu',
  sounds: ['beep'],
  choices: Object.fromEntries(Object.entries(choices).map(([key, to]) => [key, node(to)])),
  tries: 2,
  waitMs: 1500,
  invalidSounds: ['beeperr'],
  noInputSounds: ['beeperr'],
  otherwise: node('sales'),
});

const greeting: Readonly<Record<string, FlowNode>> = {
  who: { kind: 'identify', waitMs: 3000, known: node('hello'), unknown: node('hello'), slow: node('hello') },
  hello: {
    kind: 'say',
    sounds: ['cordboard/welcome'],
    variants: [
      { segment: 'vip', language: 'en', sounds: ['cordboard/please-hold'] },
      { segment: 'vip', sounds: ['cordboard/transferring'] },
      { language: 'en', sounds: ['cordboard/call-back-later'] },
    ],
    next: node('end'),
  },
};

const policy = flowHousePolicy({
  keys: {
    number: numbers.keys,
    start: 'order',
    nodes: {
      order: {
        kind: 'collect',
        attribute: 'order',
        sounds: ['beep'],
        min: 3,
        max: 6,
        terminator: '#',
        waitMs: 4000,
        betweenMs: 2000,
        tries: 4,
        confirm: { before: ['beep'], after: ['beep'] },
        secret: false,
        invalidSounds: ['beeperr'],
        noInputSounds: ['beeperr'],
        next: node('support'),
        otherwise: node('sales'),
      },
    },
  },
  tree: {
    number: numbers.tree,
    start: 'first',
    nodes: {
      first: menu({ '1': 'sales', '2': 'second' }),
      second: menu({ '1': 'support', '2': 'sales' }),
    },
  },
  french: { number: numbers.french, start: 'who', nodes: greeting },
  english: { number: numbers.english, language: 'en', start: 'who', nodes: greeting },
});

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy });
});
afterEach(() => house.clear());
afterAll(() => house.close());

const ordered = (call: string) => house.board.calls.get(call)?.attributes.order;

describe('[S17] keying in a number', () => {
  const asked = async (): Promise<OnTheLine> => {
    const someone = await callIn(house, numbers.keys);
    await someone.dialled.established({ withinMs: 5000 });
    await comesTo(house, someone.call, 'order');
    return someone;
  };

  test('too few digits are asked for again; # ends a number; it is said back, and counts when the caller agrees by 1', async () => {
    const { call, dialled } = await asked();
    await dialled.sendDigits('12#');
    await house.factsOf(call, 'DigitPressed', 1);
    await dialled.sendDigits('1234#');
    await until('the number is said back', async () => (await house.truth.playing(`${call}.p3`)) === 'sound:digits/4');
    await dialled.sendDigits('2');
    await house.factsOf(call, 'DigitPressed', 2);
    expect(ordered(call)).toBeUndefined();
    await dialled.sendDigits('4321#1');
    await comesTo(house, call, 'support');
    await house.board.shows('the number on the board', () => ordered(call) === '4321');
    expect(JSON.stringify(await house.why(call))).toContain('4 digits keyed in');
  });

  test('as many digits as a number can have are enough, without #', async () => {
    const { call, dialled } = await asked();
    await dialled.sendDigits('1234561');
    await comesTo(house, call, 'support');
    await house.board.shows('the number on the board', () => ordered(call) === '123456');
  });

  test('who never agrees goes another way in the end', async () => {
    const { call, dialled } = await asked();
    for (const tries of [1, 2, 3, 4]) {
      await dialled.sendDigits('777#9');
      await house.factsOf(call, 'DigitPressed', tries);
    }
    await comesTo(house, call, 'sales');
    expect(JSON.stringify(await house.why(call))).toContain('did not agree to what was keyed in, 4 tries');
  });
});

test('[S17] in a menu of two levels, 2 and then 1 lead to support, and the trace says both keys', async () => {
  const ana = await house.ready('101');
  const { call, dialled } = await callIn(house, numbers.tree);
  await dialled.established({ withinMs: 5000 });
  await comesTo(house, call, 'first');
  await dialled.sendDigits('2');
  await comesTo(house, call, 'second');
  await dialled.sendDigits('1');
  await ana.nextIncoming({ withinMs: 5000 });
  const { steps } = await house.why(call);
  expect(steps.flatMap((step) => (step.is === 'node-reached' ? [[step.node, step.because]] : []))).toEqual([
    ['first', expect.stringContaining(numbers.tree)],
    ['second', 'pressed 2'],
    ['support', 'pressed 1'],
  ]);
});

describe('[S33] the greeting', () => {
  const spoken = (language: string, sound: string) =>
    readWav(join(house.lab.media.path, 'sounds', language, `${sound}.wav`));

  test.each([
    ['a stranger in French', numbers.french, undefined, 'fr', 'cordboard/welcome'],
    ['a stranger in English', numbers.english, undefined, 'en', 'cordboard/call-back-later'],
    ['a VIP in French', numbers.french, zoe.number, 'fr', 'cordboard/transferring'],
    ['a VIP in English', numbers.english, zoe.number, 'en', 'cordboard/please-hold'],
  ] as const)(
    'is another one for %s: what is played and what is heard',
    async (_, number, callerNumber, language, sound) => {
      const { call, dialled } = await callIn(house, number, callerNumber === undefined ? {} : { callerNumber });
      await until('the greeting', async () => (await house.truth.playing(`${call}.p1`)) === `sound:${sound}`);
      await dialled.ended({ withinMs: 15_000 });
      const other = language === 'fr' ? 'en' : 'fr';
      const [own, foreign] = [await spoken(language, sound), await spoken(other, sound)];
      expect(ratherLike(await dialled.heard(), own, foreign)).toBeGreaterThan(0.2);
    },
  );
});
