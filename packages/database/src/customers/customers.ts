import type { CustomerDirectory } from '@cordboard/application';
import type { CustomerInput } from '@cordboard/contracts';
import { type AgentId, type Customer, dialKey, instant } from '@cordboard/core';
import type { Ask, PrismaConnection, Question } from '../client.ts';
import { numberKey } from './number-key.ts';

/** A customer with the numbers they call from, as written. */
export type CustomerEntry = Customer & { readonly numbers: readonly string[] };

/** Throws `DatabaseRefusal`: a number belongs to another customer; there is no such customer. */
export interface Customers extends CustomerDirectory {
  byId(id: string): Promise<CustomerEntry | undefined>;
  /** By name, from the beginning or behind `after`; `search` finds parts of names, companies and numbers. */
  list(page: CustomerPage): Promise<readonly CustomerEntry[]>;
  create(customer: CustomerInput): Promise<CustomerEntry>;
  /** What the new one leaves out is gone. */
  replace(id: string, customer: CustomerInput): Promise<CustomerEntry>;
  remove(id: string): Promise<void>;
}

export interface CustomerPage {
  readonly limit: number;
  /** The id of the last customer of the page before. */
  readonly after?: string;
  readonly search?: string;
}

/** What is known of a number, as PostgreSQL tells it. */
interface Found {
  readonly customer: (Omit<Row, 'openCase'> & { readonly open_case: string | null }) | null;
  readonly calls: readonly number[];
}

/** One question: as three of Prisma's own it takes call control ten times the processor time, in each call. */
const whoCalls: Question = {
  name: 'who-calls',
  text: `
    SELECT
      (SELECT row_to_json(c) FROM customer_numbers n JOIN customers c ON c.id = n.customer_id
        WHERE n.key = $1 OR n.dial_key = $2 LIMIT 1) AS customer,
      ARRAY(SELECT (extract(epoch FROM arrived_at) * 1000)::float8 FROM call_records
        WHERE ani_key = $1 ORDER BY arrived_at DESC LIMIT $3) AS calls`,
};

export const createCustomers = (prisma: PrismaConnection, ask: Ask): Customers => ({
  async identify(number) {
    const key = numberKey(number);
    if (key === '') return { customer: null, lastCalls: [] };
    const [found] = await ask<Found>(whoCalls, key, dialKey(number), mostLastCalls);
    const { customer, calls = [] } = found ?? {};
    return {
      customer: customer == null ? null : toCustomer({ ...customer, openCase: customer.open_case }),
      lastCalls: calls.map(instant),
    };
  },
  async byId(id) {
    const row = await prisma.customer.findUnique({ where: { id }, include: withNumbers });
    return row === null ? undefined : toEntry(row);
  },
  async list({ limit, after, search = '' }) {
    const rows = await prisma.customer.findMany({
      ...(search.trim() === '' ? {} : { where: containing(search.trim()) }),
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: limit,
      ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
      include: withNumbers,
    });
    return rows.map(toEntry);
  },
  async create(customer) {
    const numbers = { create: numberRows(customer) };
    return toEntry(await prisma.customer.create({ data: { ...columns(customer), numbers }, include: withNumbers }));
  },
  async replace(id, customer) {
    const numbers = { deleteMany: {}, create: numberRows(customer) };
    return toEntry(
      await prisma.customer.update({ where: { id }, data: { ...columns(customer), numbers }, include: withNumbers }),
    );
  },
  async remove(id) {
    await prisma.customer.delete({ where: { id } });
  },
});

/** Whoever calls more often than this is a frequent caller, however often. */
const mostLastCalls = 100;

const withNumbers = { numbers: { orderBy: { key: 'asc' } } } as const;

const containing = (search: string) => {
  const digits = dialKey(search);
  const text = { contains: literally(search), mode: 'insensitive' } as const;
  return {
    OR: [
      { name: text },
      { company: text },
      ...(digits.length < 3 ? [] : [{ numbers: { some: { dialKey: { contains: digits.replace(/^0/, '') } } } }]),
    ],
  };
};

/** Prisma hands it to LIKE as it is, where these three stand for others. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

interface Row {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly segment: string | null;
  readonly notes: string | null;
  readonly owner: string | null;
  readonly openCase: string | null;
}

const columns = ({ name, company, segment, notes, owner, openCase }: CustomerInput): Omit<Row, 'id'> => ({
  name,
  company: company ?? null,
  segment: segment ?? null,
  notes: notes ?? null,
  owner: owner ?? null,
  openCase: openCase ?? null,
});

/** The same number written twice is one number. */
const numberRows = ({ numbers }: CustomerInput) => [
  ...new Map(
    numbers.map((number) => [numberKey(number), { key: numberKey(number), number, dialKey: keyOf(number) }]),
  ).values(),
];

/** E.164 without its plus, so that a national spelling is found by an international one. */
const keyOf = (number: string): string => dialKey(numberKey(number));

const toCustomer = ({ id, name, company, segment, notes, owner, openCase }: Row): Customer => ({
  id,
  name,
  ...(company === null ? {} : { company }),
  ...(segment === null ? {} : { segment }),
  ...(notes === null ? {} : { notes }),
  ...(owner === null ? {} : { owner: owner as AgentId }),
  ...(openCase === null ? {} : { openCase }),
});

const toEntry = (row: Row & { readonly numbers: readonly { readonly number: string }[] }): CustomerEntry => ({
  ...toCustomer(row),
  numbers: row.numbers.map(({ number }) => number),
});
