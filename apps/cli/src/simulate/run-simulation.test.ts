import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toDocument } from '@cordboard/contracts';
import { type Policy, syntheticDay } from '@cordboard/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPolicy } from './policy-file.ts';
import { runSimulation } from './run-simulation.ts';
import { syntheticPolicy } from './synthetic-policy.ts';

const policy = syntheticPolicy(4);
const day = syntheticDay(policy, { calls: 300, agents: 4, seed: 2 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-simulate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The policy as a person would write it, changed. */
const written = async (change: (document: ReturnType<typeof toDocument>) => unknown): Promise<string> => {
  const file = join(folder, 'policy.json');
  await writeFile(file, JSON.stringify(change(structuredClone(toDocument(policy)))));
  return file;
};
const read = async (change: Parameters<typeof written>[0]): Promise<Policy> => readPolicy(await written(change), day);

describe('[F14] cordboard simulate', () => {
  test('by the policy that was in force, in a file or none, says that every decision is as recorded', async () => {
    for (const same of [undefined, await read((document) => document), await read((document) => ({ document }))]) {
      const { text, asRecorded } = runSimulation(day, { policy: same, rows: 20 });
      expect(asRecorded).toBe(true);
      expect(text).toMatch(/every decision is as recorded: (\d+) of \1\./);
    }
  });

  test('by another policy says for whom what would have been otherwise, and why, with the number masked', async () => {
    const [first] = Object.keys(policy.queues);
    const other = await read(({ queues, ...document }) => ({
      ...document,
      queues: { ...queues, [first ?? '']: { ...queues[first ?? ''], strategy: 'linear' } },
    }));
    const { text, asRecorded } = runSimulation(day, { policy: other, rows: 3 });
    expect(asRecorded).toBeUndefined();
    expect(text).toMatch(/otherwise for \d+ of 300 callers; the first 3:/);
    expect(text).toMatch(/\+3363998•••• +agent-\d+ after .*offered to agent-1: first in the list who is free/);
    expect(text).toMatch(/Support +\d+ → \d+ .* % → .* s → .* % → /);
    expect(text).not.toMatch(/\+33639980/);
  });

  test('with twice as many callers says what would have become of them, by the same policy', () => {
    const { text, asRecorded } = runSimulation(day, { rows: 1, load: 2 });
    expect(asRecorded).toBeUndefined();
    expect(text).toMatch(/With 2 times as many callers something is otherwise for \d+ of 600 callers/);
    expect(text).toMatch(/Support +(\d+) → \d+ /);
  });

  test('a record that cannot be reproduced is said to be so, with the first decision that differs', () => {
    const calls = day.calls.map((call, index) =>
      index === 5
        ? { ...call, decided: call.decided.map((each) => (each.is === 'queued' ? { ...each, place: 99 } : each)) }
        : call,
    );
    const { text, asRecorded } = runSimulation({ ...day, calls }, { rows: 20 });
    expect(asRecorded).toBe(false);
    expect(text).toMatch(/The first decision that is not as recorded is about call /);
    expect(text).toMatch(/recorded .* place 99/);
  });

  test('a policy that leads nowhere is refused by the node', async () => {
    const wrong = read((document) => {
      const { flows } = document as { flows: Record<string, { nodes: Record<string, { queue?: string }> }> };
      const node = flows.sales?.nodes.line;
      if (node !== undefined) node.queue = 'salez';
      return document;
    });
    await expect(wrong).rejects.toThrow(/flows\.sales\.nodes\.line\.queue: No queue is called "salez"/);
    await expect(readPolicy(join(folder, 'none.json'), day)).rejects.toThrow(/cannot be opened/);
  });
});
