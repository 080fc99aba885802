/** What one line is drawn through. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const size = { width: 860, height: 420 } as const;
const edge = { left: 56, right: 130, top: 36, bottom: 34 } as const;
/** Told apart by those too who do not see red and green alike (Okabe and Ito, 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#56b4e9', '#e69f00', '#66c2a5', '#000000', '#cc79a7'] as const;
const gridLines = 5;
/** Names keep this distance, so that none covers another. */
const nameHeight = 15;

/** Values over minutes, each series with its name at its end. */
export const linesOf = (title: string, series: readonly Series[]): string => {
  const all = series.flatMap(({ points }) => points);
  const most = { x: Math.max(1e-9, ...all.map(([x]) => x)), y: Math.max(1e-9, ...all.map(([, y]) => y)) * 1.05 };
  const x = (value: number): number => edge.left + (value / most.x) * (size.width - edge.left - edge.right);
  const y = (value: number): number =>
    size.height - edge.bottom - (value / most.y) * (size.height - edge.top - edge.bottom);
  const ends = nameHeights(series.map(({ points }) => y(points.at(-1)?.[1] ?? 0)));
  const grid = Array.from({ length: gridLines + 1 }, (_, index) => (index * most.y) / gridLines);
  const minutes = Array.from({ length: gridLines + 1 }, (_, index) => (index * most.x) / gridLines);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${title}">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#1a1d21}.title{font-size:14px;font-weight:600}.grid{stroke:#d5d9de}polyline{fill:none;stroke-width:1.5}</style>',
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    `<text x="12" y="20" class="title">${title}</text>`,
    ...grid.flatMap((value) => [
      `<line x1="${edge.left}" x2="${size.width - edge.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" class="grid"/>`,
      `<text x="${edge.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value.toFixed(0)}</text>`,
    ]),
    ...minutes.map(
      (value) =>
        `<text x="${x(value).toFixed(1)}" y="${size.height - 12}" text-anchor="middle">${value.toFixed(value < 10 ? 1 : 0)} min</text>`,
    ),
    ...series.flatMap(({ name, points }, index) => [
      `<polyline points="${points.map((point) => `${x(point[0]).toFixed(1)},${y(point[1]).toFixed(1)}`).join(' ')}" stroke="${colours[index % colours.length]}"/>`,
      `<text x="${size.width - edge.right + 8}" y="${((ends[index] ?? 0) + 4).toFixed(1)}" style="fill:${colours[index % colours.length]}">${name}</text>`,
    ]),
    '</svg>',
    '',
  ].join('\n');
};

/** Where the names go: each as near as can be to its line, from the bottom up. */
const nameHeights = (wanted: readonly number[]): readonly number[] => {
  const heights = [...wanted];
  let free = size.height - edge.bottom;
  for (const [index, height] of [...wanted.entries()].toSorted(([, a], [, b]) => b - a)) {
    heights[index] = Math.min(height, free);
    free = (heights[index] ?? 0) - nameHeight;
  }
  return heights;
};
