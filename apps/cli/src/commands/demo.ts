import { setTimeout as pause } from 'node:timers/promises';
import { readConfiguration } from '@cordboard/configuration';
import type { Command } from '../command.ts';
import { openDemo, requireStage } from '../demo/open-demo.ts';
import { demoOptions, usualOptions } from '../demo/options.ts';
import { inForeground } from '../in-foreground.ts';
import { welcome } from '../welcome.ts';

/** Everything up, and people who call and people who answer. */
export const demo: Command = {
  name: 'demo',
  summary: `start, with callers and agents that talk real SIP: ${usualOptions}`,
  async run({ args, environment }) {
    const options = demoOptions(args);
    requireStage(readConfiguration(environment));
    return inForeground(environment, async ({ installation, progress, closing }) => {
      const opened = await progress.step('callers and agents', () =>
        openDemo({
          ...options,
          installation,
          closing,
          onFailure: (who, error) =>
            progress.say(`  ${who}: ${error instanceof Error ? error.message : String(error)}`),
        }),
      );
      progress.say(welcome(installation, progress));
      progress.say(
        `\n${opened.agents === 1 ? 'One agent is' : `${opened.agents} agents are`} at the phone, and about ${options.rate} callers come in each minute.`,
      );
      await (options.forMs === undefined ? new Promise<never>(() => undefined) : pause(options.forMs));
    });
  },
};
