import { StillRecording } from '@cordboard/ari';
import type { RecordingId } from '@cordboard/core';
import { expect, test } from 'vitest';
import { keepMessage, MessageMissing } from './keep-message.ts';

const message = {
  recording: 'c1.r2',
  box: '101',
  call: 'c1',
  caller: '+336',
  callerName: '',
  language: 'fr',
  leftAt: 1_750_000_000_000,
  durationMs: 5000,
} as const;

const keeping = () => {
  const [rows, files, asterisk] = [
    new Map<string, object>(),
    new Map<string, Uint8Array>(),
    new Map<string, Uint8Array>(),
  ];
  const asked: RecordingId[] = [];
  const parts = {
    voicemails: {
      keep: async (row: { readonly id: string }) => void rows.set(row.id, row),
      isKnown: async (id: string) => rows.has(id),
    },
    files: {
      read: async (id: string) => files.get(id),
      write: async (id: string, sound: Uint8Array) => {
        files.set(id, sound);
        return `${id}.wav`;
      },
    },
    recordings: {
      fetch: async (id: RecordingId) => {
        asked.push(id);
        return asterisk.get(id);
      },
    },
  };
  return { parts, rows, files, asterisk, asked };
};

test('a message is kept once, however often it is told of', async () => {
  const { parts, rows, files, asterisk, asked } = keeping();
  asterisk.set('c1.r2', Buffer.from('sound'));
  await keepMessage(parts, message);
  await keepMessage(parts, message);
  expect([...rows.values()]).toMatchObject([{ id: 'c1.r2', box: '101', file: 'c1.r2.wav', durationMs: 5000 }]);
  expect(files.get('c1.r2')?.toString()).toBe('sound');
  expect(asked).toHaveLength(1);
});

test('a database that was away is told of the file that is there already', async () => {
  const { parts, rows, asterisk, asked } = keeping();
  asterisk.set('c1.r2', Buffer.from('sound'));
  const away = { ...parts.voicemails, keep: () => Promise.reject(new Error('away')) };
  await expect(keepMessage({ ...parts, voicemails: away }, message)).rejects.toThrow('away');
  asterisk.clear();
  await keepMessage(parts, message);
  expect(rows.size).toBe(1);
  expect(asked).toHaveLength(1);
});

test('what Asterisk does not have, or has not finished, is no message yet', async () => {
  const { parts, rows } = keeping();
  await expect(keepMessage(parts, message)).rejects.toThrow(MessageMissing);
  const busy = { fetch: () => Promise.reject(new StillRecording('recording')) };
  await expect(keepMessage({ ...parts, recordings: busy }, message)).rejects.toThrow(StillRecording);
  expect(rows.size).toBe(0);
});
