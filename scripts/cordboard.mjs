// Runs a command of Cordboard from a fresh clone: checks Node, installs packages, compiles what has changed, and hands over.
// Needs nothing but Node, since it comes before the packages.   node scripts/cordboard.mjs <command> …
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changedAt, generate, install, isGenerated, isInstalled } from './staleness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: install Node 20.19 or later.`);
  process.exit(1);
}

/** Does one step and says how long it took; what it prints is shown only when it fails. */
const step = (name, command, args) => {
  const since = Date.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) {
    console.error(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
    console.error(`"${[command, ...args].join(' ')}" failed: see above.`);
    process.exit(1);
  }
  console.log(`  ✓ ${name.padEnd(24)} ${`${((Date.now() - since) / 1000).toFixed(1)} s`.padStart(8)}`);
};

if (!isInstalled()) step('npm packages', ...install);
if (!isGenerated()) step('database client', ...generate);

/** The newest change below a folder, leaving out what is made from the rest. */
const newestIn = (folder) => {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'generated'].includes(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, statSync(path).mtimeMs, entry.isDirectory() ? newestIn(path) : 0);
  }
  return newest;
};

const stamp = 'node_modules/.cache/cordboard/built';
const newest = Math.max(
  ...['packages', 'apps', 'prisma'].map(newestIn),
  changedAt('tsconfig.json'),
  changedAt('package-lock.json'),
);
const programs = ['cli', 'stasis', 'api', 'worker'];
const isBuilt = programs.every((app) => existsSync(`apps/${app}/dist/main.js`));
if (!isBuilt || changedAt(stamp) < newest) {
  step('compile', 'npx', ['tsc', '-b', ...programs.map((app) => `apps/${app}`)]);
  step('pages', 'npm', ['run', '-s', 'build', '-w', '@cordboard/web']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

await import('../apps/cli/dist/main.js');
