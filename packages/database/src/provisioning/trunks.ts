import type { TrunkInput } from '@cordboard/contracts';
import type { PrismaConnection } from '../client.ts';

/** A carrier as it is entered and as Asterisk is told of it. */
export interface Trunk extends Omit<TrunkInput, 'server' | 'registration'> {
  readonly server?: string;
  readonly registration?: { readonly username: string; readonly password: string };
}

/** Throws `DatabaseRefusal`: the id is taken; there is no such trunk. */
export interface Trunks {
  list(): Promise<readonly Trunk[]>;
  byId(id: string): Promise<Trunk | undefined>;
  create(trunk: TrunkInput): Promise<Trunk>;
  /** What the new one leaves out is gone. */
  replace(id: string, trunk: TrunkInput): Promise<Trunk>;
  remove(id: string): Promise<void>;
}

export const createTrunks = ({ trunk: table }: PrismaConnection): Trunks => ({
  list: async () => (await table.findMany({ orderBy: { id: 'asc' } })).map(toTrunk),
  async byId(id) {
    const row = await table.findUnique({ where: { id } });
    return row === null ? undefined : toTrunk(row);
  },
  create: async (trunk) => toTrunk(await table.create({ data: toRow(trunk) })),
  replace: async (id, trunk) => toTrunk(await table.update({ where: { id }, data: toRow(trunk) })),
  async remove(id) {
    await table.delete({ where: { id } });
  },
});

interface Row {
  readonly id: string;
  readonly name: string;
  readonly addresses: string[];
  readonly server: string | null;
  readonly registrationUsername: string | null;
  readonly registrationPassword: string | null;
}

const toRow = ({ id, name, addresses, server, registration }: TrunkInput): Row => ({
  id,
  name,
  addresses,
  server: server ?? null,
  registrationUsername: registration?.username ?? null,
  registrationPassword: registration?.password ?? null,
});

const toTrunk = ({ id, name, addresses, server, registrationUsername, registrationPassword }: Row): Trunk => ({
  id,
  name,
  addresses,
  ...(server === null ? {} : { server }),
  ...(registrationUsername === null || registrationPassword === null
    ? {}
    : { registration: { username: registrationUsername, password: registrationPassword } }),
});
