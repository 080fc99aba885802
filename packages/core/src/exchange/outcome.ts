import type { Agent } from '../agent/agent.ts';
import type { AgentRefusal } from '../agent/step.ts';
import type { CallCommand } from '../call/command.ts';
import type { CallState } from '../call/state.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { Fact } from '../fact/fact.ts';
import type { AgentId, CallId, TicketId } from '../ids.ts';
import type { SwitchState } from './switch.ts';

/** Why a person's request was not granted, where it was about something else than an agent's state. */
export type Refused =
  | 'unknown-agent'
  | 'unknown-switch'
  | 'no-such-call'
  | 'no-such-callback'
  | 'no-such-queue'
  | 'not-waiting'
  | 'not-talking'
  | 'no-place-free'
  | 'three-already'
  | 'no-such-phone'
  | 'phone-busy';

/** All that one event brought about: what to save, what to tell, what to do, in that order. */
export interface Outcome {
  readonly calls: ReadonlyMap<CallId, CallState>;
  readonly ended: readonly CallId[];
  readonly agents: ReadonlyMap<AgentId, Agent>;
  readonly switches?: readonly SwitchState[];
  /** Promised callbacks that changed, and those that are kept or given up. */
  readonly tickets?: readonly Ticket[];
  readonly closedTickets?: readonly TicketId[];
  readonly facts: readonly Fact[];
  readonly commands: readonly CallCommand[];
  /** The place in which a call was parked. */
  readonly slot?: number;
  /** Why a person's request was not granted. */
  readonly refusal?: AgentRefusal | Refused;
}
