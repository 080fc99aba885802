import type { AgentId, QueueId } from '../ids.ts';
import { queueIn } from '../policy/lookup.ts';
import type { Policy } from '../policy/policy.ts';
import type { Levels } from '../policy/queue.ts';
import type { Rules } from '../routing/group.ts';

/** The versions of the policy that calls go by, and the one that the next call takes. */
export class Rulebook {
  readonly #versions = new Map<number, Policy>();
  #current: Policy | undefined;

  get current(): Policy | undefined {
    return this.#current;
  }

  /** A version that calls came in with earlier. */
  keep(policy: Policy): void {
    this.#versions.set(policy.version, policy);
  }

  publish(policy: Policy): void {
    this.keep(policy);
    this.#current = policy;
  }

  /** Versions that nobody goes by any more need not be kept. */
  forgetAllBut(used: ReadonlySet<number>): void {
    for (const version of this.#versions.keys())
      if (version !== this.#current?.version && !used.has(version)) this.#versions.delete(version);
  }

  has(version: number): boolean {
    return this.#versions.has(version);
  }

  /** The version itself, or the current one where it is not known. */
  of(version: number): Policy {
    return this.#versions.get(version) ?? this.#current ?? noPolicy;
  }

  rulesOf(queue: QueueId, version: number): Rules | undefined {
    const policy = this.of(version);
    const rules = queueIn(policy, queue);
    return (
      rules && {
        queue: rules,
        policyVersion: policy.version,
        skillsOf: (agent: AgentId): Levels =>
          Object.hasOwn(policy.agents, agent) ? (policy.agents[agent]?.skills ?? none) : none,
      }
    );
  }

  /** Every queue of every version that is kept, with its newest rules. */
  queues(): ReadonlyMap<QueueId, Policy['queues'][QueueId]> {
    const newestLast = [...this.#versions.values()].toSorted((a, b) => a.version - b.version);
    if (this.#current !== undefined) newestLast.push(this.#current);
    return new Map(
      newestLast.flatMap(({ queues }) => Object.entries(queues) as [QueueId, Policy['queues'][QueueId]][]),
    );
  }
}

const none: Levels = {};

/** Before the first policy has been published nothing is known, and nothing is answered. */
const noPolicy: Policy = {
  version: 0,
  timeZone: 'UTC',
  numbers: [],
  flows: {},
  queues: {},
  calendars: {},
  switches: {},
  lists: {},
  rosters: {},
  skills: {},
  agents: {},
};
