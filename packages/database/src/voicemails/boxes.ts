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
  /**
   * Whether this PIN opens the box; a box without one is opened by none. After five wrong ones in a row none opens it for a
   * quarter of an hour, whoever calls and however often; a new PIN opens it at once.
   */
  opens(box: string, pin: string): Promise<'yes' | 'no' | 'locked'>;
  /** The language of whoever sits at this extension. */
  ownerLanguage(box: string): Promise<Language | undefined>;
}

/** Of ten thousand PINs of four digits so few can be tried. */
const mostFailures = 5;
const lockedForMs = 15 * 60_000;

export const createBoxes = ({ voicemailBox: table, user }: PrismaConnection): Boxes => ({
  byName: async (box) => toBox(box, await table.findUnique({ where: { box } })),
  async set(box, { pin, email }) {
    const changes = {
      ...(pin === undefined
        ? {}
        : { pinHash: pin === null ? null : await hashPassword(pin), pinFailures: 0, lockedUntil: null }),
      ...(email === undefined ? {} : { email }),
    };
    return toBox(box, await table.upsert({ where: { box }, create: { box, ...changes }, update: changes }));
  },
  async opens(box, pin) {
    const row = await table.findUnique({ where: { box } });
    if (row === null) return 'no';
    if (row.lockedUntil !== null && row.lockedUntil.getTime() > Date.now()) return 'locked';
    if (await isPassword(pin, row.pinHash)) {
      if (row.pinFailures > 0 || row.lockedUntil !== null)
        await table.update({ where: { box }, data: { pinFailures: 0, lockedUntil: null } });
      return 'yes';
    }
    const { pinFailures } = await table.update({ where: { box }, data: { pinFailures: { increment: 1 } } });
    if (pinFailures < mostFailures) return 'no';
    await table.update({
      where: { box },
      data: { pinFailures: 0, lockedUntil: new Date(Date.now() + lockedForMs) },
    });
    return 'locked';
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
