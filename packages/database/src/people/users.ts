import type { Role, Session } from '@cordboard/contracts';
import type { Language } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';

/** Who may sign in. `hasPassword` false: nobody can sign in by this name until a password is set. */
export type UserAccount = Session['user'] & { readonly hasPassword: boolean };

export interface UserInput {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly agentId?: string | null;
  readonly language?: Language;
}

/** Throws `DatabaseRefusal` when a user name or an agent is taken, or the agent does not exist. */
export interface Users {
  list(): Promise<readonly UserAccount[]>;
  byId(id: string): Promise<UserAccount | undefined>;
  /** For signing in. The hash is argon2id's, with its parameters. */
  credentials(
    username: string,
  ): Promise<{ readonly user: UserAccount; readonly passwordHash: string | null } | undefined>;
  create(user: UserInput): Promise<UserAccount>;
  update(id: string, changes: Partial<UserInput>): Promise<UserAccount>;
  setPasswordHash(id: string, passwordHash: string | null): Promise<void>;
  remove(id: string): Promise<void>;
}

export const createUsers = ({ user: table }: PrismaConnection): Users => ({
  list: async () => (await table.findMany({ orderBy: { username: 'asc' } })).map(toAccount),
  async byId(id) {
    const row = await table.findUnique({ where: { id } });
    return row === null ? undefined : toAccount(row);
  },
  async credentials(username) {
    const row = await table.findUnique({ where: { username } });
    return row === null ? undefined : { user: toAccount(row), passwordHash: row.passwordHash };
  },
  create: async (user) => toAccount(await table.create({ data: user })),
  update: async (id, changes) => toAccount(await table.update({ where: { id }, data: changes })),
  async setPasswordHash(id, passwordHash) {
    await table.update({ where: { id }, data: { passwordHash } });
  },
  async remove(id) {
    await table.delete({ where: { id } });
  },
});

type Row = Session['user'] & { readonly passwordHash: string | null };

const toAccount = ({ id, username, name, role, agentId, language, passwordHash }: Row): UserAccount => ({
  id,
  username,
  name,
  role,
  agentId,
  language,
  hasPassword: passwordHash !== null,
});
