import { syntheticDay } from '@cordboard/core';
import type { Command } from '../command.ts';
import { readDay, writeDay } from '../simulate/day-file.ts';
import { simulateOptions, simulateUsage } from '../simulate/options.ts';
import { readPolicy } from '../simulate/policy-file.ts';
import { runSimulation } from '../simulate/run-simulation.ts';
import { syntheticPolicy } from '../simulate/synthetic-policy.ts';

/** What another policy would have made of a recorded day. */
export const simulate: Command = {
  name: 'simulate',
  summary: `replay a recorded day by another policy: ${simulateUsage}`,
  async run({ args }) {
    const { policy: policyFile, day: source, out, ...wish } = simulateOptions(args);
    const day =
      'file' in source
        ? await readDay(source.file)
        : syntheticDay(syntheticPolicy(source.synthetic.agents), source.synthetic);
    if (out !== undefined) await writeDay(day, out);
    const policy = policyFile === undefined ? undefined : await readPolicy(policyFile, day);
    const { text, asRecorded } = runSimulation(day, { ...wish, policy });
    console.log(text);
    return asRecorded === false ? 1 : 0;
  },
};
