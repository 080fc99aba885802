import type { Prisma } from '../generated/client.ts';
import type { CallRecord } from './record.ts';

/** A record's place in the list, newest first: what `after` goes on from. */
export const placeOf = ({ arrivedAt, id }: Pick<CallRecord, 'arrivedAt' | 'id'>): string => `${arrivedAt}_${id}`;

/** All that come after a place. @returns undefined when no list gave out such a place: nothing comes after it. */
export const pageAfter = (place: string): Prisma.CallRecordWhereInput | undefined => {
  const [, ms, id] = /^(\d{1,15})_([^\0]+)$/.exec(place) ?? [];
  if (ms === undefined || id === undefined) return undefined;
  const at = new Date(Number(ms));
  // The first condition follows from the second; it lets PostgreSQL begin at the place in its index.
  return { arrivedAt: { lte: at }, OR: [{ arrivedAt: { lt: at } }, { id: { lt: id } }] };
};
