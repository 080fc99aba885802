import { bridgeOf, legOf, playbackOf } from '../ids.ts';
import { closesAt } from '../policy/closing.ts';
import { openAt } from '../policy/hours.ts';
import { decisionAbout } from '../routing/candidates.ts';
import { type Instant, later } from '../time.ts';
import { announce } from './announce.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { hearingFor, nextMessage } from './hearing.ts';
import { exitOf, keyLeadsTo, leaveLine, queueNodeOf } from './leave-line.ts';
import { after, end, isCallerGone, placeOf, type Step, type Surroundings, stay, strayLeg, waitedMs } from './moves.ts';
import { nextClosing, nextRelaxation, segmentPriority } from './node/queue.ts';
import { contextOf } from './node/ring.ts';
import { relaxed } from './relax.ts';
import type { In, OfferedLeg } from './state.ts';

/** The caller waits, with music, and hears from time to time how far they have come. */
export const queued = (call: In<'queued'>, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event))
    return after(
      [],
      [{ type: 'QueueLeft', queue: call.queue, outcome: 'abandoned', waitedMs: waitedMs(call, event.at) }],
      end(call, event.at, 'abandoned', 'caller'),
    );
  switch (event.type) {
    case 'AgentsReserved':
      return offer(call, event, around);
    case 'PlaybackEnded':
    case 'CommandFailed':
      return call.announcing !== undefined && event.playback === call.announcing ? musicAgain(call) : stay(call);
    case 'DigitPressed':
      return event.leg === call.caller ? pressed(call, event.digit, event.at, around) : stay(call);
    case 'PriorityChanged':
      return placed(call, event.priority, `by ${event.by}`, around);
    case 'QueueChanged':
      return moved(call, event, around);
    case 'PolicyMoved':
      return underNewRules(call, event, around);
    case 'LineClosed': {
      const to = exitOf(call, event.exit, around);
      return to === undefined
        ? stay(call)
        : leaveLine(call, to, event.exit, closedBecause[event.exit], event.at, around);
    }
    case 'DeadlinePassed':
      return deadlinePassed(call, event.at, around);
    default:
      return strayLeg(call, event);
  }
};

const closedBecause = {
  nobody: 'nobody of the queue is signed in any more',
  paused: 'everybody of the queue has paused',
  closing: 'the queue has closed',
} as const;

const offer = (call: In<'queued'>, event: CallEvent & { type: 'AgentsReserved' }, around: Surroundings): Step => {
  const { agents, decision, at } = event;
  const { name: queueName = call.queue, ringtone } = around.queue(call.queue) ?? {};
  const callerName = call.aniName === '' ? queueName : `${queueName}: ${call.aniName}`;
  const together = agents.length;
  const bridge = bridgeOf(call.id, call.made + together + 1);
  const legs = agents.map(
    ({ agent, extension, contact }, index): OfferedLeg => ({
      agent,
      extension,
      leg: legOf(call.id, call.made + index + 1),
      ringing: false,
      ...(contact === undefined ? {} : { contact }),
    }),
  );
  const attempt = call.offers + 1;
  return [
    {
      ...call,
      phase: 'offered',
      offers: attempt,
      tried: { ...call.tried, ...Object.fromEntries(agents.map(({ agent }) => [agent, (call.tried[agent] ?? 0) + 1])) },
      made: call.made + together + 1,
      phaseSince: at,
      offer: { legs, together, bridge, until: later(at, event.ringForMs) },
    },
    legs.map(({ leg, extension, contact }): Command => {
      const party = { leg, callerNumber: call.ani, callerName, originator: call.caller, bridge };
      return contact === undefined
        ? { type: 'RingPhone', extension, ...party, ...(ringtone === undefined ? {} : { ringtone }) }
        : { type: 'RingOutside', ...contact, headers: contextOf(call, []), ...party };
    }),
    legs.map(({ agent, extension }, index) => ({
      type: 'AgentOffered',
      queue: call.queue,
      agent,
      extension,
      attempt,
      waitedMs: waitedMs(call, at),
      // The whole decision is told once; with each further phone, only what it says of that one.
      decision: index === 0 ? decision : decisionAbout(decision, agent),
      customer: call.customer ?? null,
      ...(together > 1 ? { together } : {}),
    })),
  ];
};

/** One thing at a time: what else is due knocks again at once. */
const deadlinePassed = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  if (isDue(call.leaveAt, at)) return timedOut(call, at, around);
  if (isDue(call.closesAt, at)) return closed(call, at, around);
  if (isDue(call.everybodyAt, at)) return everybody(call);
  if (isDue(call.relaxAt, at)) return relax(call, around);
  if (isDue(call.announceAt, at)) return announce(call, at, around);
  if (isDue(call.treatment.messageAt, at)) return sayMessage(call, at);
  return stay(call);
};

const isDue = (when: Instant | undefined, at: Instant): boolean => when !== undefined && when <= at;

/** Waited long enough: the way that the flow provides for it. */
const timedOut = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  const to = exitOf(call, 'timeout', around);
  if (to !== undefined)
    return leaveLine(call, to, 'timeout', `waited ${Math.round(waitedMs(call, at) / 1000)} s`, at, around);
  const { leaveAt: _, ...staying } = call;
  return stay(staying);
};

const closed = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  const { closesAt: _, ...staying } = call;
  const to = exitOf(call, 'closing', around);
  const calendar = around.policy.calendars[around.queue(call.queue)?.limits.calendar ?? ''];
  if (to === undefined || calendar === undefined) return stay(staying);
  const { open, because } = openAt(calendar, at, around.isOn);
  if (!open) return leaveLine(call, to, 'closing', because, at, around);
  const next = closesAt(calendar, at);
  return stay(next === undefined ? staying : { ...staying, closesAt: next });
};

/** The customer's own agent had their time. */
const everybody = (call: In<'queued'>): Step => {
  const { only, everybodyAt: _, ...rest } = call;
  return [rest, [], only === undefined ? [] : [{ type: 'OwnerPassed', queue: call.queue, agent: only }]];
};

const relax = (call: In<'queued'>, around: Surroundings): Step => {
  const { relaxAt: _, ...rest } = call;
  const queue = around.queue(call.queue);
  const step = queue?.relax[call.relaxed];
  if (queue === undefined || step === undefined) return stay(rest);
  const taken = call.relaxed + 1;
  const requires = relaxed(call.requires, step.requires);
  return [
    { ...rest, requires, relaxed: taken, ...nextRelaxation(queue, taken, call.queuedAt) },
    [],
    [{ type: 'RequirementsRelaxed', queue: call.queue, requires, step: taken }],
  ];
};

const pressed = (call: In<'queued'>, digit: string, at: Instant, around: Surroundings): Step => {
  const to = keyLeadsTo(call, digit, around);
  return to === undefined
    ? stay(call)
    : after(
        [],
        [{ type: 'DigitPressed', node: call.node, accepted: true }],
        leaveLine(call, to, 'key', `pressed ${digit} while waiting`, at, around),
      );
};

/** Another priority, and with it another place in the same line. */
export const placed = (call: In<'queued'>, priority: number, because: string, around: Surroundings): Step => {
  const boostMs = around.queue(call.queue)?.boostMs ?? 0;
  const virtualArrival = later(call.queuedAt, -priority * boostMs);
  if (priority === call.priority && virtualArrival === call.virtualArrival) return stay(call);
  const next = { ...call, priority, virtualArrival };
  const position = around.position(call.queue, placeOf(next));
  return [next, [], [{ type: 'PlaceChanged', queue: call.queue, priority, virtualArrival, position, because }]];
};

/** Into another line, with the wait already served; what the flow says of the first one holds on. */
const moved = (call: In<'queued'>, event: CallEvent & { type: 'QueueChanged' }, around: Surroundings): Step => {
  const { at, queue: id, by } = event;
  const queue = around.queue(id);
  if (queue === undefined || id === call.queue) return stay(call);
  const { relaxAt: _, only: __, everybodyAt: ___, closesAt: ____, expectedMs: _____, ...rest } = call;
  const treatment = hearingFor(queue, call, at);
  const next: In<'queued'> = {
    ...rest,
    phaseSince: at,
    queue: id,
    virtualArrival: later(call.queuedAt, -call.priority * queue.boostMs),
    requires: queue.requires,
    relaxed: 0,
    ...nextRelaxation(queue, 0, call.queuedAt),
    tried: {},
    treatment,
  };
  return [
    next,
    call.announcing === undefined && treatment.music !== call.treatment.music
      ? [{ type: 'StartMusic', channel: call.caller, music: treatment.music }]
      : [],
    [
      { type: 'QueueLeft', queue: call.queue, outcome: 'overflowed', waitedMs: waitedMs(call, at), exit: 'moved' },
      {
        type: 'CallQueued',
        queue: id,
        priority: next.priority,
        virtualArrival: next.virtualArrival,
        position: around.position(id, placeOf(next)),
        queuedAt: call.queuedAt,
        requires: next.requires,
        because: `moved by ${by}`,
      },
    ],
  ];
};

/**
 * The same place by new rules: what is asked of an agent, the priority of the segment, when to be let go. A queue that is no
 * more keeps its callers under the rules that they came in with.
 */
const underNewRules = (
  call: In<'queued'>,
  { at, version }: CallEvent & { type: 'PolicyMoved' },
  around: Surroundings,
): Step => {
  const queue = around.queue(call.queue);
  if (queue === undefined || version === call.policyVersion) return stay(call);
  const node = queueNodeOf(call, around);
  const { relaxAt: _, leaveAt: __, closesAt: ___, ...rest } = call;
  const taken = queue.relax.filter(({ afterMs }) => afterMs <= waitedMs(call, at)).length;
  const asked = { ...queue.requires, ...node?.requires };
  const priority =
    node === undefined ? call.priority : Math.max(call.priority, node.priority + segmentPriority(queue, call));
  const { music, messages } = hearingFor(queue, call, at);
  const next: In<'queued'> = {
    ...rest,
    policyVersion: version,
    priority,
    virtualArrival: later(call.queuedAt, -priority * queue.boostMs),
    requires: queue.relax.slice(0, taken).reduce((requires, step) => relaxed(requires, step.requires), asked),
    relaxed: taken,
    ...nextRelaxation(queue, taken, call.queuedAt),
    treatment: { ...call.treatment, music, messages },
    ...(queue.limits.waitMs > 0 && node?.timeout !== undefined
      ? { leaveAt: later(call.queuedAt, queue.limits.waitMs) }
      : {}),
    ...(node === undefined ? {} : nextClosing(queue, node, { at, around })),
  };
  return [next, [], [{ type: 'PolicyMoved', policyVersion: version }]];
};

/** What is said from time to time, in turn. */
const sayMessage = (call: In<'queued'>, at: Instant): Step => {
  const { treatment } = call;
  const { messages, said } = treatment;
  const { messageAt: _, ...rest } = treatment;
  const sound = messages.sounds[said % Math.max(1, messages.sounds.length)];
  const next = { ...call, treatment: { ...rest, ...nextMessage(messages, at) } };
  if (sound === undefined || call.announcing !== undefined) return stay(next);
  const playback = playbackOf(call.id, call.made + 1);
  return [
    { ...next, made: call.made + 1, announcing: playback, treatment: { ...next.treatment, said: said + 1 } },
    [{ type: 'Play', channel: call.caller, playback, prompts: [{ sound }], language: call.language }],
    [{ type: 'MessageSaid', queue: call.queue, sound }],
  ];
};

/** A prompt ends the music on its channel (file.c, ast_openstream); after it the music has to be started again. */
const musicAgain = (call: In<'queued'>): Step => {
  const { announcing: _, ...rest } = call;
  return [rest, [{ type: 'StartMusic', channel: call.caller, music: call.treatment.music }], []];
};
