import type { Holder, Lease, LeaseStore, Renewal } from '@cordboard/application';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { keys } from '../keys.ts';
import { asking } from '../unavailable.ts';

/** Who stands by looks more often than this, in ms. */
const standbyLifeMs = 1000;

/** ARGV: the epoch and the beat that were seen (0 for none); then place, pid and since of the new holder. */
const takeScript = `
local epoch = redis.call('HGET', KEYS[1], 'epoch') or '0'
local beat = redis.call('HGET', KEYS[1], 'beat') or '0'
if epoch ~= ARGV[1] or beat ~= ARGV[2] then return 0 end
local nextEpoch = tonumber(epoch) + 1
redis.call('HSET', KEYS[1], 'epoch', nextEpoch, 'beat', 1, 'place', ARGV[3], 'pid', ARGV[4], 'since', ARGV[5])
return nextEpoch
`;

/**
 * KEYS: the lease, and who stands by. ARGV: the epoch; then place, pid and since of its holder, for a Redis that has
 * forgotten or was away when the epoch began. Returns -1 when another has it, otherwise whether somebody stands by.
 */
const renewScript = `
local epoch, mine = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0'), tonumber(ARGV[1])
if epoch < mine then
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'beat', 0, 'place', ARGV[2], 'pid', ARGV[3], 'since', ARGV[4])
else
  local held = redis.call('HMGET', KEYS[1], 'place', 'pid', 'since')
  if epoch > mine or held[1] ~= ARGV[2] or held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then return -1 end
end
redis.call('HINCRBY', KEYS[1], 'beat', 1)
return redis.call('EXISTS', KEYS[2])
`;

const releaseScript = `
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'place', '')
return redis.call('HINCRBY', KEYS[1], 'beat', 1)
`;

type Leasing = Redis & {
  cordboardTakeLease(key: string, ...args: readonly (string | number)[]): Promise<number>;
  cordboardRenewLease(key: string, standby: string, ...args: readonly (string | number)[]): Promise<number>;
  cordboardReleaseLease(key: string, epoch: number): Promise<number>;
};

/** The lease in Redis, without an end of its own: whoever watches it judges by their own clock. Throws `RedisUnavailable`. */
export const createLeaseStore = (redis: Redis): LeaseStore => {
  redis.defineCommand('cordboardTakeLease', { lua: takeScript, numberOfKeys: 1 });
  redis.defineCommand('cordboardRenewLease', { lua: renewScript, numberOfKeys: 2 });
  redis.defineCommand('cordboardReleaseLease', { lua: releaseScript, numberOfKeys: 1 });
  const leasing = redis as Leasing;
  return {
    async look(standingBy) {
      const [, fields] = await Promise.all([
        standingBy ? asking(redis.set(keys.standby, 'there', 'PX', standbyLifeMs)) : undefined,
        asking(redis.hgetall(keys.lease)),
      ]);
      return Object.keys(fields).length === 0 ? undefined : leaseOf(fields);
    },
    async take(seen, holder) {
      const epoch = await asking(
        leasing.cordboardTakeLease(keys.lease, seen?.epoch ?? 0, seen?.beat ?? 0, ...written(holder)),
      );
      return epoch === 0 ? undefined : epoch;
    },
    async renew(epoch, holder): Promise<Renewal> {
      const answer = await asking(leasing.cordboardRenewLease(keys.lease, keys.standby, epoch, ...written(holder)));
      return answer < 0 ? { held: false } : { held: true, standbyThere: answer > 0 };
    },
    async release(epoch) {
      await asking(leasing.cordboardReleaseLease(keys.lease, epoch));
    },
  };
};

const Fields = z.object({
  epoch: z.coerce.number(),
  beat: z.coerce.number(),
  place: z.string(),
  pid: z.coerce.number(),
  since: z.string(),
});

const leaseOf = (fields: Readonly<Record<string, string>>): Lease => {
  const { epoch, beat, place, pid, since } = Fields.parse(fields);
  return { epoch, beat, holder: place === '' ? null : { place, pid, since } };
};

const written = ({ place, pid, since }: Holder): readonly (string | number)[] => [place, pid, since];
