import type { Agent, Placement } from '../agent/agent.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { Customer } from '../customer.ts';
import type { AgentRequest, CallerRequest, Directory } from '../exchange/event.ts';
import type { SwitchState } from '../exchange/switch.ts';
import type { OfferOutcome, QueueOutcome, QueueWayOut } from '../fact/fact.ts';
import type { AgentId, CallId, Extension, FlowId, NodeId, QueueId, TicketId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../time.ts';

/**
 * A day as it came from outside: who called, what they pressed, how long they waited and talked, which phones were answered
 * when, what agents and supervisors did. And what was decided of it, to compare with.
 */
export interface Day {
  readonly opening: Opening;
  readonly happenings: readonly Happening[];
  readonly calls: readonly RecordedCall[];
  /** When the last of it was told. */
  readonly until: Instant;
}

/** When, and as the how manieth of all that was told: what happened within one millisecond keeps its order. */
export interface Moment {
  readonly at: Instant;
  readonly n: number;
}

/** How the house stood when the record begins: nobody was calling. */
export interface Opening {
  readonly at: Instant;
  readonly policy: Policy;
  readonly agents: readonly Agent[];
  readonly phones: readonly Extension[];
  readonly switches: readonly SwitchState[];
  readonly tickets: readonly Ticket[];
}

/** What happened to the house and not to one call; or what a supervisor did to one. */
export type Happening = Moment &
  (
    | { readonly is: 'asked'; readonly agent: AgentId; readonly request: AgentRequest }
    | { readonly is: 'phone'; readonly extension: Extension; readonly reachable: boolean }
    | { readonly is: 'member'; readonly queue: QueueId; readonly agent: AgentId; readonly placement: Placement | null }
    | { readonly is: 'caller-moved'; readonly call: CallId; readonly request: CallerRequest; readonly by: string }
    | { readonly is: 'switch'; readonly switch: string; readonly on: boolean }
    | { readonly is: 'people'; readonly people: Directory }
    | { readonly is: 'policy'; readonly policy: Policy; readonly moveWaiting: boolean }
    /** The clock's knock for an agent or a ticket came then: a little later than it was due. */
    | { readonly is: 'knock'; readonly for: AgentId | TicketId }
  );

export interface RecordedCall extends Moment {
  readonly id: CallId;
  readonly from: 'trunk' | 'phone';
  readonly source: string;
  readonly ani: string;
  readonly dnis: string;
  readonly identified?: Moment & { readonly customer: Customer | null; readonly lastCalls?: readonly Instant[] };
  readonly visits: readonly Visit[];
  readonly phones: readonly RungPhone[];
  readonly talks: readonly Talk[];
  /** The caller has hung up while nobody talked with them. */
  readonly left?: Moment & { readonly since: Instant; readonly from: LeftFrom };
  /** When the clock knocked for this call and something came of it. */
  readonly knocks: readonly Moment[];
  readonly decided: readonly Decided[];
}

/** What the wait that a caller gave up is counted from. */
export type LeftFrom = 'arrival' | 'queue' | 'conversation';

/** What the caller did, and what was answered from elsewhere, at one node of a flow. */
export interface Visit {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly since: Instant;
  readonly acts: readonly Act[];
}

export type Act = Moment &
  (
    | { readonly do: 'key'; readonly key: string }
    /** All digits of a number that is asked for, and whatever ends and confirms it. */
    | { readonly do: 'key-in'; readonly digits: string }
    /** A wrong key, or none for too long: one of the node's tries. */
    | { readonly do: 'fail' }
    /** What is being said comes to its end. */
    | { readonly do: 'listen' }
    | { readonly do: 'accept-callback'; readonly number: string }
    | { readonly do: 'look-up-fails' }
    | { readonly do: 'http'; readonly attributes: Readonly<Record<string, string>> | null; readonly because: string }
    | { readonly do: 'message'; readonly durationMs: number | null }
  );

/** A phone was rung, and what became of it. */
export interface RungPhone extends Moment {
  /** An agent's, by the agent; another, by its number; the customer's own, to keep a promise. */
  readonly to: `agent:${string}` | `phone:${string}` | 'customer';
  readonly ended?: Moment & { readonly outcome: OfferOutcome };
}

export interface Talk extends Moment {
  readonly since: Instant;
  readonly endedBy: 'caller' | 'agent';
}

/** One decision, as told. */
export type Decided = Moment &
  (
    | { readonly is: 'queued'; readonly queue: QueueId; readonly place: number }
    | { readonly is: 'placed'; readonly queue: QueueId; readonly place: number }
    | { readonly is: 'refused'; readonly queue: QueueId; readonly exit: QueueWayOut }
    | { readonly is: 'offered'; readonly queue: QueueId; readonly agent: AgentId; readonly because: string }
    | { readonly is: 'answered'; readonly agent: AgentId | null }
    | { readonly is: 'promised'; readonly queue: QueueId }
    | {
        readonly is: 'left';
        readonly queue: QueueId;
        readonly outcome: QueueOutcome;
        readonly waitedMs: number;
        readonly exit?: QueueWayOut;
      }
  );
