import type { RecordingId } from '@cordboard/core';
import type { Boxes, Policies, SoundFiles, Voicemails } from '@cordboard/database';
import type { Mailer } from './mailer.ts';
import { messageMail } from './message-mail.ts';

export interface MailMessageParts {
  readonly voicemails: Pick<Voicemails, 'byId' | 'isToMail' | 'mailed'>;
  readonly boxes: Pick<Boxes, 'byName' | 'ownerLanguage'>;
  readonly policies: Pick<Policies, 'current'>;
  readonly files: Pick<SoundFiles, 'read'>;
  readonly mailer: Mailer;
}

/**
 * Sends a message to its box's address, when it has one; once, unless we die between the server's taking it and our
 * noting it. Whatever fails is tried again.
 */
export const mailMessage = async (
  { voicemails, boxes, policies, files, mailer }: MailMessageParts,
  id: RecordingId,
): Promise<void> => {
  if (!(await voicemails.isToMail(id))) return;
  const message = await voicemails.byId(id);
  if (message === undefined) return;
  const { email } = await boxes.byName(message.box);
  if (email !== null) {
    const [language, policy, sound] = await Promise.all([
      boxes.ownerLanguage(message.box),
      policies.current(),
      files.read(id),
    ]);
    if (sound === undefined) throw new Error(`The file of message ${id} is not there: restore the data folder.`);
    await mailer.send(
      messageMail(message, sound, {
        to: email,
        language: language ?? message.language,
        timeZone: policy?.timeZone ?? 'UTC',
      }),
    );
  }
  await voicemails.mailed(id);
};
