import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Fact, Instant } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** A fact, and where it stands in the stream: `<ms>-<n>`. */
export interface KeptFact {
  readonly offset: string;
  readonly fact: Fact;
}

/** What happened, in the order in which it was told, for longer than Redis keeps it: for whoever replays a day. */
export interface KeptFacts {
  /** Keeps them, all or none; the same ones again change nothing. @param facts in order, behind all that are kept */
  keep(facts: readonly KeptFact[]): Promise<void>;
  /** Where the last one stands that is kept; undefined when none is. */
  lastOffset(): Promise<string | undefined>;
  /** From the oldest on. */
  read(): AsyncIterable<readonly KeptFact[]>;
  /** Forgets what was told before. @returns how many facts */
  forgetBefore(at: Instant): Promise<number>;
}

export const createKeptFacts = ({ keptFacts: table }: PrismaConnection): KeptFacts => ({
  async keep(facts) {
    const [first, last] = [facts[0], facts.at(-1)];
    if (first === undefined || last === undefined) return;
    const [[firstMs, firstN], [lastMs, lastN]] = [partsOf(first.offset), partsOf(last.offset)];
    const text = facts.map(({ offset, fact }) => `${offset} ${JSON.stringify(fact)}\n`).join('');
    const lines = new Uint8Array(await pack(text));
    await table.createMany({
      data: [{ firstMs, firstN, lastMs, lastN, count: facts.length, lines }],
      skipDuplicates: true,
    });
  },

  async lastOffset() {
    const last = await table.findFirst({
      orderBy: [{ lastMs: 'desc' }, { lastN: 'desc' }],
      select: { lastMs: true, lastN: true },
    });
    return last === null ? undefined : `${last.lastMs}-${last.lastN}`;
  },

  async *read() {
    let after: readonly [bigint, number] = [-1n, 0];
    for (;;) {
      const [ms, n]: readonly [bigint, number] = after;
      const row = await table.findFirst({
        where: { OR: [{ firstMs: { gt: ms } }, { firstMs: ms, firstN: { gt: n } }] },
        orderBy: [{ firstMs: 'asc' }, { firstN: 'asc' }],
      });
      if (row === null) return;
      yield factsIn((await unpack(row.lines)).toString());
      after = [row.firstMs, row.firstN];
    }
  },

  async forgetBefore(at) {
    const old = { lastMs: { lt: BigInt(at) } };
    const { _sum } = await table.aggregate({ where: old, _sum: { count: true } });
    await table.deleteMany({ where: old });
    return _sum.count ?? 0;
  },
});

const factsIn = (text: string): readonly KeptFact[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return { offset: line.slice(0, space), fact: JSON.parse(line.slice(space + 1)) as Fact };
    });

const partsOf = (offset: string): readonly [ms: bigint, n: number] => {
  const [ms = '0', n = '0'] = offset.split('-');
  return [BigInt(ms), Number(n)];
};
