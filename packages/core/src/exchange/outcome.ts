import type { Agent } from '../agent/agent.ts';
import type { AgentRefusal } from '../agent/step.ts';
import type { CallCommand } from '../call/command.ts';
import type { CallState } from '../call/state.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { Fact } from '../fact/fact.ts';
import type { AgentId, CallId, TicketId } from '../ids.ts';
import type { OutboundRefusal } from '../routing/outbound.ts';
import type { QueuePace } from './expected-wait.ts';
import type { SwitchState } from './switch.ts';

/** Why a person's request was not granted, where it was about something else than an agent's state. */
export type Refused =
  | 'unknown-agent'
  | 'unknown-switch'
  | 'no-such-call'
  | 'no-such-callback'
  | 'no-such-queue'
  | 'not-waiting'
  /** Nobody talks in this call, or one of the two waits. */
  | 'not-talking'
  | 'three-already'
  | 'no-place-free'
  | 'phone-busy'
  | 'not-consulting'
  | 'no-such-destination'
  /** The phone to be consulted is on another call. */
  | 'target-busy'
  /** Of the queue to be consulted nobody is free. */
  | 'nobody-free'
  /** A phone's hold key can be taken back by that phone alone. */
  | 'held-by-phone'
  | 'no-such-phone'
  | 'phone-not-registered'
  | 'agent-busy'
  /** No new call is begun beyond the admission limit. */
  | 'house-full'
  | OutboundRefusal;

/** All that one event brought about: what to save, what to tell, what to do, in that order. */
export interface Outcome {
  readonly calls: ReadonlyMap<CallId, CallState>;
  readonly ended: readonly CallId[];
  readonly agents: ReadonlyMap<AgentId, Agent>;
  readonly switches?: readonly SwitchState[];
  /** Promised callbacks that changed, and those that are kept or given up. */
  readonly tickets?: readonly Ticket[];
  readonly closedTickets?: readonly TicketId[];
  /** What queues have learned of how long their callers wait. */
  readonly paces?: readonly QueuePace[];
  readonly facts: readonly Fact[];
  readonly commands: readonly CallCommand[];
  /** The place in which a call was parked. */
  readonly slot?: number;
  /** Why a person's request was not granted. */
  readonly refusal?: AgentRefusal | Refused;
}
