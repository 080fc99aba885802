import type { Board } from './board.ts';

/**
 * A checksum of what a board shows, the same in whatever order it was told: FNV-1a of each thing's JSON, added up
 * (https://www.rfc-editor.org/rfc/rfc9923). Two boards that agree agree in it; by chance others do once in four thousand million.
 */
export const boardSum = (things: Iterable<Board['queues' | 'agents' | 'calls' | 'trunks'][number]>): number => {
  let sum = 0;
  for (const thing of things) sum = (sum + hash(JSON.stringify(thing))) >>> 0;
  return sum;
};

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

const hash = (text: string): number => {
  let hashed = offsetBasis;
  for (let index = 0; index < text.length; index += 1) hashed = Math.imul(hashed ^ text.charCodeAt(index), prime);
  return hashed >>> 0;
};
