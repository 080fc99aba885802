import { randomUUID } from 'node:crypto';
import type { BoardDelta, BoardSnapshot } from '@cordboard/contracts';
import {
  type AgentId,
  type BoardChange,
  type BoardProjection,
  boardSum,
  type CallId,
  type CallView,
  type Instant,
  type QueueId,
} from '@cordboard/core';

/** Who of the board an audience may see. */
export interface Sight {
  agent(id: AgentId): boolean;
  call(view: CallView): boolean;
  /** How the house itself stands: its trunks, what had to be put right, and whether callers are turned away. */
  readonly house: boolean;
}

export const everything: Sight = { agent: () => true, call: () => true, house: true };
/** All queues, since they are everybody's concern; of agents and calls only one's own. */
export const onlyOwn = (own: AgentId | undefined): Sight => ({
  agent: (id) => id === own,
  call: ({ agent }) => own !== undefined && agent === own,
  house: false,
});

/**
 * Those who see the same of the board, and hear the same numbered deltas. What changes is gathered and told at once, each
 * thing as it is by then: a thousand changes of one tile are one tile.
 */
export class Audience {
  readonly epoch = randomUUID();
  readonly #board: BoardProjection;
  readonly #sight: Sight;
  #seq = 0;
  readonly #queues = new Set<QueueId>();
  readonly #agents = new Set<AgentId>();
  readonly #calls = new Set<CallId>();
  readonly #trunks = new Set<string>();
  #isHealed = false;
  #isAdmissionChanged = false;
  readonly #shown = new Set<CallId>();

  constructor(board: BoardProjection, sight: Sight) {
    this.#board = board;
    this.#sight = sight;
  }

  get seq(): number {
    return this.#seq;
  }

  /** @returns whether something changed that this audience sees beside the queues' figures. */
  take({ queues, agents, calls, gone, trunks = [], healed, admission }: BoardChange): boolean {
    for (const id of queues) this.#queues.add(id);
    const mine = agents.filter((id) => this.#sight.agent(id));
    for (const id of mine) this.#agents.add(id);
    const seen = [...calls, ...gone].filter((id) => this.#shown.has(id) || this.#isSeen(id));
    for (const id of seen) this.#calls.add(id);
    if (this.#sight.house) {
      for (const id of trunks) this.#trunks.add(id);
      this.#isHealed ||= healed ?? false;
      this.#isAdmissionChanged ||= admission ?? false;
    }
    return mine.length + seen.length > 0;
  }

  /** @returns undefined when nothing has changed since the last delta. */
  delta(at: Instant): BoardDelta | undefined {
    const queues = [...this.#queues].flatMap((id) => this.#board.queue(id, at) ?? []);
    const agents = [...this.#agents].flatMap((id) => this.#board.agent(id) ?? []);
    const trunks = [...this.#trunks].flatMap((id) => this.#board.trunk(id) ?? []);
    const healings = this.#isHealed ? this.#board.healings() : [];
    const admission = this.#isAdmissionChanged ? { admission: this.#board.admission() } : {};
    const [calls, gone] = this.#callsToTell();
    const isSame = [queues, agents, calls, gone, trunks, healings].every(({ length }) => length === 0);
    const isTold = isSame && !this.#isAdmissionChanged;
    this.#forgetChanges();
    if (isTold) return undefined;
    this.#seq += 1;
    return {
      epoch: this.epoch,
      seq: this.#seq,
      at,
      ...(queues.length === 0 ? {} : { queues }),
      ...(agents.length === 0 ? {} : { agents }),
      ...(calls.length === 0 ? {} : { calls }),
      ...(gone.length === 0 ? {} : { gone }),
      ...(trunks.length === 0 ? {} : { trunks }),
      ...(healings.length === 0 ? {} : { healings }),
      ...admission,
    };
  }

  /** The whole board, as it is for this audience now; deltas go on from it. */
  snapshot(at: Instant): BoardSnapshot {
    const { queues, agents, calls, trunks, healings, admission, policyVersion } = this.#board.snapshot(at);
    const seen = calls.filter((call) => this.#sight.call(call));
    for (const { id } of seen) this.#shown.add(id);
    return {
      epoch: this.epoch,
      seq: this.#seq,
      at,
      board: {
        queues,
        agents: agents.filter(({ id }) => this.#sight.agent(id)),
        calls: seen,
        trunks: this.#sight.house ? trunks : [],
        healings: this.#sight.house ? healings : [],
        admission: this.#sight.house ? admission : null,
        policyVersion,
      },
    };
  }

  /** The whole board in place of a delta, when something is no more that deltas cannot take away: a queue. */
  fresh(at: Instant): BoardSnapshot {
    this.#forgetChanges();
    this.#shown.clear();
    this.#seq += 1;
    return this.snapshot(at);
  }

  /** The checksum of all that has been told; undefined while something has changed that has not been told yet. */
  sum(at: Instant): number | undefined {
    const changed = [this.#queues, this.#agents, this.#calls, this.#trunks];
    if (changed.some(({ size }) => size > 0)) return undefined;
    const { queues, agents, calls, trunks } = this.#board.snapshot(at);
    return boardSum([
      ...queues,
      ...agents.filter(({ id }) => this.#sight.agent(id)),
      ...calls.filter((call) => this.#sight.call(call)),
      ...(this.#sight.house ? trunks : []),
    ]);
  }

  #forgetChanges(): void {
    this.#trunks.clear();
    this.#isHealed = false;
    this.#isAdmissionChanged = false;
    this.#queues.clear();
    this.#agents.clear();
    this.#calls.clear();
  }

  #callsToTell(): readonly [CallView[], CallId[]] {
    const calls: CallView[] = [];
    const gone: CallId[] = [];
    for (const id of this.#calls) {
      const call = this.#board.call(id);
      if (call !== undefined && this.#sight.call(call)) {
        calls.push(call);
        this.#shown.add(id);
      } else if (this.#shown.delete(id)) gone.push(id);
    }
    return [calls, gone];
  }

  #isSeen(id: CallId): boolean {
    const call = this.#board.call(id);
    return call !== undefined && this.#sight.call(call);
  }
}
