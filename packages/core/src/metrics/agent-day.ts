import type { AgentStateName, AgentView } from '../agent/agent.ts';
import { localTime } from '../policy/hours.ts';
import type { Instant } from '../time.ts';

/** How an agent's day has gone, since local midnight. */
export interface AgentToday {
  /** Local date these figures belong to. */
  readonly date: string;
  /** In conversation or in after-call work. */
  readonly handlingMs: number;
  /** Signed in and not paused: those, and waiting for a call. */
  readonly availableMs: number;
  /** handling ÷ available; null when there is nothing to divide. */
  readonly occupancy: number | null;
}

/** An agent's day up to the last change, and what they have been doing since. */
export interface AgentDay {
  readonly date: string;
  readonly handlingMs: number;
  readonly availableMs: number;
  readonly state: AgentStateName;
  readonly since: Instant;
}

/** One change more; what went before lasted until now. */
export const countAgentState = (
  before: AgentDay | undefined,
  { state, since }: AgentView,
  at: Instant,
  timeZone: string,
): AgentDay => {
  const day = before ?? { date: '', handlingMs: 0, availableMs: 0, state, since };
  return { ...upTo(day, at, timeZone), state, since: at };
};

/** The day as it stands now, what goes on included. */
export const agentToday = (day: AgentDay, now: Instant, timeZone: string): AgentToday => {
  const { date, handlingMs, availableMs } = upTo(day, now, timeZone);
  return { date, handlingMs, availableMs, occupancy: availableMs === 0 ? null : handlingMs / availableMs };
};

/** What began yesterday counts from midnight on. */
const upTo = (day: AgentDay, at: Instant, timeZone: string): AgentDay => {
  const { date, clock } = localTime(timeZone, at);
  const today = day.date === date ? day : { ...day, date, handlingMs: 0, availableMs: 0 };
  const lasted = Math.max(0, Math.min(at - day.since, sinceMidnightMs(clock, at)));
  return {
    ...today,
    handlingMs: today.handlingMs + (handling.has(day.state) ? lasted : 0),
    availableMs: today.availableMs + (available.has(day.state) ? lasted : 0),
  };
};

/** By the clock: all zones differ from each other by whole minutes. */
const sinceMidnightMs = (clock: string, at: Instant): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000 + (at % 60_000);
};

const handling: ReadonlySet<AgentStateName> = new Set(['talking', 'wrap-up']);
const available: ReadonlySet<AgentStateName> = new Set(['ready', 'offered', 'talking', 'wrap-up']);
