import type { Agent } from '../agent/agent.ts';
import type { AgentId, QueueId } from '../ids.ts';
import type { Waiter } from '../line/line.ts';
import type { Levels, Member, Strategy } from '../policy/queue.ts';
import { elapsedMs, type Instant } from '../time.ts';

/** A member of the queue who can do what is asked, as the strategies see them. */
export interface Able {
  readonly member: Member;
  /** Place in the queue's list of members, from 0. */
  readonly order: number;
  readonly skills: Levels;
}

/** For whom, where and when they are ranked. */
export interface Occasion {
  readonly strategy: Strategy;
  readonly queue: QueueId;
  readonly who: Waiter;
  readonly requires: Levels;
  /** How often this caller has been offered to each. */
  readonly tried: Readonly<Record<AgentId, number>>;
  readonly at: Instant;
}

/**
 * What is compared, in this order; less is sooner. For every strategy the first two are how often this very caller has
 * been offered to the agent (so that the next one is tried after one who does not answer) and the penalty.
 */
export const criteria = {
  'ring-all': ['offered before', 'penalty'],
  'longest-idle': ['offered before', 'penalty', 'minus ms idle'],
  'fewest-calls': ['offered before', 'penalty', 'calls taken', 'minus ms idle'],
  'round-robin': ['offered before', 'penalty', 'last turn', 'place in the list'],
  linear: ['offered before', 'penalty', 'place in the list'],
  random: ['offered before', 'penalty', 'dice'],
  'most-skilled': ['offered before', 'penalty', 'minus levels', 'minus ms idle'],
} as const satisfies Record<Strategy, readonly string[]>;

/** The rule in words, as a supervisor would say it. */
export const ruleInWords = {
  'ring-all': 'all free members with the least penalty at once, the first to answer gets the call',
  'longest-idle': 'the free member who has been idle longest; equals by name',
  'fewest-calls': 'the free member who has taken the fewest calls of this queue since signing in; equals by idle time',
  'round-robin': 'the free member whose last turn in this queue is longest ago; equals in the order of the list',
  linear: 'the first free member in the order of the list',
  random: 'a free member by the dice of this call',
  'most-skilled': 'the free member with the highest levels in what is asked; equals by idle time',
} as const satisfies Record<Strategy, string>;

/** The values of the strategy's {@link criteria}. */
export const scoreOf = (agent: Agent, { member, order, skills }: Able, occasion: Occasion): readonly number[] => {
  const { strategy, queue, who, tried, requires, at } = occasion;
  const before = tried[agent.id] ?? 0;
  const { penalty } = member;
  // 0 less it, not minus it: JSON knows no -0, and a fact must come back as it was told.
  const idle = 0 - elapsedMs(agent.idleSince, at);
  switch (strategy) {
    case 'ring-all':
      return [before, penalty];
    case 'longest-idle':
      return [before, penalty, idle];
    case 'fewest-calls':
      return [before, penalty, agent.taken?.[queue] ?? 0, idle];
    case 'round-robin':
      return [before, penalty, agent.offeredAt?.[queue] ?? 0, order];
    case 'linear':
      return [before, penalty, order];
    case 'random':
      return [before, penalty, dice(`${who} ${before} ${agent.id}`)];
    case 'most-skilled':
      return [before, penalty, 0 - levelIn(skills, requires), idle];
  }
};

/** Less is sooner; equals go by id, so that the choice is the same on every machine. */
export const comesSooner = (
  a: { readonly score: readonly number[]; readonly agent: AgentId },
  b: { readonly score: readonly number[]; readonly agent: AgentId },
): boolean => {
  for (let index = 0; index < a.score.length; index += 1) {
    const [value, other] = [a.score[index] ?? 0, b.score[index] ?? 0];
    if (value !== other) return value < other;
  }
  return a.agent < b.agent;
};

/** What an agent is worth for what is asked; where nothing is asked, all that they can do. */
export const levelIn = (skills: Levels, requires: Levels): number => {
  const asked = Object.keys(requires);
  const all = Object.entries(skills);
  return all.reduce((sum, [skill, level]) => (asked.length === 0 || asked.includes(skill) ? sum + level : sum), 0);
};

/** What an agent lacks, in words; undefined when nothing. */
export const lacking = (skills: Levels, requires: Levels): string | undefined => {
  for (const [skill, level] of Object.entries(requires)) {
    const has = skills[skill as keyof Levels] ?? 0;
    if (has < level) return `skill ${skill} ${has} < ${level}`;
  }
  return undefined;
};

/**
 * Dice that fall the same whenever they are thrown for the same: the call's id is given by chance from outside, and this
 * spreads it (FNV-1a, and the last mixing of MurmurHash3). 0 to 2³²−1.
 */
const dice = (thrown: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < thrown.length; index += 1)
    hash = Math.imul(hash ^ thrown.charCodeAt(index), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
