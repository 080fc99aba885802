import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A figure that the code tells Prometheus of, as it is registered. */
export interface NamedFigure {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** Beside `process`, which all have. */
  readonly labels: readonly string[];
  readonly help: string;
}

const project = fileURLToPath(new URL('../../../', import.meta.url));
const processes = ['apps/stasis', 'apps/api', 'apps/worker', 'packages/telemetry'];

/**
 * All figures that the processes register, read from their sources: a name is written there once, in full, where it is
 * registered, with its explanation and its labels behind it.
 */
export const namedFigures = (): readonly NamedFigure[] => {
  const found = processes.flatMap((folder) => sourcesIn(`${project}${folder}/src`).flatMap(figuresIn));
  return [...new Map(found.map((figure) => [figure.name, figure])).values()].toSorted((one, other) =>
    one.name.localeCompare(other.name),
  );
};

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'));

/** `perQueue(`, too, registers; the list of labels is the next one in brackets, if it comes before the figures are given. */
const registration =
  /(?<how>counter|gauge|histogram|measure|perQueue|new Gauge)\((?:\{\s*name: )?\s*'(?<name>cordboard_\w+)',\s*(?:help: )?(?<quote>['"])(?<help>.*?)\k<quote>,?\s*(?:\[(?<labels>[^\]]*)\])?/gs;

const figuresIn = (source: string): readonly NamedFigure[] =>
  [...source.matchAll(registration)].map(({ groups: { how = '', name = '', help = '', labels = '' } = {} }) => ({
    name,
    help,
    kind: how === 'counter' || how === 'histogram' ? how : 'gauge',
    labels: how === 'perQueue' ? ['queue'] : [...labels.matchAll(/'(\w+)'/g)].map(([, label = '']) => label),
  }));
