import type { BoardDelta, BoardSnapshot, Pulse } from '@cordboard/contracts';
import {
  type AdmissionLimit,
  type AgentId,
  type AgentView,
  boardSum,
  type CallId,
  type CallView,
  type Healing,
  type QueueId,
  type QueueSnapshot,
  type TrunkState,
} from '@cordboard/core';
import { Store } from '../store.ts';

/** The board as it is painted: a list that has not changed is the same list, and so is each thing in it. */
export interface BoardPicture {
  readonly queues: readonly QueueSnapshot[];
  readonly agents: ReadonlyMap<AgentId, AgentView>;
  readonly calls: ReadonlyMap<CallId, CallView>;
  readonly trunks: ReadonlyMap<string, TrunkState>;
  /** What had to be put right in the last hour; oldest first. */
  readonly healings: readonly Healing[];
  /** For as long as callers are turned away; null while none are. */
  readonly admission: AdmissionLimit | null;
  readonly policyVersion: number;
}

type List = 'queues' | 'agents' | 'calls' | 'trunks';

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
  readonly #trunks = new Map<string, TrunkState>();
  #healings: readonly Healing[] = [];
  #admission: AdmissionLimit | null = null;
  readonly #dirty = new Set<List>();
  #isAsked = false;

  constructor(nextFrame: NextFrame) {
    this.#nextFrame = nextFrame;
  }

  take({ board, epoch, seq }: BoardSnapshot): void {
    this.#epoch = epoch;
    this.#seq = seq;
    this.#policyVersion = board.policyVersion;
    for (const kept of [this.#queues, this.#agents, this.#calls, this.#trunks]) kept.clear();
    this.#put(board);
    this.#healings = board.healings;
    this.#admission = board.admission;
    this.#paint('queues', 'agents', 'calls', 'trunks');
  }

  /** @returns false when something before it has been missed: then a snapshot must be asked for. */
  change(delta: BoardDelta): boolean {
    const { epoch, seq, queues = [], agents = [], calls = [], gone = [], trunks = [], healings, admission } = delta;
    if (epoch !== this.#epoch) return false;
    if (seq <= this.#seq) return true;
    if (seq > this.#seq + 1) return false;
    this.#seq = seq;
    this.#put({ queues, agents, calls, trunks });
    for (const id of gone) this.#calls.delete(id);
    if (queues.length > 0) this.#paint('queues');
    if (agents.length > 0) this.#paint('agents');
    if (calls.length + gone.length > 0) this.#paint('calls');
    if (trunks.length > 0) this.#paint('trunks');
    if (healings !== undefined) {
      this.#healings = healings;
      this.#paint();
    }
    if (admission !== undefined) {
      this.#admission = admission;
      this.#paint();
    }
    return true;
  }

  /** Whether all that has been told by then is here. */
  isAbreast({ epoch, seq }: { readonly epoch: string; readonly seq: number }): boolean {
    return epoch === this.#epoch && seq <= this.#seq;
  }

  /** False when this is not what the server has told, up to the same moment: then a snapshot must be asked for. */
  agrees({ epoch, seq, sum }: Pick<Pulse, 'epoch' | 'seq' | 'sum'>): boolean {
    if (sum === undefined || epoch !== this.#epoch || seq !== this.#seq) return true;
    const kept = [this.#queues, this.#agents, this.#calls, this.#trunks];
    return boardSum(kept.flatMap((each) => [...each.values()])) === sum;
  }

  #put({ queues, agents, calls, trunks }: Required<Pick<BoardDelta, List>>): void {
    for (const queue of queues) this.#queues.set(queue.id, queue);
    for (const agent of agents) this.#agents.set(agent.id, agent);
    for (const call of calls) this.#calls.set(call.id, call);
    for (const trunk of trunks) this.#trunks.set(trunk.id, trunk);
  }

  #paint(...lists: readonly List[]): void {
    for (const list of lists) this.#dirty.add(list);
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#nextFrame(() => {
      this.#isAsked = false;
      const before = this.picture.get();
      const isSame = (list: List) => before !== undefined && !this.#dirty.has(list);
      this.picture.set({
        queues: before !== undefined && isSame('queues') ? before.queues : [...this.#queues.values()],
        agents: before !== undefined && isSame('agents') ? before.agents : new Map(this.#agents),
        calls: before !== undefined && isSame('calls') ? before.calls : new Map(this.#calls),
        trunks: before !== undefined && isSame('trunks') ? before.trunks : new Map(this.#trunks),
        healings: this.#healings,
        admission: this.#admission,
        policyVersion: this.#policyVersion,
      });
      this.#dirty.clear();
    });
  }
}
