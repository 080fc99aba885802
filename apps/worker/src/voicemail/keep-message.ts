import type { StoredRecordings } from '@cordboard/ari';
import type { keepVoicemail } from '@cordboard/contracts';
import { type CallId, instant, type RecordingId } from '@cordboard/core';
import type { SoundFiles, Voicemails } from '@cordboard/database';
import type { z } from 'zod';
import { wavLengthMs } from './wav-length.ts';

export interface KeepMessageParts {
  readonly voicemails: Pick<Voicemails, 'keep' | 'isKnown'>;
  readonly files: Pick<SoundFiles, 'write' | 'read'>;
  readonly recordings: Pick<StoredRecordings, 'fetch'>;
}

/** Neither Asterisk nor we have the sound. */
export class MessageMissing extends Error {
  override readonly name = 'MessageMissing';
}

/**
 * Takes a message into our keeping: the file first, then the row that tells of it. Whatever is broken off is done again
 * from there. Asterisk keeps its copy until the message is deleted: from it a phone plays it.
 * @throws MessageMissing, StillRecording, TelephonyUnavailable, DatabaseUnavailable: it is tried again
 */
export const keepMessage = async (
  { voicemails, files, recordings }: KeepMessageParts,
  { recording, call, leftAt, durationMs, ...message }: z.output<(typeof keepVoicemail)['payload']>,
): Promise<void> => {
  const id = recording as RecordingId;
  if (await voicemails.isKnown(id)) return;
  const sound = (await files.read(id)) ?? (await recordings.fetch(id));
  if (sound === undefined) throw new MessageMissing(`Asterisk has no recording ${id}: look in its spool/recording.`);
  const file = await files.write(id, sound);
  await voicemails.keep({
    ...message,
    id,
    call: call as CallId,
    leftAt: instant(leftAt),
    durationMs: wavLengthMs(sound) ?? durationMs,
    file,
  });
};
