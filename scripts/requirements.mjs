// Prints each requirement with the tests that carry its number.  --open: only those that no test proves yet.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const rows = [
  ...readFileSync(join(root, 'docs/requirements.md'), 'utf8').matchAll(/^\| ([SF]\d+) *\| (.+?) *\|/gm),
].map(([, number, capability]) => ({ number, capability }));

const testFiles = readdirSync(join(root, 'tests'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join(root, 'tests', file));

const proofs = new Map(rows.map(({ number }) => [number, []]));
for (const file of testFiles) {
  for (const [, numbers, title] of readFileSync(file, 'utf8').matchAll(/['"`]((?:\[[SF]\d+\] ?)+)([^'"`\n]*)/g)) {
    for (const [, number] of numbers.matchAll(/\[([SF]\d+)\]/g)) {
      const list = proofs.get(number);
      if (list === undefined) {
        console.error(`${relative(root, file)} names ${number}, and docs/requirements.md has no such row.`);
        process.exitCode = 1;
      } else list.push(`${title.trim()}  (${relative(root, file)})`);
    }
  }
}

const onlyOpen = process.argv.includes('--open');
for (const { number, capability } of rows) {
  const tests = proofs.get(number);
  if (onlyOpen && tests.length > 0) continue;
  console.log(`${tests.length > 0 ? '✓' : '·'} ${number.padEnd(4)} ${capability}`);
  for (const test of tests) console.log(`         ${test}`);
}
const proven = rows.filter(({ number }) => proofs.get(number).length > 0).length;
console.log(`\n${proven} of ${rows.length} requirements have a test.`);
