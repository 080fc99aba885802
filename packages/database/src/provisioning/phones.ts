import type { PhoneInput } from '@cordboard/contracts';
import type { Desk, Extension } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';
import { type DeskRow, toDesk, toDeskRow } from './desk-row.ts';
import { generatePassword } from './password.ts';

/** A desk phone, with the password it registers by. */
export interface Phone {
  readonly extension: Extension;
  readonly name: string;
  readonly password: string;
  readonly desk: Desk;
}

/** Throws `DatabaseRefusal`: the extension is taken; an agent sits at the phone that is to go; there is no such phone. */
export interface Phones {
  list(): Promise<readonly Phone[]>;
  byExtension(extension: string): Promise<Phone | undefined>;
  /** A password of 20 random characters is made for it. */
  create(phone: PhoneInput): Promise<Phone>;
  /** A changed extension is changed at its agent too. */
  update(extension: string, changes: PhoneInput): Promise<Phone>;
  /**
   * Sets it as it is to be, unless it was set otherwise since.
   * @param at when that was asked; older than the last setting, it is passed over
   */
  set(extension: string, desk: Desk, at: Date): Promise<void>;
  renewPassword(extension: string): Promise<Phone>;
  remove(extension: string): Promise<void>;
}

export const createPhones = ({ phone: table }: PrismaConnection): Phones => ({
  list: async () => (await table.findMany({ orderBy: { extension: 'asc' } })).map(toPhone),
  async byExtension(extension) {
    const row = await table.findUnique({ where: { extension } });
    return row === null ? undefined : toPhone(row);
  },
  create: async (phone) => toPhone(await table.create({ data: { ...phone, password: generatePassword() } })),
  update: async (extension, changes) => toPhone(await table.update({ where: { extension }, data: changes })),
  async set(extension, desk, at) {
    await table.updateMany({ where: { extension, setAt: { lte: at } }, data: { ...toDeskRow(desk), setAt: at } });
  },
  renewPassword: async (extension) =>
    toPhone(await table.update({ where: { extension }, data: { password: generatePassword() } })),
  async remove(extension) {
    await table.delete({ where: { extension } });
  },
});

const toPhone = (row: PhoneInput & DeskRow & { readonly password: string }): Phone => ({
  extension: row.extension as Extension,
  name: row.name,
  password: row.password,
  desk: toDesk(row),
});
