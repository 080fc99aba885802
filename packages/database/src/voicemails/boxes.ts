import type { Language } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';
import { hashPassword, isPassword } from '../people/passwords.ts';

/** What is set for a box of messages. The PIN itself is known to nobody. */
export interface Box {
  readonly box: string;
  readonly hasPin: boolean;
  readonly email: string | null;
}

export interface Boxes {
  /** A box for which nothing is set has no PIN and no address. */
  byName(box: string): Promise<Box>;
  /** What is left out stays as it is; null takes it away. */
  set(box: string, changes: { readonly pin?: string | null; readonly email?: string | null }): Promise<Box>;
  /** Whether this PIN opens the box; a box without one is opened by none. */
  opens(box: string, pin: string): Promise<boolean>;
  /** The language of whoever sits at this extension. */
  ownerLanguage(box: string): Promise<Language | undefined>;
}

export const createBoxes = ({ voicemailBox: table, user }: PrismaConnection): Boxes => ({
  byName: async (box) => toBox(box, await table.findUnique({ where: { box } })),
  async set(box, { pin, email }) {
    const changes = {
      ...(pin === undefined ? {} : { pinHash: pin === null ? null : await hashPassword(pin) }),
      ...(email === undefined ? {} : { email }),
    };
    return toBox(box, await table.upsert({ where: { box }, create: { box, ...changes }, update: changes }));
  },
  async opens(box, pin) {
    const row = await table.findUnique({ where: { box } });
    return isPassword(pin, row?.pinHash);
  },
  async ownerLanguage(box) {
    const owner = await user.findFirst({ where: { agent: { extension: box } }, select: { language: true } });
    return owner?.language;
  },
});

const toBox = (box: string, row: { readonly pinHash: string | null; readonly email: string | null } | null): Box => ({
  box,
  hasPin: row !== null && row.pinHash !== null,
  email: row?.email ?? null,
});
