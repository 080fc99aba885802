// What has to be made anew before anything else can be: asked of files' dates, since it comes before the packages.
import { existsSync, statSync } from 'node:fs';

export const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** npm writes the first when it has installed what the second asks for. */
export const isInstalled = () => changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json');

/** Prisma's client is made when packages are installed, and when what it is made from has changed since. */
export const isGenerated = () =>
  changedAt('packages/database/src/generated/client.ts') >= changedAt('prisma/schema.prisma');

export const install = ['npm', ['ci', '--no-audit', '--no-fund']];
export const generate = ['npm', ['run', '-s', 'generate', '-w', '@cordboard/database']];
