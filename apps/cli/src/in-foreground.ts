import type { Environment } from '@cordboard/configuration';
import { readConfiguration } from '@cordboard/configuration';
import { bringUp, type Installation } from './bring-up.ts';
import { type Closing, openClosing } from './closing.ts';
import { needsElevation, throughSudo } from './elevation.ts';
import { type Progress, showProgress } from './progress.ts';
import { onEnd } from './signals.ts';

/** What a command does once everything is up. Resolves when it is done; then everything is ended. */
export type Then = (parts: {
  readonly installation: Installation;
  readonly progress: Progress;
  readonly closing: Closing;
}) => Promise<void>;

/** Brings everything up, and stays until the command is done or somebody ends it. @returns the exit code. */
export const inForeground = async (environment: Environment, then: Then): Promise<number> => {
  const configuration = readConfiguration(environment);
  if (needsElevation(configuration)) return throughSudo(environment);
  const progress = showProgress();
  const closing = openClosing();
  const stop = async (): Promise<void> => {
    progress.say('\nStopping.');
    await closing.close();
    progress.say('Stopped.');
  };
  onEnd(environment, stop);
  progress.say('Starting Cordboard.');
  try {
    const installation = await bringUp({ configuration, progress, closing });
    await then({ installation, progress, closing });
    await stop();
    return 0;
  } catch (error) {
    await closing.close();
    throw error;
  }
};
