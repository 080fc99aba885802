import { type Row, short } from './report.ts';

const width = 720;
const barHeight = 22;

/** Bars on a logarithmic scale: what differs a hundredfold does not fit on another. */
export const barsOf = (rows: readonly Row[]): string => {
  const compared = rows.flatMap(({ what, ours, theirs, unit }) =>
    unit === 'ms' && typeof ours === 'object' && typeof theirs === 'object' ? [{ what, ours, theirs }] : [],
  );
  const scale = (ms: number): number => Math.max(2, (Math.log10(Math.max(ms, 0.1)) + 1) * 130);
  const bars = compared.flatMap(({ what, ours, theirs }, index) => {
    const y = 20 + index * 110;
    return [
      `<text x="12" y="${y + 14}" class="what">${what}</text>`,
      ...[
        { name: 'Cordboard', of: ours, at: y + 26, style: 'ours' },
        { name: 'Queue()', of: theirs, at: y + 26 + barHeight + 6, style: 'theirs' },
      ].flatMap(({ name, of, at, style }) => [
        `<text x="12" y="${at + 16}">${name}</text>`,
        `<rect x="100" y="${at}" width="${scale(of.median).toFixed(0)}" height="${barHeight}" rx="4" class="${style}"/>`,
        `<text x="${(108 + scale(of.median)).toFixed(0)}" y="${at + 16}">${short(of.median)} ms (p99 ${short(of.p99)})</text>`,
      ]),
    ];
  });
  const height = 20 + compared.length * 110;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Median times, logarithmic scale">`,
    '<style>text{font:14px system-ui,sans-serif;fill:#1a1d21}.what{font-weight:600}.ours{fill:#1f7a4d}.theirs{fill:#9aa1aa}rect.back{fill:#fff}</style>',
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
};
