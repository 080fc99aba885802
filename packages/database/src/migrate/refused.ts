/** The database, or our files, are not in a state that we may go on from. The message says what to do. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}
