import type { AgentRequest } from '../exchange/event.ts';
import type { CallId, QueueId } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import type { Agent, AgentStateName, AgentView, CodeWanted, Placement, Presence } from './agent.ts';

/** Why a request about an agent's state is refused. */
export type AgentRefusal =
  | 'already-signed-in'
  | 'not-signed-in'
  | 'wrap-up-code-missing'
  | 'no-wrap-up-code-wanted'
  | 'no-such-wrap-up-code';

/** What the agent asked for, or why not. Asking for what already is changes nothing, except signing in twice. */
export const ask = (agent: Agent, request: AgentRequest, at: Instant): Agent | AgentRefusal => {
  const signedOut =
    agent.presence.is === 'signed-out' || (agent.presence.is === 'wrap-up' && agent.presence.next === 'signed-out');
  switch (request.to) {
    case 'sign-in':
      return signedOut ? signedIn(agent, at) : 'already-signed-in';
    case 'sign-out':
      return signedOut ? 'not-signed-in' : present(unmoved(agent), { is: 'signed-out' }, at);
    case 'pause':
      return signedOut ? 'not-signed-in' : present(agent, { is: 'paused', reason: request.reason }, at);
    case 'be-ready':
      if (signedOut) return 'not-signed-in';
      return owesCode(agent) ? 'wrap-up-code-missing' : present({ ...rested(agent), missed: 0 }, { is: 'ready' }, at);
    case 'wrapped-up':
      return wrappedUp(agent, request.code, at);
  }
};

/** Who left with a code owing comes back to it. */
const signedIn = (agent: Agent, at: Instant): Agent =>
  present(
    { ...rested(agent), missed: 0, taken: {} },
    owesCode(agent) ? { is: 'wrap-up', until: at, next: 'ready' } : { is: 'ready' },
    at,
  );

/** Saying what it was about ends after-call work. */
const wrappedUp = (agent: Agent, code: string, at: Instant): Agent | AgentRefusal => {
  const { codeWanted, ...said } = agent;
  if (codeWanted === undefined) return 'no-wrap-up-code-wanted';
  if (!codeWanted.codes.includes(code)) return 'no-such-wrap-up-code';
  return said.presence.is === 'wrap-up' ? { ...said, ...afterWrapUp(said.presence, at) } : said;
};

const owesCode = ({ codeWanted }: Agent): boolean => codeWanted?.required ?? false;

/** Promised to one call, before any phone rings. */
export const reserved = (agent: Agent, call: CallId, queue: QueueId | undefined, at: Instant): Agent => ({
  ...agent,
  engaged: { call, as: 'offered', ...(queue === undefined ? {} : { queue }) },
  since: at,
  ...(queue === undefined ? {} : { offeredAt: { ...agent.offeredAt, [queue]: at } }),
});

/** The agent has picked up. */
export const talking = (agent: Agent, call: CallId, queue: QueueId | undefined, at: Instant): Agent => ({
  ...agent,
  engaged: { call, as: 'talking', ...(queue === undefined ? {} : { queue }) },
  missed: 0,
  since: at,
  ...(queue === undefined ? {} : { taken: { ...agent.taken, [queue]: (agent.taken?.[queue] ?? 0) + 1 } }),
});

/** The agent's own phone has placed a call. */
export const dialling = (agent: Agent, call: CallId, at: Instant): Agent => ({
  ...agent,
  engaged: { call, as: 'dialling' },
  since: at,
});

/**
 * The call is over; after-call work follows if the queue asks for it and the agent is still there. A code that the queue
 * demands makes after-call work of its own: it lasts at least as long as the queue says, and until the code is given.
 */
export const released = (agent: Agent, wrapUpMs: number, at: Instant, codeWanted?: CodeWanted): Agent => {
  const free: Agent = { ...idle(agent, at), ...(codeWanted === undefined ? {} : { codeWanted }) };
  if (wrapUpMs <= 0 && !owesCode(free)) return withoutChoice(free);
  if (agent.presence.is === 'signed-out' || agent.presence.is === 'wrap-up') return free;
  const { presence } = agent;
  return {
    ...free,
    presence: {
      is: 'wrap-up',
      until: later(at, wrapUpMs),
      next: presence.is,
      ...(presence.is === 'paused' ? { reason: presence.reason } : {}),
    },
  };
};

/** The offer came to nothing, through no fault of the agent: the caller left. */
export const withdrawn = (agent: Agent, at: Instant): Agent => ({ ...withoutEngagement(agent), since: at });

/**
 * The phone rang out or was declined. After `pauseAfter` in a row the agent is paused: who is not there must not be rung
 * for ever; and for `restMs` they are offered nothing.
 */
export const missed = (agent: Agent, pauseAfter: number, restMs: number, at: Instant): Agent => {
  const count = agent.missed + 1;
  const free = { ...idle(agent, at), missed: count, ...(restMs > 0 ? { retryAt: later(at, restMs) } : {}) };
  return pauseAfter > 0 && count >= pauseAfter && agent.presence.is === 'ready'
    ? { ...free, presence: { is: 'paused', reason: 'no-answer' } }
    : free;
};

/** How long an agent whose phone could not be rung at all is left alone. */
const unreachableForMs = 10_000;

/** The phone could not be rung at all. Tried again after a while, or as soon as the phone registers. */
export const unreached = (agent: Agent, at: Instant): Agent => ({
  ...idle(agent, at),
  retryAt: later(at, unreachableForMs),
});

export const phoneReachable = (agent: Agent, reachable: boolean): Agent => {
  if (!reachable) return { ...agent, reachable };
  const { retryAt: _, ...rest } = agent;
  return { ...rest, reachable };
};

/** Wrap-up has run its time, or an unreachable phone may be tried again. */
export const deadlinePassed = (agent: Agent, at: Instant): Agent => {
  const { presence, retryAt } = agent;
  let next = agent;
  if (presence.is === 'wrap-up' && presence.until <= at && !owesCode(agent))
    next = withoutChoice({ ...agent, ...afterWrapUp(presence, at) });
  if (retryAt !== undefined && retryAt <= at) {
    const { retryAt: _, ...rest } = next;
    next = rest;
  }
  return next;
};

const afterWrapUp = (
  { next, reason = '' }: Extract<Presence, { is: 'wrap-up' }>,
  at: Instant,
): Pick<Agent, 'presence' | 'since' | 'idleSince'> => ({
  presence: next === 'paused' ? { is: 'paused', reason } : { is: next },
  since: at,
  idleSince: at,
});

/** A code that is not demanded can be given during after-call work alone. */
const withoutChoice = (agent: Agent): Agent => {
  if (agent.codeWanted === undefined || owesCode(agent)) return agent;
  const { codeWanted: _, ...rest } = agent;
  return rest;
};

/** Put into a queue or taken out of it by a supervisor; undefined: as the policy says. */
export const moved = (agent: Agent, queue: QueueId, placement: Placement | undefined): Agent => {
  const { [queue]: _, ...others } = agent.moved ?? {};
  return { ...agent, moved: placement === undefined ? others : { ...others, [queue]: placement } };
};

/** When something changes for this agent by the clock alone. */
export const agentDeadline = (agent: Agent): Instant | undefined => {
  const { presence, retryAt } = agent;
  const wrapUp = presence.is === 'wrap-up' && !owesCode(agent) ? presence.until : undefined;
  if (wrapUp === undefined) return retryAt;
  return retryAt === undefined || wrapUp < retryAt ? wrapUp : retryAt;
};

/** Whether a call may be offered: exactly when {@link objection} has nothing to say. Changes by events alone, never by the clock. */
export const isFree = ({ presence, engaged, reachable, retryAt, doNotDisturb, contact }: Agent): boolean =>
  presence.is === 'ready' &&
  engaged === undefined &&
  (reachable || contact !== undefined) &&
  doNotDisturb !== true &&
  retryAt === undefined;

/** Why this agent may not be offered a call now; undefined when nothing speaks against it. */
export const objection = (agent: Agent, at: Instant): string | undefined => {
  const { engaged, presence } = agent;
  if (presence.is === 'signed-out') return 'signed out';
  if (presence.is === 'paused') return `paused: ${presence.reason}`;
  if (engaged !== undefined) return engaged.as === 'offered' ? 'is being offered another call' : 'is on another call';
  if (presence.is === 'wrap-up' && owesCode(agent)) return 'has to say first what the last call was about';
  if (presence.is === 'wrap-up') return `in wrap-up for ${Math.ceil((presence.until - at) / 1000)} s more`;
  if (agent.doNotDisturb === true) return 'does not want to be disturbed';
  if (!agent.reachable && agent.contact === undefined) return 'phone is not registered';
  if (agent.retryAt !== undefined)
    return `did not take a call a moment ago, left alone for ${Math.max(0, Math.ceil((agent.retryAt - at) / 1000))} s more`;
  return undefined;
};

export const agentState = ({ engaged, presence }: Agent): AgentStateName => {
  if (engaged === undefined) return presence.is;
  return engaged.as === 'offered' ? 'offered' : 'talking';
};

export const agentView = (agent: Agent): AgentView => ({
  id: agent.id,
  name: agent.name,
  extension: agent.extension,
  ...(agent.site === undefined ? {} : { site: agent.site }),
  state: agentState(agent),
  reason: agent.presence.is === 'paused' ? agent.presence.reason : null,
  since: agent.since,
  until:
    agent.presence.is === 'wrap-up' && agent.engaged === undefined && !owesCode(agent) ? agent.presence.until : null,
  call: agent.engaged?.call ?? null,
  queue: agent.engaged?.queue ?? null,
  reachable: agent.reachable,
  ...(agent.codeWanted === undefined ? {} : { codeWanted: agent.codeWanted }),
});

/** While engaged, the shown state goes on: only its end shows the new presence. */
const present = (agent: Agent, presence: Presence, at: Instant): Agent => {
  const same = agent.presence.is === presence.is && agent.presence.is !== 'paused';
  return {
    ...withoutChoice(agent),
    presence,
    since: same || agent.engaged !== undefined ? agent.since : at,
    idleSince: same ? agent.idleSince : at,
  };
};

/** Who says that they are ready need not be left alone any longer. */
const rested = (agent: Agent): Agent => {
  const { retryAt: _, ...rest } = agent;
  return rest;
};

const unmoved = (agent: Agent): Agent => {
  const { moved: _, ...rest } = agent;
  return rest;
};

const idle = (agent: Agent, at: Instant): Agent => ({ ...withoutEngagement(agent), since: at, idleSince: at });

const withoutEngagement = (agent: Agent): Agent => {
  const { engaged: _, ...rest } = agent;
  return rest;
};
