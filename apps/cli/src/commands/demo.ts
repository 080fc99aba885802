import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../command.ts';
import { openDemo } from '../demo/open-demo.ts';
import { demoOptions } from '../demo/options.ts';
import { inForeground } from '../in-foreground.ts';
import { welcome } from '../welcome.ts';

/** Everything up, and people who call and people who answer. */
export const demo: Command = {
  name: 'demo',
  summary: 'start, with callers and agents that talk real SIP: --rate 12 --agents 6 --for 10m --seed 1',
  async run({ args, environment }) {
    const options = demoOptions(args);
    return inForeground(environment, async ({ installation, progress, closing }) => {
      const opened = await progress.step('callers and agents', () =>
        openDemo({
          ...options,
          installation,
          databaseUrl: installation.databaseUrl,
          onFailure: (who, error) =>
            progress.say(`  ${who}: ${error instanceof Error ? error.message : String(error)}`),
        }),
      );
      closing.add(() => opened.close());
      progress.say(welcome(installation, progress));
      progress.say(
        `\n${opened.agents} agents are at their phones, and about ${options.rate} callers come in each minute.`,
      );
      await (options.forMs === undefined ? new Promise<never>(() => undefined) : pause(options.forMs));
    });
  },
};
