import type { StoredRecordings } from '@cordboard/ari';
import type { RecordingId } from '@cordboard/core';
import type { SoundFiles, Voicemails } from '@cordboard/database';

/** Deletes the sound of a deleted message wherever it lies, and only then notes that it is done. */
export const eraseMessage = async (
  {
    voicemails,
    files,
    recordings,
  }: {
    readonly voicemails: Pick<Voicemails, 'erased'>;
    readonly files: Pick<SoundFiles, 'erase'>;
    readonly recordings: Pick<StoredRecordings, 'remove'>;
  },
  id: RecordingId,
): Promise<void> => {
  await recordings.remove(id);
  await files.erase(id);
  await voicemails.erased(id);
};
