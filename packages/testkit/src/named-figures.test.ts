import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { namedFigures } from './named-figures.ts';

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

const figures = namedFigures();
const byName = new Map(figures.map((figure) => [figure.name, figure]));

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly datasource?: { readonly uid: string };
    readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
  }[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string | { query: string } }[];
  };
}
const dashboard = JSON.parse(read('docker/grafana/cordboard.json')) as Dashboard;

const onDashboard: readonly string[] = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [query.query])),
];
const inAlerts = [...read('docker/prometheus/alerts.yml').matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr);

/** What prom-client and Prometheus tell by themselves. */
const others = ['up', 'process_resident_memory_bytes', 'process_cpu_seconds_total'];
/** What Prometheus adds to each line, and what every figure of ours bears. */
const everywhere = ['job', 'instance', 'process'];

/** What is asked for in an expression: names of figures, each with the labels that are matched. */
const askedIn = (expression: string): readonly { readonly name: string; readonly labels: readonly string[] }[] =>
  [...expression.matchAll(/\b(cordboard_\w+|process_\w+|up)\b(?:\{([^}]*)\})?/g)].map(
    ([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label),
    }),
  );

const figureNamed = (name: string) => byName.get(name) ?? byName.get(name.replace(/_(bucket|sum|count)$/, ''));

test('the figures are found in the sources, with what they are', () => {
  expect(figures.length).toBeGreaterThan(40);
  expect(byName.get('cordboard_jobs_total')).toEqual({
    name: 'cordboard_jobs_total',
    kind: 'counter',
    labels: ['kind', 'outcome'],
    help: 'Jobs, by what came of them.',
  });
});

test('counters end in _total, and figures with a unit in the base unit', () => {
  for (const { name, kind } of figures) {
    expect(name.endsWith('_total'), name).toBe(kind === 'counter');
    expect(name, name).not.toMatch(/_(ms|minutes|percent|kb|mb)\b/);
    if (kind === 'histogram') expect(name).toMatch(/_seconds$/);
  }
});

test('no figure has a label by which a person or a call could be told', () => {
  for (const { name, labels } of figures)
    expect(
      labels.filter((label) => /call|agent|user|number|ani|dnis|caller/i.test(label)),
      name,
    ).toEqual([]);
});

test.each([
  ['the dashboard', onDashboard],
  ['the alerts', inAlerts],
])('%s asks only for figures that the processes register, by labels that they have', (_, expressions) => {
  expect(expressions.length).toBeGreaterThan(15);
  for (const expression of expressions) {
    const asked = askedIn(expression);
    expect(asked.length, expression).toBeGreaterThan(0);
    for (const { name, labels } of asked) {
      const figure = figureNamed(name);
      expect(figure !== undefined || others.includes(name), `${name} in ${expression}`).toBe(true);
      if (name !== figure?.name && figure !== undefined) expect(figure.kind, expression).toBe('histogram');
      if (name === figure?.name) expect(figure.kind, expression).not.toBe('histogram');
      const known = [...(figure?.labels ?? []), ...everywhere];
      expect(
        labels.filter((label) => !known.includes(label)),
        expression,
      ).toEqual([]);
    }
    const grouped = [...expression.matchAll(/\b(?:by|on) \(([^)]+)\)/g)].flatMap(([, names = '']) =>
      names.split(/,\s*/),
    );
    const known = asked.flatMap(({ name }) => figureNamed(name)?.labels ?? []);
    expect(
      grouped.filter((label) => ![...known, ...everywhere, 'le'].includes(label)),
      expression,
    ).toEqual([]);
  }
});

test('the dashboard shows every figure', () => {
  const shown = new Set(onDashboard.flatMap(askedIn).map(({ name }) => figureNamed(name)?.name));
  expect(figures.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
});

test('the dashboard can be imported: every panel has its own id and asks the data source that is chosen', () => {
  const ids = dashboard.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { type, title, targets = [], datasource } of dashboard.panels) {
    if (type === 'row') continue;
    expect(targets.length, title).toBeGreaterThan(0);
    for (const source of [datasource, ...targets.map((target) => target.datasource)])
      expect(source?.uid, title).toBe('${' + 'datasource}');
  }
  const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
  for (const word of ['Calls', 'Queues', 'Agents', 'Latencies', 'drift', 'lease', 'journal', 'Jobs', 'Trunks'])
    expect(
      rows.some((title) => title.includes(word)),
      word,
    ).toBe(true);
});

test('docs/operations.md names every figure with its labels and what it means, and none that is not', () => {
  const told = [...read('docs/operations.md').matchAll(/^\| `(cordboard_\w+)` \|([^|]*)\| ([^|]*) \|/gm)].map(
    ([, name, labels = '', help]) => ({ name, labels: [...labels.matchAll(/\w+/g)].map(([label]) => label), help }),
  );
  expect(told).toEqual(figures.map(({ name, labels, help }) => ({ name, labels, help })));
});
