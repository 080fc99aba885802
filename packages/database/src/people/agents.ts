import type { AgentId, Directory, Extension, OutsideNumber } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';

/** An agent as the administrator entered them; what they are doing is known to call control alone. */
export type AgentEntry = Directory['agents'][number];

/** Throws `DatabaseRefusal` when an extension has another agent already, or no phone. */
export interface Agents {
  list(): Promise<readonly AgentEntry[]>;
  byId(id: string): Promise<AgentEntry | undefined>;
  create(agent: AgentInput): Promise<AgentEntry>;
  update(id: string, changes: Partial<Omit<AgentInput, 'id'>>): Promise<AgentEntry>;
  remove(id: string): Promise<void>;
}

export interface AgentInput {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  /** Where they work; null or left out: not said. */
  readonly site?: string | null;
  /** The number outside that is rung in place of the phone; null: none any more. */
  readonly contact?: { readonly number: string; readonly trunk: string } | null | undefined;
}

interface Row extends Omit<AgentInput, 'contact'> {
  readonly contactNumber: string | null;
  readonly contactTrunk: string | null;
}

export const createAgents = ({ agent: table }: PrismaConnection): Agents => ({
  list: async () => (await table.findMany({ orderBy: { id: 'asc' } })).map(toAgent),
  async byId(id) {
    const row = await table.findUnique({ where: { id } });
    return row === null ? undefined : toAgent(row);
  },
  create: async ({ contact, ...agent }) => toAgent(await table.create({ data: { ...agent, ...contactRow(contact) } })),
  update: async (id, { contact, ...changes }) =>
    toAgent(await table.update({ where: { id }, data: { ...changes, ...contactRow(contact) } })),
  async remove(id) {
    await table.delete({ where: { id } });
  },
});

/** What is not said stays as it is. */
const contactRow = (contact: AgentInput['contact']): Partial<Row> =>
  contact === undefined ? {} : { contactNumber: contact?.number ?? null, contactTrunk: contact?.trunk ?? null };

const toAgent = ({ id, name, extension, site, contactNumber, contactTrunk }: Row): AgentEntry => ({
  id: id as AgentId,
  name,
  extension: extension as Extension,
  ...(site == null ? {} : { site }),
  ...(contactNumber === null || contactTrunk === null
    ? {}
    : { contact: { number: contactNumber as OutsideNumber, trunk: contactTrunk } }),
});
