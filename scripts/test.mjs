// Installs what the tests need, runs every check and every test, and ends with a line "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { generate, install, isGenerated, isInstalled } from './staleness.mjs';

const root = new URL('..', import.meta.url).pathname;
process.chdir(root);

const run = (command, args, options = {}) => {
  const began = Date.now();
  console.log(`\n── ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  console.log(`── ${status === 0 ? 'done' : `failed (${status})`} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return status === 0;
};

const must = (command, args, options) => {
  if (!run(command, args, options)) process.exit(1);
};

if (!isInstalled()) must(...install);
if (!isGenerated()) must(...generate);

/** Chromium for the browser tests; the servers come with the private Debian root, which the tests build themselves. */
if (!existsSync('/usr/bin/chromium')) {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args) =>
    must([...asRoot, 'apt-get'][0], [...asRoot, 'apt-get', ...args].slice(1), {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', 'chromium');
}

let passed = 0;
let failed = 0;
let skipped = 0;
/** Said again at the end, where one looks. */
const failures = [];
const count = (name, ok) => {
  if (ok) passed += 1;
  else failed += 1;
  if (!ok) failures.push(name);
};

const only = process.argv.slice(2);
const wants = (suite) => only.length === 0 || only.includes(suite);

if (wants('check')) {
  count('biome', run('npx', ['biome', 'ci', '.']));
  count('tsc', run('npx', ['tsc', '-b']));
  count('depcruise', run('npx', ['depcruise', 'packages', 'apps']));
  count('knip', run('npx', ['knip']));
}

const reports = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
for (const project of ['unit', 'integration', 'e2e', 'faults']) {
  if (!wants(project)) continue;
  if (project === 'e2e') count('build', run('npm', ['run', 'build']));
  const report = join(reports, `${project}.json`);
  const ok = run('npx', [
    'vitest',
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) {
    count(`${project}: no report`, false);
    continue;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, testResults } =
    JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  skipped += numPendingTests + numTodoTests;
  // A file that cannot even be loaded has no failed test, and is a failure all the same.
  failed += Math.max(numFailedTests, ok ? 0 : 1, numFailedTests === 0 ? numFailedTestSuites : 0);
  for (const { name, message, assertionResults } of testResults) {
    if (message !== '') failures.push(`${relative(root, name)}: ${message}`);
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') failures.push(`${relative(root, name)}: ${fullName}\n${failureMessages.join('\n')}`);
  }
}
rmSync(reports, { recursive: true });

for (const failure of failures) console.log(`\n── failed: ${failure}`);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
