import type { Agent } from '../agent/agent.ts';
import type { AgentId, QueueId } from '../ids.ts';
import type { Member } from '../policy/queue.ts';

/** How many of a queue's members are where. */
export interface Headcount {
  readonly signedIn: number;
  /** Of those, who have not paused: they will take a call sooner or later. */
  readonly available: number;
  /** Ready or busy, but not paused or away. */
  readonly working: number;
  /** Ready, and on no call. */
  readonly ready: number;
}

/** Heads counted as agents come and go, so that nobody has to count a queue's members to know whether one is left. */
export class Staff {
  readonly #counts = new Map<QueueId, Headcount>();
  readonly #queuesOf = new Map<AgentId, QueueId[]>();

  /** Counts anew, when members have changed. */
  renew(queues: Iterable<readonly [QueueId, readonly Member[]]>, agents: ReadonlyMap<AgentId, Agent>): void {
    this.#counts.clear();
    this.#queuesOf.clear();
    for (const [queue, members] of queues) {
      let count = nobody;
      for (const { agent: id } of members) {
        this.#queuesOf.set(id, [...(this.#queuesOf.get(id) ?? []), queue]);
        count = sum(count, headOf(agents.get(id)), 1);
      }
      this.#counts.set(queue, count);
    }
  }

  /** @returns the queues that have just lost the last one signed in, or the last one who has not paused. */
  changed(before: Agent | undefined, agent: Agent): readonly QueueId[] {
    const [was, is] = [headOf(before), headOf(agent)];
    if (isSame(was, is)) return [];
    return (this.#queuesOf.get(agent.id) ?? []).filter((queue) => {
      const old = this.of(queue);
      const now = sum(sum(old, was, -1), is, 1);
      this.#counts.set(queue, now);
      return (old.available > 0 && now.available === 0) || (old.signedIn > 0 && now.signedIn === 0);
    });
  }

  of(queue: QueueId): Headcount {
    return this.#counts.get(queue) ?? nobody;
  }
}

const nobody: Headcount = { signedIn: 0, available: 0, working: 0, ready: 0 };

const headOf = (agent: Agent | undefined): Headcount => {
  if (agent === undefined) return nobody;
  const { presence, engaged } = agent;
  const after = presence.is === 'wrap-up' ? presence.next : presence.is;
  return {
    signedIn: after === 'signed-out' ? 0 : 1,
    available: after === 'ready' ? 1 : 0,
    working: engaged !== undefined || presence.is === 'ready' || presence.is === 'wrap-up' ? 1 : 0,
    ready: presence.is === 'ready' && engaged === undefined ? 1 : 0,
  };
};

const sum = (a: Headcount, b: Headcount, sign: 1 | -1): Headcount => ({
  signedIn: a.signedIn + sign * b.signedIn,
  available: a.available + sign * b.available,
  working: a.working + sign * b.working,
  ready: a.ready + sign * b.ready,
});

const isSame = (a: Headcount, b: Headcount): boolean =>
  a.signedIn === b.signedIn && a.available === b.available && a.working === b.working && a.ready === b.ready;
