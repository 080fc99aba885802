import {
  connectDatabase,
  type Database,
  generatePassword,
  hashPassword,
  migrate,
  moveInDemo,
  pendingMigrations,
} from '@cordboard/database';

/** What a person needs to know of the database that was prepared. */
export interface Prepared {
  /** Made now, since nobody could have signed in. The password is kept nowhere but as a hash. */
  readonly administrator?: { readonly username: string; readonly password: string };
  /** The first of the numbers that callers may dial, and where each leads. */
  readonly numbers: readonly { readonly number: string; readonly leadsTo: string }[];
}

/**
 * Brings the database to the shape of this release; gives an empty one the demo's configuration, and one without an
 * administrator who can sign in an administrator.
 *
 * @throws DatabaseUnavailable, MigrationRefused, PolicyUnreadable: one sentence each, naming what to change.
 */
export const prepareDatabase = async (databaseUrl: string, report: (line: string) => void): Promise<Prepared> => {
  for (const name of await migrate(databaseUrl)) report(`applied ${name}`);
  const database = connectDatabase(databaseUrl);
  try {
    if (await moveInDemo(database)) report('moved in the demo: six agents, three queues, a trunk, some customers');
    const numbers = await firstNumbers(database);
    // Last: were anything to fail after it, the password would be lost.
    const administrator = await ensureAdministrator(database);
    return { numbers, ...(administrator === undefined ? {} : { administrator }) };
  } finally {
    await database.close();
  }
};

/** @returns the names of the migrations that `prepareDatabase` would apply. @throws as it does. */
export const databaseState = (databaseUrl: string): Promise<readonly string[]> => pendingMigrations(databaseUrl);

const firstAdministrator = 'admin';
const numbersShown = 6;

/** Also the way back for whoever has lost the password: set `password_hash` of the administrators to NULL, start again. */
const ensureAdministrator = async ({ users }: Database): Promise<Prepared['administrator']> => {
  const known = await users.list();
  if (known.some(({ role, hasPassword }) => role === 'administrator' && hasPassword)) return undefined;
  const { id, username } =
    known.find(({ role }) => role === 'administrator') ??
    (await users.create({ username: firstAdministrator, name: 'Administrator', role: 'administrator' }));
  const password = generatePassword();
  await users.setPasswordHash(id, await hashPassword(password));
  return { username, password };
};

const firstNumbers = async ({ policies }: Database): Promise<Prepared['numbers']> => {
  const policy = await policies.current();
  return (policy?.numbers ?? []).slice(0, numbersShown).map(({ number, name }) => ({ number, leadsTo: name }));
};
