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

const gather = (gatherer: Gatherer, some: readonly Entry[]) => some.flatMap((entry) => gatherer.take(entry));

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
    // What comes first is what is kept: a repetition may lack the beginning.
    for (const id of whole) expect(told.find((call) => call[0]?.call === id)?.[0]?.n).toBe(1);
  }
});

test('the offset goes on while nobody calls', () => {
  const floor = new Floor().signIn('ana');
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(floor.facts));
  expect(gatherer.safeOffset).toBe(`${floor.facts.length}-0`);
});

test('a call that call control has lost is told as lost, and holds nothing up', () => {
  const floor = new Floor().signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.after(1000).answers(call);
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(floor.facts));
  expect(gatherer.open).toBe(1);
  const at = floor.after(60_000).now;
  const ended = gatherer.take({ fact: { type: 'ExchangeRecovered', at, calls: [], agents: [] }, offset: '99-0' });
  expect(ended.map((facts) => facts.at(-1))).toMatchObject([
    { type: 'CallEnded', call, at, disposition: 'lost', endedBy: 'system', talkedMs: 60_000, view: { agent: 'ana' } },
  ]);
  expect(ended[0]?.map(({ n }) => n)).toEqual(ended[0]?.map((_, index) => index + 1));
  expect(gatherer.open).toBe(0);
  expect(gatherer.safeOffset).toBe('99-0');
});

test('a call that goes on is not told as lost', () => {
  const floor = new Floor();
  floor.arrive('+33170000011');
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(floor.facts));
  expect(gatherer.take({ fact: floor.exchange.recovered(floor.now), offset: '99-0' })).toEqual([]);
  expect(gatherer.open).toBe(1);
});

test('a caller who is taken up anew by a call control that has forgotten everything has one record, of the end', () => {
  const forgotten = new Floor();
  forgotten.arrive('+33170000011');
  forgotten.after(5000);
  const floor = new Floor();
  floor.after(9000);
  const call = floor.arrive('+33170000011');
  floor.callerHangsUp(call);
  const calls = gather(new Gatherer('0-0'), entries([...forgotten.facts, ...floor.facts]));
  expect(calls).toEqual([floor.facts.filter((fact) => 'call' in fact)]);
});

test('a call whose beginning is lost is told with what is known of it', () => {
  const { facts, first } = twoCalls();
  const rest = entries(facts.filter((fact) => 'call' in fact && fact.call === first && fact.n > 1));
  expect(gather(new Gatherer('0-0'), rest).map((call) => call.at(-1)?.type)).toEqual(['CallEnded']);
});

test('a fact that is repeated after its call has ended opens nothing', () => {
  const { facts } = twoCalls();
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(facts));
  gather(gatherer, entries(facts.slice(0, 3), facts.length));
  expect(gatherer.open).toBe(0);
});

test('a call whose end never came does not hold up the others for ever', () => {
  const floor = new Floor();
  floor.arrive('+33170000011');
  const gatherer = new Gatherer('0-0');
  gather(gatherer, entries(floor.facts));
  floor.after(25 * 3_600_000).signIn('ana');
  gatherer.take({ fact: floor.facts.at(-1) as Fact, offset: '99-0' });
  expect(gatherer.safeOffset).toBe('99-0');
});

test('what a Redis that has lost all is told out of order is in order when the call ends', () => {
  const { facts } = twoCalls();
  const [second, ...others] = facts.filter((fact) => fact.type !== 'CallArrived');
  const arrivals = facts.filter((fact) => fact.type === 'CallArrived');
  const outOfOrder = second === undefined ? [] : [second, ...arrivals, ...others];
  for (const call of gather(new Gatherer('0-0'), entries(outOfOrder)))
    expect(call.map(({ n }) => n)).toEqual(call.map((_, index) => index + 1));
});
