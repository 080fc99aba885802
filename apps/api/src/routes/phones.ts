import { Phone, PhoneInput, PhoneList, PhoneWithPassword } from '@cordboard/contracts';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, type Route, route } from '../http/route.ts';

const ByExtension = z.strictObject({ extension: z.string().min(1).max(16) });

export const phoneRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/phones',
    summary: 'The desk phones',
    roles: administrators,
    answer: PhoneList,
    handle: async (_, { database }) => ({ items: [...(await database.phones.list())] }),
  }),
  route({
    method: 'post',
    path: '/api/phones',
    summary: 'Add a desk phone; its password is made here and shown this once',
    roles: administrators,
    body: PhoneInput,
    answer: PhoneWithPassword,
    status: 201,
    handle: ({ body }, { database }) => database.phones.create(body),
  }),
  route({
    method: 'get',
    path: '/api/phones/:extension',
    summary: 'One desk phone',
    roles: administrators,
    params: ByExtension,
    answer: Phone,
    async handle({ params: { extension } }, { database }) {
      const phone = await database.phones.byExtension(extension);
      if (phone === undefined) throw new Refusal('not-found', 'There is no such phone. See /api/phones.');
      return phone;
    },
  }),
  route({
    method: 'put',
    path: '/api/phones/:extension',
    summary: 'Change a desk phone; its agent goes with it to a new extension',
    roles: administrators,
    params: ByExtension,
    body: PhoneInput,
    answer: Phone,
    handle: ({ params, body }, { database }) => database.phones.update(params.extension, body),
  }),
  route({
    method: 'delete',
    path: '/api/phones/:extension',
    summary: 'Remove a desk phone at which no agent sits',
    roles: administrators,
    params: ByExtension,
    handle: ({ params }, { database }) => database.phones.remove(params.extension),
  }),
  route({
    method: 'post',
    path: '/api/phones/:extension/password',
    summary: 'Make a new password, shown this once; the old one is void',
    roles: administrators,
    params: ByExtension,
    answer: PhoneWithPassword,
    handle: ({ params }, { database }) => database.phones.renewPassword(params.extension),
  }),
];
