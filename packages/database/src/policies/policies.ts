import { PolicyDocument, toPolicy } from '@cordboard/contracts';
import { type Instant, instant, type Policy } from '@cordboard/core';
import { z } from 'zod';
import type { PrismaConnection } from '../client.ts';
import { DatabaseRefusal } from '../errors.ts';
import type { Prisma } from '../generated/client.ts';

/** A stored policy that cannot be read as one: written past us, or by another release. */
export class PolicyUnreadable extends Error {
  override readonly name = 'PolicyUnreadable';
}

export interface PublishedVersion {
  readonly version: number;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  readonly note: string;
  /** Whether those who waited were taken along. */
  readonly moveWaiting: boolean;
}

export interface PublishOptions {
  readonly moveWaiting?: boolean;
  /** Whether it is published only where nothing has been, by nobody. */
  readonly asFirst?: boolean;
}

/** The published policies; a version once published is never changed. Reading throws `PolicyUnreadable`. */
export interface Policies {
  /** The newest; undefined before the first. */
  current(): Promise<Policy | undefined>;
  byVersion(version: number): Promise<Policy | undefined>;
  /** Newest first. */
  versions(): Promise<readonly PublishedVersion[]>;
  /**
   * Gives it the next version. What its parts say of each other is for the caller to check (`checkPolicy`).
   *
   * @throws DatabaseRefusal `already-there` when it should be the first and is not; without that, never.
   */
  publish(document: PolicyDocument, by: string, note: string, options?: PublishOptions): Promise<Policy>;
}

export const createPolicies = ({ policyVersion: table }: PrismaConnection): Policies => {
  const publish: Policies['publish'] = async (document, by, note, options = {}) => {
    const { moveWaiting = false, asFirst = false } = options;
    const parsed = PolicyDocument.parse(document);
    const newest = await table.findFirst({ orderBy: { version: 'desc' }, select: { version: true } });
    const version = asFirst ? 1 : (newest?.version ?? 0) + 1;
    try {
      await table.create({
        data: { version, document: parsed as unknown as Prisma.InputJsonObject, publishedBy: by, note, moveWaiting },
      });
    } catch (error) {
      // Somebody else has published meanwhile: take the number after theirs.
      if (!asFirst && error instanceof DatabaseRefusal && error.reason === 'already-there')
        return publish(document, by, note, options);
      throw error;
    }
    return toPolicy(parsed, version, { moveWaiting });
  };

  return {
    async current() {
      const row = await table.findFirst({ orderBy: { version: 'desc' } });
      return row === null ? undefined : read(row);
    },
    async byVersion(version) {
      const row = await table.findUnique({ where: { version } });
      return row === null ? undefined : read(row);
    },
    async versions() {
      const rows = await table.findMany({ orderBy: { version: 'desc' }, omit: { document: true } });
      return rows.map(({ publishedAt, ...row }) => ({ ...row, publishedAt: instant(publishedAt.getTime()) }));
    },
    publish,
  };
};

const read = ({
  version,
  document,
  moveWaiting,
}: {
  readonly version: number;
  readonly document: unknown;
  readonly moveWaiting: boolean;
}): Policy => {
  const { data, error } = PolicyDocument.safeParse(document);
  if (error !== undefined)
    throw new PolicyUnreadable(`Version ${version} of the policy cannot be read: ${z.prettifyError(error)}`, {
      cause: error,
    });
  return toPolicy(data, version, { moveWaiting });
};
