import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Variables as OfInstallation } from './configuration.ts';
import { parse } from './parse.ts';
import { Variables as OfService } from './service-configuration.ts';

/** The rows of the table in docs/configuration.md: a variable, and its default as one would write it. */
const documented = (): ReadonlyMap<string, string | undefined> => {
  const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const rows = page.matchAll(/^\| `([A-Z_]+)` +\| (?:`(.+?)`|–) +\| .+ \|$/gm);
  return new Map([...rows].map(([, name = '', value]) => [name, value]));
};

test('every variable is documented, and no other', () => {
  const known = new Set([...Object.keys(OfInstallation.shape), ...Object.keys(OfService.shape)]);
  expect([...documented().keys()].sort()).toEqual([...known].sort());
});

test('whoever sets every variable to its documented default changes nothing', () => {
  expect(parse(OfInstallation, Object.fromEntries(documented()))).toEqual(parse(OfInstallation, {}));
});
