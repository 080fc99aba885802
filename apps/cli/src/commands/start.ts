import type { Command } from '../command.ts';
import { inForeground } from '../in-foreground.ts';
import { welcome } from '../welcome.ts';

/** Brings everything up and stays in the foreground. */
export const start: Command = {
  name: 'start',
  summary: 'bring everything up, and stay in the foreground until Ctrl-C',
  run: ({ environment }) =>
    inForeground(environment, ({ installation, progress }) => {
      progress.say(welcome(installation, progress));
      return new Promise<never>(() => undefined);
    }),
};
