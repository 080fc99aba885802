import { Desk, DeskSwitch, Forwarding } from '@cordboard/contracts';
import type { Desk as CoreDesk } from '@cordboard/core';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { everyRole, type Route, route } from '../http/route.ts';
import type { Person } from '../identity/people.ts';
import type { Parts } from '../parts.ts';

const ByExtension = z.strictObject({ extension: z.string().min(1).max(16) });

/** How desk phones are set. Agents set their own, and send calls to numbers of the house alone: outside costs money. */
export const deskRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/phones/:extension/desk',
    summary: 'How a desk phone is set: where its calls go, whether it may be disturbed; agents see their own',
    roles: everyRole,
    params: ByExtension,
    answer: Desk,
    handle: ({ params: { extension }, person }, parts) => deskOf(extension, person, parts),
  }),
  route({
    method: 'put',
    path: '/api/phones/:extension/forwarding',
    summary: 'Where calls to a desk phone go instead: always, when busy, when nobody answers',
    roles: everyRole,
    params: ByExtension,
    body: Forwarding,
    answer: Desk,
    async handle({ params: { extension }, body, person }, parts) {
      const outside = Object.values(body).some((target) => target.trunk !== undefined);
      if (outside && person.user.role === 'agent')
        throw new Refusal('forbidden', 'Forward to a number of the house; for one outside, ask an administrator.');
      if (Object.values(body).some(({ number, trunk }) => number === extension && trunk === undefined))
        throw new Refusal('invalid', 'A phone cannot forward to itself: choose another number.');
      return set(extension, person, parts, (desk) => ({ ...desk, forwarding: body }));
    },
  }),
  route({
    method: 'put',
    path: '/api/phones/:extension/do-not-disturb',
    summary: 'Whether a desk phone is left in peace: calls to it meet it as busy, queues pass its agent over',
    roles: everyRole,
    params: ByExtension,
    body: DeskSwitch,
    answer: Desk,
    handle: ({ params: { extension }, body, person }, parts) =>
      set(extension, person, parts, (desk) => ({ ...desk, doNotDisturb: body.on })),
  }),
  route({
    method: 'put',
    path: '/api/phones/:extension/auto-answer',
    summary: 'Whether a desk phone is asked to answer by itself',
    roles: everyRole,
    params: ByExtension,
    body: DeskSwitch,
    answer: Desk,
    handle: ({ params: { extension }, body, person }, parts) =>
      set(extension, person, parts, (desk) => ({ ...desk, autoAnswer: body.on })),
  }),
];

/** @throws Refusal when there is no such phone, or it is another's. */
const deskOf = async (extension: string, { user }: Person, { database }: Parts): Promise<CoreDesk> => {
  const own = user.role !== 'agent' || (await database.agents.byId(user.agentId ?? ''))?.extension === extension;
  const phone = own ? await database.phones.byExtension(extension) : undefined;
  if (phone === undefined) throw new Refusal('not-found', 'There is no such phone, or it is not yours.');
  return phone.desk;
};

const set = async (
  extension: string,
  person: Person,
  parts: Parts,
  change: (desk: CoreDesk) => CoreDesk,
): Promise<CoreDesk> => {
  const desk = change(await deskOf(extension, person, parts));
  await parts.database.phones.set(extension, desk, new Date());
  return desk;
};
