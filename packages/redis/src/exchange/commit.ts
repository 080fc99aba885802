import type { Change, CommitAnswer, Numbered, Position } from '@cordboard/application';
import type { Redis } from 'ioredis';
import { keys } from '../keys.ts';

/** How many facts are kept: some days of a busy centre, about 0.5 GB at most. */
const factsKept = 500_000;

/** The hashes of the state, in the order of the script's keys. */
const hashes = [keys.calls, keys.agents, keys.switches, keys.tickets, keys.paces] as const;
type Hash = (typeof hashes)[number];

/**
 * One change of the exchange: state saved, facts appended, in one round trip, all or nothing.
 * A script rather than MULTI: measured 0.23 ms against 0.26, and 40 % less work for Node.
 *
 * KEYS: the hashes of the state, the position, and the facts last.
 * ARGV: how the change is numbered: '' (not at all), 'next' (taken once, and only as the next one), 'claim' (nothing but the
 *       position is written) or 'anew' (it replaces all state); its epoch, first and last number;
 *       how many fields to set, fields to remove and facts follow; then the number of the hash, the field and the value of
 *       each to set; the number of the hash and the field of each to remove; and the facts.
 * Returns '' when it has been taken, or had been before; otherwise the position, 'none' where there is none.
 */
const commitScript = `
local place = KEYS[#KEYS - 1]
local mode, epoch, first, last = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if mode ~= '' then
  local held = redis.call('GET', place)
  local heldEpoch, heldNumber
  if held then
    heldEpoch, heldNumber = string.match(held, '^(%d+):(%d+)$')
    heldEpoch, heldNumber = tonumber(heldEpoch), tonumber(heldNumber)
  end
  if mode == 'next' then
    local before = nil
    if heldEpoch == epoch then before = heldNumber elseif held and heldEpoch < epoch then before = 0 end
    if before and last <= before then return '' end
    if before ~= first - 1 then return held or 'none' end
  elseif held and (heldEpoch > epoch or (mode == 'claim' and heldEpoch == epoch)) then
    return held
  end
  if mode == 'anew' then redis.call('DEL', unpack(KEYS, 1, #KEYS - 2)) end
  redis.call('SET', place, ARGV[2] .. ':' .. ARGV[4])
end
local sets, gone, facts = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local at = 8
for _ = 1, sets do
  redis.call('HSET', KEYS[tonumber(ARGV[at])], ARGV[at + 1], ARGV[at + 2])
  at = at + 3
end
for _ = 1, gone do
  redis.call('HDEL', KEYS[tonumber(ARGV[at])], ARGV[at + 1])
  at = at + 2
end
for _ = 1, facts do
  redis.call('XADD', KEYS[#KEYS], 'MAXLEN', '~', '${factsKept}', '*', 'fact', ARGV[at])
  at = at + 1
end
return ''
`;

export type CommitMode = '' | 'next' | 'claim' | 'anew';

type Committing = Redis & { cordboardCommit(...args: readonly (string | number)[]): Promise<string> };

/** Teaches the connection the script; it is sent once, and afterwards called by its hash. */
export const teachCommit = (
  redis: Redis,
): ((change: Change, mode: CommitMode, numbered: Numbered) => Promise<CommitAnswer>) => {
  redis.defineCommand('cordboardCommit', { lua: commitScript, numberOfKeys: hashes.length + 2 });
  return async (change, mode, { epoch, first, n }) => {
    const answer = await (redis as Committing).cordboardCommit(
      ...hashes,
      keys.position,
      keys.facts,
      ...[mode, epoch, first, n],
      ...written(change),
    );
    return answer === '' ? { taken: true } : { taken: false, last: toPosition(answer) };
  };
};

/** @param text `<epoch>:<n>`; anything else says nothing that can be relied on */
export const toPosition = (text: string | null): Position | undefined => {
  const [, epoch, n] = /^(\d+):(\d+)$/.exec(text ?? '') ?? [];
  return epoch === undefined || n === undefined ? undefined : { epoch: Number(epoch), n: Number(n) };
};

const written = ({
  calls,
  ended,
  agents,
  switches = [],
  tickets = [],
  closedTickets = [],
  paces = [],
  facts,
}: Change): readonly (string | number)[] => [
  calls.length + agents.length + switches.length + tickets.length + paces.length,
  ended.length + closedTickets.length,
  facts.length,
  ...calls.flatMap((call) => field(keys.calls, call)),
  ...agents.flatMap((agent) => field(keys.agents, agent)),
  ...switches.flatMap((each) => field(keys.switches, each)),
  ...tickets.flatMap((ticket) => field(keys.tickets, ticket)),
  ...paces.flatMap((pace) => field(keys.paces, pace)),
  ...ended.flatMap((id) => [numberOf(keys.calls), id]),
  ...closedTickets.flatMap((id) => [numberOf(keys.tickets), id]),
  ...facts.map((fact) => JSON.stringify(fact)),
];

const field = (hash: Hash, entry: { readonly id: string }): readonly (string | number)[] => [
  numberOf(hash),
  entry.id,
  JSON.stringify(entry),
];

const numberOf = (hash: Hash): number => hashes.indexOf(hash) + 1;
