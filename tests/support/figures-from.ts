/** One line of `/metrics`. */
export interface Figure {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What `/metrics` said. */
export interface Figures {
  readonly all: readonly Figure[];
  /** The metrics by name, without what histograms add to theirs. */
  readonly names: readonly string[];
  has(name: string, labels: Readonly<Record<string, string>>): boolean;
  /** Of all lines of this name that bear these labels. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

/** Reads `/metrics` as Prometheus does. */
export const figuresFrom = async (url: string): Promise<Figures> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n');
  const all = lines.flatMap(figureIn);
  const those = (name: string, labels: Readonly<Record<string, string>>): readonly Figure[] =>
    all.filter(
      (figure) =>
        figure.name === name && Object.entries(labels).every(([label, value]) => figure.labels[label] === value),
    );
  return {
    all,
    names: lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []),
    has: (name, labels) => those(name, labels).length > 0,
    sum: (name, labels = {}) => those(name, labels).reduce((sum, { value }) => sum + value, 0),
  };
};

const figureIn = (line: string): readonly Figure[] => {
  const [, name, labels = '', value] = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
  if (name === undefined) return [];
  const read = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text] as const);
  return [{ name, labels: Object.fromEntries(read), value: Number(value) }];
};
