import type {
  AdmissionLimit,
  AgentView,
  Alert,
  Board,
  CallId,
  CallView,
  Customer,
  Healing,
  QueueSnapshot,
  TrunkState,
} from '@cordboard/core';

/**
 * Server → page. A page that asks `board:watch` is answered with a snapshot, and from then on hears numbered deltas: `seq`
 * rises by one within an `epoch`. A page that sees a gap or another epoch asks `board:resync` and gets a snapshot again.
 * Every few seconds a supervisor's page is told a checksum too: one that shows anything else says so, and gets a snapshot.
 * Supervisors and administrators see everything; agents see every queue, and of agents and calls only their own.
 *
 * A socket that is refused hears `connect_error` with a `Problem` as its `data`; one whose session ends is disconnected.
 */
export interface ServerEvents {
  /** The whole board in place of the next delta: when something is no more that a delta cannot take away, as a queue. */
  'board:snapshot': (snapshot: BoardSnapshot) => void;
  'board:delta': (delta: BoardDelta) => void;
  /** Sent every second: the page knows by it that it is live, and how far its clock is off. `at` is the server's time, ms. */
  'board:pulse': (pulse: Pulse) => void;
  /** To the agent's own pages: the card of the call that is about to ring, on its way before the phone is asked to. */
  'card:open': (card: Card) => void;
  /** The caller was identified late, or known better. */
  'card:update': (card: Card) => void;
  /** Another agent has the call, or the caller has gone. */
  'card:withdraw': (withdrawn: { readonly call: CallId; readonly because: string }) => void;
  /** To supervisors and administrators: something that they should know at once. */
  'supervisor:alert': (alert: SupervisorAlert) => void;
  /** To the agent's own pages: their own state. */
  'agent:me': (agent: AgentView) => void;
}

/** What happened, when (the server's time, ms), and for a queue the name that people know it by. */
export interface SupervisorAlert {
  readonly at: number;
  readonly queueName: string;
  readonly alert: Alert;
}

/** Page → server. */
export interface ClientEvents {
  /** Answered when all that has been told so far is in the snapshot. */
  'board:watch': (done: (snapshot: BoardSnapshot) => void) => void;
  'board:resync': (done: (snapshot: BoardSnapshot) => void) => void;
  /** What the page shows has another checksum than the server told for the same `seq`. */
  'board:differed': (seen: Pick<BoardDelta, 'epoch' | 'seq'>) => void;
  /** The card is on the screen; `shownAt` is the page's clock corrected to the server's, ms. */
  'card:shown': (shown: { readonly call: CallId; readonly shownAt: number }) => void;
}

export interface Pulse {
  readonly at: number;
  readonly epoch: string;
  readonly seq: number;
  /** `boardSum` of all that has been told up to `seq`; not in every pulse. */
  readonly sum?: number;
  /** False while nothing has been heard of call control for 2 s. */
  readonly callControl: boolean;
}

export interface BoardSnapshot {
  readonly epoch: string;
  readonly seq: number;
  readonly at: number;
  readonly board: Board;
}

/** Entities that changed, whole; and calls that are gone. */
export interface BoardDelta {
  readonly epoch: string;
  readonly seq: number;
  readonly at: number;
  readonly queues?: readonly QueueSnapshot[];
  readonly agents?: readonly AgentView[];
  readonly calls?: readonly CallView[];
  readonly gone?: readonly CallId[];
  readonly trunks?: readonly TrunkState[];
  /** All of the last hour. */
  readonly healings?: readonly Healing[];
  /** null: callers are turned away no longer. */
  readonly admission?: AdmissionLimit | null;
}

export interface Card {
  readonly call: CallId;
  readonly ani: string;
  readonly aniName: string;
  readonly dnis: string;
  readonly queue: { readonly id: string; readonly name: string } | null;
  /** In all: before each who took the call, and before this phone rings. */
  readonly waitedMs: number;
  readonly language: string;
  /** Who gave the call away, when the caller comes from another phone of the house. */
  readonly transfer: CardTransfer | null;
  /** What the caller chose on the way here, in order: `2 → support`. */
  readonly path: readonly string[];
  /** What is known of the call by name; what is secret is masked. */
  readonly attributes: Readonly<Record<string, string>>;
  /** null: nobody in the directory has this number, or not yet known (`identified` false). */
  readonly customer: Customer | null;
  readonly identified: boolean;
  /** Set when the customer came after the card: how long the look-up took. */
  readonly lateByMs: number | null;
  /** Last calls of this number, newest first; null until read. */
  readonly history: readonly CardHistoryEntry[] | null;
  readonly openedAt: number;
}

export interface CardTransfer {
  readonly kind: 'blind' | 'attended';
  /** The phone, and who sits there. */
  readonly from: string;
  readonly by: { readonly id: string; readonly name: string } | null;
}

export interface CardHistoryEntry {
  readonly call: string;
  readonly at: number;
  readonly disposition: string;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly talkedMs: number;
}
