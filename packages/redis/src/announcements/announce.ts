import type { Directory, Policy } from '@cordboard/core';
import type { Redis } from 'ioredis';
import { keys } from '../keys.ts';
import { together } from '../unavailable.ts';

/** What can be announced. Phones and trunks, and callers' messages, have no document: read them where they are kept. */
export interface Announced {
  readonly policy: Policy;
  readonly directory: Directory;
  readonly provisioning: undefined;
  readonly messages: undefined;
}
export type Announcement = keyof Announced;

/**
 * Puts the document where call control and the API read it, and tells them so. A policy is kept under its version too,
 * for the calls that entered with it.
 *
 * @throws RedisUnavailable
 */
export const announce = async <What extends Announcement>(
  redis: Redis,
  what: What,
  ...[document]: Announced[What] extends undefined ? [] : [Announced[What]]
): Promise<void> => {
  const change = redis.multi();
  if (document !== undefined) {
    const text = JSON.stringify(document);
    change.set(what === 'policy' ? keys.policy : keys.directory, text);
    if ('version' in document) change.set(keys.policyOf(document.version), text);
  }
  change.publish(keys.announcements, what);
  await together(change);
};
