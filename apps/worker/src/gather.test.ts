import type { Fact } from '@cordboard/core';
import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { type Entry, Gatherer } from './gather.ts';

/** Facts as the stream gives them: `1-0`, `2-0` … */
const entries = (facts: readonly Fact[], from = 0): readonly Entry[] =>
  facts.map((fact, index) => ({ fact, offset: `${from + index + 1}-0` }));

/** Two callers: the first comes before the second, and leaves after it. */
const twoCalls = (): { readonly facts: readonly Fact[]; readonly first: string; readonly second: string } => {
  const floor = new Floor();
  const told = floor.facts.length;
  const first = floor.arrive('+33170000011');
  const second = floor.arrive('+33170000011');
  floor.callerHangsUp(second);
  floor.callerHangsUp(first);
  return { facts: floor.facts.slice(told), first, second };
};

const gather = (gatherer: Gatherer, some: readonly Entry[]) =>
  some.flatMap((entry) => [gatherer.take(entry) ?? []]).filter(({ length }) => length > 0);

test('each call comes whole when it has ended, the sooner ended first', () => {
  const { facts, first, second } = twoCalls();
  const ended = gather(new Gatherer('0-0'), entries(facts));
  expect(ended.map((call) => call[0]?.call)).toEqual([second, first]);
  for (const call of ended) {
    expect(call.map(({ n }) => n)).toEqual(call.map((_, index) => index + 1));
    expect(call[0]?.type).toBe('CallArrived');
    expect(call.at(-1)?.type).toBe('CallEnded');
  }
});

test('facts told twice are taken once', () => {
  const { facts } = twoCalls();
  const doubled = entries(facts.flatMap((fact) => [fact, fact]));
  expect(gather(new Gatherer('0-0'), doubled)).toEqual(gather(new Gatherer('0-0'), entries(facts)));
});

test('wherever reading is broken off, it begins again where no call loses a fact', () => {
  const { facts } = twoCalls();
  const all = entries(facts);
  const whole = gather(new Gatherer('0-0'), all).map((call) => call[0]?.call);
  for (let read = 0; read <= all.length; read += 1) {
    const before = new Gatherer('0-0');
    const ended = gather(before, all.slice(0, read));
    const from = before.safeOffset;
    const rest = all.slice(Number.parseInt(from, 10));
    const after = gather(new Gatherer(from), rest);
    const told = [...ended, ...after];
    expect(new Set(told.map((call) => call[0]?.call))).toEqual(new Set(whole));
    for (const call of told) expect(call[0]?.n).toBe(1);
  }
});

test('the offset goes on while nobody calls', () => {
  const floor = new Floor().signIn('ana');
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(floor.facts));
  expect(gatherer.safeOffset).toBe(`${floor.facts.length}-0`);
});

test('calls that call control knows no more hold nothing up', () => {
  const floor = new Floor();
  floor.arrive('+33170000011');
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(floor.facts));
  expect(gatherer.open).toBe(1);
  const fact: Fact = { type: 'ExchangeRecovered', at: floor.now, calls: [], agents: [] };
  gatherer.take({ fact, offset: '99-0' });
  expect(gatherer.open).toBe(0);
  expect(gatherer.safeOffset).toBe('99-0');
});
