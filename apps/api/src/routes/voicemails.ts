import { VoicemailChange, VoicemailPages, VoicemailQuery } from '@cordboard/contracts';
import type { Voicemail } from '@cordboard/database';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { everyRole, type Route, route } from '../http/route.ts';
import type { Person } from '../identity/people.ts';
import type { Parts } from '../parts.ts';
import { boxesOf } from '../voicemail/boxes-of.ts';

const ById = z.strictObject({ id: z.string().min(1).max(200) });

/** Callers' messages. What one may not hear does not exist. */
export const voicemailRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/voicemails',
    summary: "Callers' messages, newest first; agents hear those of their phone and of their queues",
    roles: everyRole,
    query: VoicemailQuery,
    answer: VoicemailPages,
    async handle({ query: { limit, after, box }, person: { user } }, { database }) {
      const own = await boxesOf(user, database);
      const boxes = box === undefined ? own : own === undefined || own.includes(box) ? [box] : [];
      const { messages, next } = await database.voicemails.list({ limit, after, boxes });
      return { items: [...messages], next };
    },
  }),
  route({
    method: 'get',
    path: '/api/voicemails/:id/audio',
    summary: 'What was said, as a WAV file, whole or in parts',
    roles: everyRole,
    params: ById,
    answer: z.string(),
    mediaType: 'audio/wav',
    sendsFile: true,
    async handle({ params: { id }, person }, parts) {
      const path = await parts.sounds.find((await messageOf(id, person, parts)).id);
      if (path === undefined)
        throw new Refusal('not-found', 'The file of this message is not there: restore the data folder.');
      return path;
    },
  }),
  route({
    method: 'put',
    path: '/api/voicemails/:id',
    summary: 'Mark a message as heard or not; the lamp of the phone follows',
    roles: everyRole,
    params: ById,
    body: VoicemailChange,
    async handle({ params: { id }, body: { heard }, person }, parts) {
      await messageOf(id, person, parts);
      if (!(await parts.database.voicemails.setHeard(id, heard))) throw noSuchMessage();
    },
  }),
  route({
    method: 'delete',
    path: '/api/voicemails/:id',
    summary: 'Delete a message and its sound',
    roles: everyRole,
    params: ById,
    async handle({ params: { id }, person }, parts) {
      await messageOf(id, person, parts);
      if (!(await parts.database.voicemails.remove(id))) throw noSuchMessage();
    },
  }),
];

const messageOf = async (id: string, { user }: Person, { database }: Parts): Promise<Voicemail> => {
  const [message, boxes] = await Promise.all([database.voicemails.byId(id), boxesOf(user, database)]);
  if (message === undefined || boxes?.includes(message.box) === false) throw noSuchMessage();
  return message;
};

const noSuchMessage = (): Refusal => new Refusal('not-found', 'There is no such message. See /api/voicemails.');
