import { createStoredRecordings } from '@cordboard/ari';
import type { ServiceConfiguration } from '@cordboard/configuration';
import { eraseVoicemail, keepVoicemail, mailVoicemail } from '@cordboard/contracts';
import { callNamedIn, type RecordingId } from '@cordboard/core';
import { createSoundFiles, type Database } from '@cordboard/database';
import type { Jobs, WorkOptions } from '@cordboard/redis/jobs';
import { eraseMessage } from './erase-message.ts';
import { keepMessage } from './keep-message.ts';
import { mailMessage } from './mail-message.ts';
import { createMailer } from './mailer.ts';

export interface VoicemailJobsParts {
  readonly jobs: Pick<Jobs, 'enqueue' | 'work'>;
  readonly database: Pick<Database, 'voicemails' | 'boxes' | 'policies'>;
  readonly configuration: Pick<ServiceConfiguration, 'ari' | 'dataFolder' | 'smtp'>;
  readonly observe: {
    readonly done: (job: string, call?: string) => void;
    readonly failed: NonNullable<WorkOptions['onFailed']>;
  };
}

/**
 * Does what is to be done about callers' messages.
 * @returns to be called when messages have changed: the sounds of those deleted are erased.
 */
export const workOnVoicemail = ({
  jobs,
  database,
  configuration,
  observe,
}: VoicemailJobsParts): (() => Promise<void>) => {
  const { voicemails, boxes, policies } = database;
  const { smtp } = configuration;
  const files = createSoundFiles(configuration.dataFolder);
  const recordings = createStoredRecordings(configuration.ari);
  jobs.work(
    keepVoicemail,
    async (message) => {
      await keepMessage({ voicemails, files, recordings }, message);
      // Handed over twice it is one job, and a message that has been sent is not sent again.
      if (smtp !== undefined) await jobs.enqueue(mailVoicemail, { recording: message.recording });
      observe.done(keepVoicemail.name, message.call);
    },
    { onFailed: observe.failed },
  );
  jobs.work(
    eraseVoicemail,
    async ({ recording }) => {
      await eraseMessage({ voicemails, files, recordings }, recording as RecordingId);
      observe.done(eraseVoicemail.name, callNamedIn(recording));
    },
    { onFailed: observe.failed },
  );
  if (smtp !== undefined) {
    const mailer = createMailer(smtp.url, smtp.from);
    jobs.work(
      mailVoicemail,
      async ({ recording }) => {
        await mailMessage({ voicemails, boxes, policies, files, mailer }, recording as RecordingId);
        observe.done(mailVoicemail.name, callNamedIn(recording));
      },
      { onFailed: observe.failed },
    );
  }
  return async () => {
    for (const recording of await voicemails.toErase()) await jobs.enqueue(eraseVoicemail, { recording });
  };
};
