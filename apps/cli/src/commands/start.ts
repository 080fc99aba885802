import { readConfiguration } from '@cordboard/configuration';
import { bringUp, type Installation } from '../bring-up.ts';
import { openClosing } from '../closing.ts';
import type { Command } from '../command.ts';
import { type Progress, seconds, showProgress } from '../progress.ts';
import { onEnd } from '../signals.ts';

/** Brings everything up and stays in the foreground. */
export const start: Command = {
  name: 'start',
  summary: 'bring everything up, and stay in the foreground until Ctrl-C',
  async run({ environment }) {
    const configuration = readConfiguration(environment);
    const progress = showProgress();
    const closing = openClosing();
    onEnd(async () => {
      progress.say('\nStopping.');
      await closing.close();
      progress.say('Stopped.');
    });
    progress.say('Starting Cordboard.');
    try {
      const installation = await bringUp({ configuration, progress, closing });
      progress.say(welcome(installation, progress));
    } catch (error) {
      await closing.close();
      throw error;
    }
    return await new Promise<never>(() => undefined);
  },
};

/** What a person needs to know to use it. */
const welcome = ({ url, sip, prepared }: Installation, progress: Progress): string =>
  [
    `\nCordboard is ready (${seconds(progress.elapsedMs())}).\n`,
    `  Wallboard     ${url}/board`,
    `  Agents        ${url}/desk`,
    `  Console       ${url}/console`,
    ...(prepared.administrator === undefined
      ? []
      : [
          `  Sign in as    ${prepared.administrator.username}, password ${prepared.administrator.password}   (shown this once)`,
        ]),
    `  SIP           ${sip.host}:${sip.port} (UDP and TCP)`,
    ...prepared.numbers.map(
      ({ number, leadsTo }, index) => `  ${(index === 0 ? 'Dial' : '').padEnd(13)} ${number}  ${leadsTo}`,
    ),
    '\nCtrl-C ends it.',
  ].join('\n');
