import { lookup } from 'node:dns/promises';
import { access, constants, mkdir, readdir, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { findPrivilege, rootPath } from '@cordboard/embedded';
import { projectFolder } from '../project-folder.ts';
import { attempt, broken, type Finding, fine, warning } from './finding.ts';

const oldestNode = { major: 20, minor: 19 } as const;

/** What `process.versions.node` says, judged. */
export const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)
    ? fine('Node', version)
    : broken('Node', `${version} is too old: install ${oldestNode.major}.${oldestNode.minor} or later`);
};

const builds = {
  stasis: 'apps/stasis/dist/main.js',
  api: 'apps/api/dist/main.js',
  worker: 'apps/worker/dist/main.js',
  pages: 'apps/web/dist/index.html',
} as const;

/** Applications and pages must have been built. */
export const checkBuild = async (): Promise<Finding> => {
  const missing: string[] = [];
  for (const [name, file] of Object.entries(builds))
    await access(join(projectFolder, file)).catch(() => missing.push(name));
  return missing.length === 0
    ? fine('Build', `${Object.keys(builds).join(', ')} are built`)
    : broken('Build', `${missing.join(', ')} not built: run npm run build`);
};

/** CORDBOARD_HOME must take files, and enough of them. */
export const checkHome = (home: string): Promise<Finding> =>
  attempt('Folder', async () => {
    try {
      await mkdir(home, { recursive: true });
      await access(home, constants.W_OK);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return broken('Folder', `${home} cannot be written (${error.message}): set CORDBOARD_HOME to a folder of yours`);
    }
    const { bavail, bsize } = await statfs(home);
    const free = (bavail * bsize) / 1e9;
    const says = `${home} has ${free.toFixed(1)} GB free`;
    if (free < 0.2) return broken('Folder', `${says}: make room, or set CORDBOARD_HOME to a larger disk`);
    return free < 2 ? warning('Folder', `${says}: make room, 2 GB are wanted`) : fine('Folder', says);
  });

/** The private root: there, or at least to be had. */
export const checkRoot = (home: string): Promise<Finding> =>
  attempt('Private root', async () => {
    await findPrivilege();
    const path = rootPath(home);
    const names: readonly string[] = await readdir(join(home, 'roots')).catch(() => []);
    const others = names.filter((name) => /^[0-9a-f]{16}$/.test(name) && name !== basename(path));
    if (others.length > 0)
      return warning(
        'Private root',
        `${others.length} of an earlier release in ${join(home, 'roots')} can be removed: ${others.join(', ')}`,
      );
    return names.includes(basename(path))
      ? fine('Private root', path)
      : fine('Private root', 'not built yet: npm start does it (once; some minutes)');
  });

/** Asterisk looks the machine's own name up for each call. */
export const checkHostname = async (): Promise<Finding> => {
  const name = hostname();
  try {
    await lookup(name);
    return fine('Host name', `${name} resolves`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return warning(
      'Host name',
      `${name} does not resolve, which slows down an Asterisk of your own: add "127.0.1.1 ${name}" to /etc/hosts`,
    );
  }
};
