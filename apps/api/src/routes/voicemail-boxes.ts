import { BoxName, VoicemailBox, VoicemailBoxChange } from '@cordboard/contracts';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { everyRole, type Route, route } from '../http/route.ts';
import type { Person } from '../identity/people.ts';
import type { Parts } from '../parts.ts';
import { isOwnBox } from '../voicemail/boxes-of.ts';

const ByName = z.strictObject({ box: BoxName });

/** What is set for boxes of messages: the PIN for `*98`, and where messages are sent. Agents set their own phone's. */
export const voicemailBoxRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/voicemail-boxes/:box',
    summary: 'Whether a box has a PIN, and where its messages are sent; agents see that of their phone',
    roles: everyRole,
    params: ByName,
    answer: VoicemailBox,
    async handle({ params: { box }, person }, parts) {
      await refuseOthers(box, person, parts);
      return parts.database.boxes.byName(box);
    },
  }),
  route({
    method: 'put',
    path: '/api/voicemail-boxes/:box',
    summary:
      'Set the PIN that opens a box by *98, and the address that its messages are sent to; agents that of their phone',
    roles: everyRole,
    params: ByName,
    body: VoicemailBoxChange,
    answer: VoicemailBox,
    async handle({ params: { box }, body: { pin, email }, person }, parts) {
      await refuseOthers(box, person, parts);
      return parts.database.boxes.set(box, {
        ...(pin === undefined ? {} : { pin }),
        ...(email === undefined ? {} : { email }),
      });
    },
  }),
];

const refuseOthers = async (box: string, { user }: Person, { database }: Parts): Promise<void> => {
  if (user.role === 'agent' && !(await isOwnBox(user, box, database)))
    throw new Refusal('forbidden', "This is not your phone's box: ask a supervisor.");
};
