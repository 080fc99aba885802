import type { Agent } from '../agent/agent.ts';
import type { AgentId } from '../ids.ts';
import type { Place } from '../line/line.ts';
import type { Group, Rules } from './group.ts';
import type { Able } from './rank.ts';

/** The first of those with one need. */
export interface Head {
  readonly group: Group;
  readonly place: Place;
  readonly rules: Rules;
  /** Virtual arrival − weight × boost. */
  readonly weighted: number;
}

/** An agent with what the strategy compares. */
export interface Ranked {
  readonly agent: AgentId;
  readonly person: Agent;
  readonly able: Able;
  readonly score: readonly number[];
}
