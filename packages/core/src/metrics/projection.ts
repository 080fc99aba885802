import type { AdmissionLimit } from '../admission/strain.ts';
import type { AgentView } from '../agent/agent.ts';
import type { CallView } from '../call/view.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { SwitchState } from '../exchange/switch.ts';
import type { CallFact, Fact, QueueOutline } from '../fact/fact.ts';
import type { AgentId, CallId, QueueId, TicketId } from '../ids.ts';
import { localTime } from '../policy/hours.ts';
import type { Instant } from '../time.ts';
import type { TrunkState } from '../trunk/trunk.ts';
import { admissionAfter } from './admission-after.ts';
import { type AgentDay, type AgentToday, agentToday, countAgentState } from './agent-day.ts';
import type { Board, QueueSnapshot } from './board.ts';
import { countQueueLeft, countQueueNews, type DayCount, emptyDay, today } from './day-count.ts';
import { type Healing, healingsAfter } from './healing.ts';
import { countAtSite, type SiteDay, type SiteFigures, siteFigures } from './sites.ts';
import { countStates } from './state-counts.ts';
import { viewAfter } from './view-after.ts';
import { waitsIn } from './waits-in.ts';

/** What a fact changed on the board. */
export interface BoardChange {
  readonly queues: readonly QueueId[];
  readonly agents: readonly AgentId[];
  readonly calls: readonly CallId[];
  readonly gone: readonly CallId[];
  readonly trunks?: readonly string[];
  readonly healed?: true;
  readonly admission?: true;
}

export interface BoardProjection {
  apply(fact: Fact): BoardChange;
  snapshot(now: Instant): Board;
  queue(id: QueueId, now: Instant): QueueSnapshot | undefined;
  agent(id: AgentId): AgentView | undefined;
  /** How an agent's day has gone up to now. */
  agentToday(id: AgentId, now: Instant): AgentToday | undefined;
  /** What the agents of each site do, and have done today. */
  sites(now: Instant): readonly SiteFigures[];
  call(id: CallId): CallView | undefined;
  /** How a switch stands; undefined for one that was never turned. */
  switch(id: string): SwitchState | undefined;
  /** Who is to be called back, in the order of their places. */
  callbacks(): readonly Ticket[];
  /** How a trunk stands; undefined for one of which nothing has been heard. */
  trunk(id: string): TrunkState | undefined;
  /** What was found to differ from Asterisk in the last hour, and put right; oldest first. */
  healings(): readonly Healing[];
  /** For as long as callers are turned away; null while none are. */
  admission(): AdmissionLimit | null;
}

/**
 * The wallboard, made from nothing but facts: folding the same facts gives the same board, live or long after.
 */
export const createBoardProjection = (): BoardProjection => {
  const outlines = new Map<QueueId, QueueOutline>();
  const agents = new Map<AgentId, AgentView>();
  const calls = new Map<CallId, CallView>();
  const days = new Map<QueueId, DayCount>();
  const siteDays = new Map<QueueId, SiteDay>();
  const agentDays = new Map<AgentId, AgentDay>();
  const switches = new Map<string, SwitchState>();
  const tickets = new Map<TicketId, Ticket>();
  const trunks = new Map<string, TrunkState>();
  let healings: readonly Healing[] = [];
  let admission: AdmissionLimit | null = null;
  let timeZone = 'UTC';
  let policyVersion = 0;

  const queuesOf = (agent: AgentId): readonly QueueId[] =>
    [...outlines.values()].filter(({ members }) => members.includes(agent)).map(({ id }) => id);

  const agentIs = (agent: AgentView, at: Instant): void => {
    agents.set(agent.id, agent);
    agentDays.set(agent.id, countAgentState(agentDays.get(agent.id), agent, at, timeZone));
  };

  const queueLeft = (fact: Extract<CallFact, { type: 'QueueLeft' }>): void => {
    const { queue, answeredBy, at } = fact;
    const outline = outlines.get(queue);
    if (outline === undefined) return;
    const { date } = localTime(timeZone, at);
    const site = (answeredBy === undefined ? undefined : agents.get(answeredBy)?.site) ?? null;
    days.set(queue, countQueueLeft(days.get(queue), fact, outline, date));
    siteDays.set(queue, countAtSite(siteDays.get(queue), fact, site, outline, date));
  };

  const applyToCall = (fact: CallFact): BoardChange => {
    const before = calls.get(fact.call);
    if (fact.type === 'CallEnded') {
      calls.delete(fact.call);
      return { queues: queueOf(before), agents: [], calls: [], gone: before === undefined ? [] : [fact.call] };
    }
    if (fact.type === 'QueueLeft') queueLeft(fact);
    if (fact.type === 'QueueRefused' || fact.type === 'CallbackRequested')
      days.set(fact.queue, countQueueNews(days.get(fact.queue), fact, localTime(timeZone, fact.at).date));
    const after = viewAfter(before, fact);
    if (after === undefined || after === before) return { ...nothing, queues: counted(fact) };
    calls.set(fact.call, after);
    return {
      queues: [...new Set([...queueOf(before), ...queueOf(after), ...counted(fact)])],
      agents: [],
      calls: [fact.call],
      gone: [],
    };
  };

  const apply = (fact: Fact): BoardChange => {
    const before = admission;
    admission = admissionAfter(before, fact);
    const change = 'call' in fact ? applyToCall(fact) : applyToHouse(fact);
    return admission === before ? change : { ...change, admission: true };
  };

  const applyToHouse = (fact: Exclude<Fact, CallFact>): BoardChange => {
    switch (fact.type) {
      case 'AgentChanged':
        agentIs(fact.agent, fact.at);
        return { ...nothing, agents: [fact.agent.id], queues: queuesOf(fact.agent.id) };
      case 'PolicyTaken': {
        timeZone = fact.timeZone;
        policyVersion = fact.version;
        outlines.clear();
        for (const outline of fact.queues) outlines.set(outline.id, outline);
        return { ...nothing, queues: [...outlines.keys()] };
      }
      case 'MemberMoved': {
        const outline = outlines.get(fact.queue);
        if (outline !== undefined) outlines.set(fact.queue, { ...outline, members: fact.members });
        return { ...nothing, queues: [fact.queue] };
      }
      case 'SwitchTurned':
        switches.set(fact.switch, { id: fact.switch, on: fact.on, at: fact.at, by: fact.by });
        return nothing;
      case 'TrunkChanged':
        trunks.set(fact.trunk.id, fact.trunk);
        return { ...nothing, trunks: [fact.trunk.id] };
      case 'DriftHealed':
        healings = healingsAfter(healings, fact);
        return { ...nothing, healed: true };
      case 'TicketChanged':
        tickets.set(fact.ticket.id, fact.ticket);
        return nothing;
      case 'TicketClosed':
        tickets.delete(fact.ticket);
        return nothing;
      case 'DeskChanged':
      case 'SupervisorAlerted':
      case 'WrapUpCodeGiven':
        return nothing;
      case 'ExchangeRecovered': {
        const live = new Set(fact.calls.map(({ id }) => id));
        for (const each of fact.switches ?? []) switches.set(each.id, each);
        tickets.clear();
        for (const ticket of fact.tickets ?? []) tickets.set(ticket.id, ticket);
        for (const each of fact.trunks ?? []) trunks.set(each.id, each);
        const gone = [...calls.keys()].filter((id) => !live.has(id));
        for (const id of gone) calls.delete(id);
        for (const call of fact.calls) calls.set(call.id, call);
        for (const agent of fact.agents) agentIs(agent, fact.at);
        return { queues: [...outlines.keys()], agents: fact.agents.map(({ id }) => id), calls: [...live], gone };
      }
    }
  };

  const queueSnapshot = (outline: QueueOutline, now: Instant): QueueSnapshot => {
    const waiting = [...calls.values()].filter((call) => waitsIn(call, outline.id));
    const longest = waiting.reduce<CallView | undefined>(
      (a, b) => (a === undefined || (b.queuedAt ?? b.since) < (a.queuedAt ?? a.since) ? b : a),
      undefined,
    );
    const states = outline.members.map((id) => agents.get(id)?.state ?? 'signed-out');
    const date = localTime(timeZone, now).date;
    const day = days.get(outline.id);
    return {
      id: outline.id,
      name: outline.name,
      target: { answerWithinMs: outline.answerWithinMs, goal: outline.goal },
      waiting: waiting.length,
      longest: longest === undefined ? null : { call: longest.id, since: longest.queuedAt ?? longest.since },
      members: countStates(states),
      today: today(day?.date === date ? day : emptyDay(date)),
    };
  };

  return {
    apply,
    snapshot: (now) => ({
      queues: [...outlines.values()].map((outline) => queueSnapshot(outline, now)),
      agents: [...agents.values()],
      calls: [...calls.values()],
      trunks: [...trunks.values()],
      healings,
      admission,
      policyVersion,
    }),
    queue: (id, now) => {
      const outline = outlines.get(id);
      return outline && queueSnapshot(outline, now);
    },
    agent: (id) => agents.get(id),
    agentToday: (id, now) => {
      const day = agentDays.get(id);
      return day && agentToday(day, now, timeZone);
    },
    sites: (now) => siteFigures([...outlines.values()], agents, calls, siteDays, localTime(timeZone, now).date),
    call: (id) => calls.get(id),
    switch: (id) => switches.get(id),
    callbacks: () => [...tickets.values()].sort((a, b) => a.virtualArrival - b.virtualArrival),
    trunk: (id) => trunks.get(id),
    healings: () => healings,
    admission: () => admission,
  };
};

/** The queue whose figures of the day a fact changes. */
const counted = (fact: CallFact): readonly QueueId[] =>
  fact.type === 'QueueLeft' || fact.type === 'QueueRefused' || fact.type === 'CallbackRequested' ? [fact.queue] : [];

const nothing: BoardChange = { queues: [], agents: [], calls: [], gone: [] };

const queueOf = (call: CallView | undefined): readonly QueueId[] => (call?.queue == null ? [] : [call.queue]);
