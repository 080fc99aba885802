import { PolicyDocument, type WholePolicyDocument } from '@cordboard/contracts';
import { type Instant, instant } from '@cordboard/core';
import { z } from 'zod';
import type { PrismaConnection } from '../client.ts';
import type { Prisma } from '../generated/client.ts';
import { PolicyUnreadable } from './policies.ts';

/** The policy that is being worked on. It may have faults that only publishing minds. */
export interface PolicyDraft {
  readonly document: WholePolicyDocument;
  /** The version that it was made from. */
  readonly basedOn: number;
  readonly savedAt: Instant;
  readonly savedBy: string;
  readonly note: string;
}

/** One draft for the house. Reading throws `PolicyUnreadable`. */
export interface Draft {
  read(): Promise<PolicyDraft | undefined>;
  save(draft: {
    readonly document: PolicyDocument;
    readonly basedOn: number;
    readonly by: string;
    readonly note: string;
  }): Promise<PolicyDraft>;
  discard(): Promise<void>;
}

const only = { id: 1 } as const;

export const createDraft = ({ policyDraft: table }: PrismaConnection): Draft => ({
  async read() {
    const row = await table.findUnique({ where: only });
    return row === null ? undefined : read(row);
  },
  async save({ document, basedOn, by, note }) {
    const written = {
      document: PolicyDocument.parse(document) as unknown as Prisma.InputJsonObject,
      basedOn,
      savedBy: by,
      savedAt: new Date(),
      note,
    };
    return read(await table.upsert({ where: only, create: { ...only, ...written }, update: written }));
  },
  async discard() {
    await table.deleteMany();
  },
});

interface Row {
  readonly document: unknown;
  readonly basedOn: number;
  readonly savedAt: Date;
  readonly savedBy: string;
  readonly note: string;
}

const read = ({ document, basedOn, savedAt, savedBy, note }: Row): PolicyDraft => {
  const { data, error } = PolicyDocument.safeParse(document);
  if (error !== undefined)
    throw new PolicyUnreadable(`The draft of the policy cannot be read: ${z.prettifyError(error)}`, { cause: error });
  return { document: data, basedOn, savedAt: instant(savedAt.getTime()), savedBy, note };
};
