import type { BoardDelta, BoardSnapshot } from '@cordboard/contracts';
import type { AgentId, AgentView, CallId, CallView, QueueId, QueueSnapshot } from '@cordboard/core';
import { Store } from '../store.ts';

/** The board as it is painted: a list that has not changed is the same list, and so is each thing in it. */
export interface BoardPicture {
  readonly queues: readonly QueueSnapshot[];
  readonly agents: ReadonlyMap<AgentId, AgentView>;
  readonly calls: ReadonlyMap<CallId, CallView>;
  readonly policyVersion: number;
}

/** Does something before the next frame is painted. */
export type NextFrame = (paint: () => void) => void;

/**
 * The board, kept by the feed: a snapshot, then deltas numbered without a gap. However many come, it is painted once a frame.
 */
export class BoardStore {
  /** undefined before the first snapshot. */
  readonly picture = new Store<BoardPicture | undefined>(undefined);
  readonly #nextFrame: NextFrame;
  #epoch = '';
  #seq = 0;
  #policyVersion = 0;
  readonly #queues = new Map<QueueId, QueueSnapshot>();
  readonly #agents = new Map<AgentId, AgentView>();
  readonly #calls = new Map<CallId, CallView>();
  readonly #dirty = new Set<'queues' | 'agents' | 'calls'>();
  #isAsked = false;

  constructor(nextFrame: NextFrame) {
    this.#nextFrame = nextFrame;
  }

  take({ board, epoch, seq }: BoardSnapshot): void {
    this.#epoch = epoch;
    this.#seq = seq;
    this.#policyVersion = board.policyVersion;
    for (const kept of [this.#queues, this.#agents, this.#calls]) kept.clear();
    this.#put(board);
    this.#paint('queues', 'agents', 'calls');
  }

  /** @returns false when something before it has been missed: then a snapshot must be asked for. */
  change({ epoch, seq, queues = [], agents = [], calls = [], gone = [] }: BoardDelta): boolean {
    if (epoch !== this.#epoch) return false;
    if (seq <= this.#seq) return true;
    if (seq > this.#seq + 1) return false;
    this.#seq = seq;
    this.#put({ queues, agents, calls });
    for (const id of gone) this.#calls.delete(id);
    if (queues.length > 0) this.#paint('queues');
    if (agents.length > 0) this.#paint('agents');
    if (calls.length + gone.length > 0) this.#paint('calls');
    return true;
  }

  /** Whether all that has been told by then is here. */
  isAbreast({ epoch, seq }: { readonly epoch: string; readonly seq: number }): boolean {
    return epoch === this.#epoch && seq <= this.#seq;
  }

  #put({ queues, agents, calls }: Required<Pick<BoardDelta, 'queues' | 'agents' | 'calls'>>): void {
    for (const queue of queues) this.#queues.set(queue.id, queue);
    for (const agent of agents) this.#agents.set(agent.id, agent);
    for (const call of calls) this.#calls.set(call.id, call);
  }

  #paint(...lists: readonly ('queues' | 'agents' | 'calls')[]): void {
    for (const list of lists) this.#dirty.add(list);
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#nextFrame(() => {
      this.#isAsked = false;
      const before = this.picture.get();
      const isSame = (list: 'queues' | 'agents' | 'calls') => before !== undefined && !this.#dirty.has(list);
      this.picture.set({
        queues: before !== undefined && isSame('queues') ? before.queues : [...this.#queues.values()],
        agents: before !== undefined && isSame('agents') ? before.agents : new Map(this.#agents),
        calls: before !== undefined && isSame('calls') ? before.calls : new Map(this.#calls),
        policyVersion: this.#policyVersion,
      });
      this.#dirty.clear();
    });
  }
}
