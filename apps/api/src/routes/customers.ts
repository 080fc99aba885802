import { CustomerEntry, CustomerInput, CustomerPages, CustomerQuery } from '@cordboard/contracts';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { everyRole, leads, type Route, route } from '../http/route.ts';

const ById = z.strictObject({ id: z.string().min(1).max(64) });

export const customerRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/customers',
    summary: 'The directory of customers, by name',
    roles: leads,
    query: CustomerQuery,
    answer: CustomerPages,
    async handle({ query: { limit, after, search } }, { database }) {
      const found = await database.customers.list({
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
        ...(search === undefined ? {} : { search }),
      });
      const items = found.slice(0, limit).map(answered);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  }),
  route({
    method: 'post',
    path: '/api/customers',
    summary: 'Add a customer; agents write down who called',
    roles: everyRole,
    body: CustomerInput,
    answer: CustomerEntry,
    status: 201,
    handle: async ({ body }, { database }) => answered(await database.customers.create(body)),
  }),
  route({
    method: 'get',
    path: '/api/customers/:id',
    summary: 'One customer',
    roles: everyRole,
    params: ById,
    answer: CustomerEntry,
    async handle({ params: { id } }, { database }) {
      const customer = await database.customers.byId(id);
      if (customer === undefined) throw new Refusal('not-found', 'There is no such customer. See /api/customers.');
      return answered(customer);
    },
  }),
  route({
    method: 'put',
    path: '/api/customers/:id',
    summary: 'Replace a customer; what is left out is gone',
    roles: leads,
    params: ById,
    body: CustomerInput,
    answer: CustomerEntry,
    handle: async ({ params, body }, { database }) => answered(await database.customers.replace(params.id, body)),
  }),
  route({
    method: 'delete',
    path: '/api/customers/:id',
    summary: 'Remove a customer; records of their calls stay',
    roles: leads,
    params: ById,
    handle: ({ params }, { database }) => database.customers.remove(params.id),
  }),
];

const answered = <Entry extends { readonly numbers: readonly string[] }>(entry: Entry) => ({
  ...entry,
  numbers: [...entry.numbers],
});
