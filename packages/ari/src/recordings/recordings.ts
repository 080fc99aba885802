import { TelephonyUnavailable } from '@cordboard/application';
import type { RecordingId } from '@cordboard/core';
import { refusal } from '../transport/refusal.ts';
import type { AriAccess } from '../transport/transport.ts';

/** What Asterisk has recorded and stored. */
export interface StoredRecordings {
  /**
   * The whole file; undefined when Asterisk has none of this name.
   * @throws StillRecording while it is being written
   * @throws TelephonyUnavailable when Asterisk cannot be asked
   */
  fetch(name: RecordingId): Promise<Uint8Array | undefined>;
  /** What is not there is deleted already. @throws TelephonyUnavailable */
  remove(name: RecordingId): Promise<void>;
}

/** The recording goes on: what there is of it is not the whole yet. */
export class StillRecording extends Error {
  override readonly name = 'StillRecording';
}

const timeoutMs = 15_000;

/** Over plain HTTP: a file is too long for the events' WebSocket. */
export const createStoredRecordings = ({ url, user, password }: AriAccess): StoredRecordings => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  /** undefined: there is no such recording. */
  const ask = async (method: 'GET' | 'DELETE', path: string): Promise<Uint8Array | undefined> => {
    try {
      const response = await fetch(`${url}/ari/recordings/${path}`, {
        method,
        headers: { authorization, connection: 'close' },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = new Uint8Array(await response.arrayBuffer());
      if (response.status === 404) return undefined;
      if (!response.ok) throw new TelephonyUnavailable(refusal(response.status));
      return body;
    } catch (error) {
      if (error instanceof TelephonyUnavailable) throw error;
      throw new TelephonyUnavailable(`Asterisk's REST interface does not answer at ${url} (ARI_URL)`, { cause: error });
    }
  };
  return {
    async fetch(name) {
      if ((await ask('GET', `live/${encodeURIComponent(name)}`)) !== undefined)
        throw new StillRecording(`${name} is being recorded still.`);
      return ask('GET', `stored/${encodeURIComponent(name)}/file`);
    },
    async remove(name) {
      await ask('DELETE', `stored/${encodeURIComponent(name)}`);
    },
  };
};
