import type { CallHappening } from '../../fact/fact.ts';
import { type AgentId, type NodeId, playbackOf } from '../../ids.ts';
import { closesAt } from '../../policy/closing.ts';
import type { NodeOf, QueueExit } from '../../policy/flow.ts';
import { openAt } from '../../policy/hours.ts';
import type { Queue } from '../../policy/queue.ts';
import { later } from '../../time.ts';
import type { Command } from '../command.ts';
import { hearingFor, welcomeFor } from '../hearing.ts';
import { after, common, hangUpCaller, type KeptPlace, nextAnnouncement, type Step } from '../moves.ts';
import { sounds } from '../prompt.ts';
import type { CallState, LastPlace, Waiting } from '../state.ts';
import { answering, type Going } from './going.ts';

/**
 * A line to stand in; unless the queue lets nobody in now, and the node says where to go instead. Who has a place there
 * already, by a promise to be called back or from a call that was lost, takes it.
 */
export const joinQueue = (call: CallState, node: NodeOf<'queue'>, going: Going): Step => {
  const queue = going.around.queue(node.queue);
  if (queue === undefined) return hangUpCaller(call, going.at, 'rejected', 'congestion');
  const kept = going.around.keptPlace(node.queue, call.ani, going.at) ?? placeAgain(call, node, going);
  const place = placeFor(call, node, queue, kept, going);
  const turnedAway = kept === undefined ? whyTurnedAway(call, node, queue, going) : undefined;
  if (turnedAway === undefined) return standInLine(call, node, queue, place, kept, going);
  const { exit, to, because } = turnedAway;
  // Where they would have stood is the place that a callback keeps, and the line that another house is told of.
  const elsewhere = common(call).lastPlace === undefined ? { ...call, lastPlace: place } : call;
  return after([], [{ type: 'QueueRefused', queue: node.queue, exit, because }], going.on(to, because, elsewhere));
};

const placeFor = (
  call: CallState,
  node: NodeOf<'queue'>,
  queue: Queue,
  kept: KeptPlace | undefined,
  { at }: Going,
): LastPlace => {
  const priority = kept?.priority ?? node.priority + segmentPriority(queue, call);
  return {
    queue: node.queue,
    queuedAt: kept?.queuedAt ?? at,
    virtualArrival: kept?.virtualArrival ?? later(at, -priority * queue.boostMs),
    priority,
    requires: { ...queue.requires, ...node.requires },
  };
};

/** Whom nobody has taken after a transfer stands where they stood before; the wait is a new one. */
const placeAgain = ({ lastPlace, transfer }: CallState, node: NodeOf<'queue'>, { at }: Going): KeptPlace | undefined =>
  transfer === undefined || lastPlace?.queue !== node.queue
    ? undefined
    : { queuedAt: at, virtualArrival: lastPlace.virtualArrival, priority: lastPlace.priority };

interface TurnedAway {
  readonly exit: QueueExit;
  readonly to: NodeId;
  readonly because: string;
}

const whyTurnedAway = (
  call: CallState,
  node: NodeOf<'queue'>,
  { limits, name }: Queue,
  { around, at }: Going,
): TurnedAway | undefined => {
  const to = (exit: QueueExit, because: string): TurnedAway | undefined => {
    const edge = node[exit];
    return edge === undefined ? undefined : { exit, to: edge, because };
  };
  const calendar = limits.calendar === undefined ? undefined : around.policy.calendars[limits.calendar];
  if (calendar !== undefined) {
    const { open, because } = openAt(calendar, at, around.isOn);
    const way = open ? undefined : to('closing', `${name} is ${because}`);
    if (way !== undefined) return way;
  }
  const { signedIn, available } = around.staff(node.queue);
  if (signedIn === 0) {
    const way = to('nobody', `nobody of ${name} is signed in`);
    if (way !== undefined) return way;
  } else if (available === 0) {
    const way = to('paused', `everybody of ${name} has paused`);
    if (way !== undefined) return way;
  }
  const length = around.figure(node.queue, 'length') ?? 0;
  if (limits.length > 0 && length >= limits.length) {
    const way = to('full', `${length} wait for ${name}, and no more may`);
    if (way !== undefined) return way;
  }
  if (limits.expectedWaitMs > 0) {
    const position = around.position(node.queue, { who: call.id, virtualArrival: at });
    const expected = around.expectedWait(node.queue, position)?.meanMs ?? 0;
    if (expected > limits.expectedWaitMs)
      return to('tooLong', `the wait for ${name} would be ${Math.round(expected / 1000)} s`);
  }
  return undefined;
};

const standInLine = (
  call: CallState,
  node: NodeOf<'queue'>,
  queue: Queue,
  { priority, queuedAt, virtualArrival, requires }: LastPlace,
  kept: KeptPlace | undefined,
  going: Going,
): Step => {
  const { at, around, flow, node: id } = going;
  const position = around.position(node.queue, { who: call.id, virtualArrival });
  const expected = around.expectedWait(node.queue, position);
  const only = ownerFirst(call, node, going);
  const treatment = hearingFor(queue, call, at);
  const welcome = welcomeFor(queue, call, at);
  const playback = playbackOf(call.id, call.made + 1);
  const waiting: Waiting = {
    flow,
    node: id,
    queue: node.queue,
    queuedAt,
    priority,
    virtualArrival,
    offers: 0,
    requires,
    relaxed: 0,
    ...nextRelaxation(queue, 0, queuedAt),
    ...(only === undefined ? {} : { only, everybodyAt: later(at, node.ownerFirstMs ?? 0) }),
    tried: {},
    treatment,
    ...(expected === undefined ? {} : { expectedMs: expected.meanMs }),
    ...(welcome.length === 0 ? {} : { announcing: playback }),
    ...nextAnnouncement(queue, at),
    ...(queue.limits.waitMs > 0 && node.timeout !== undefined ? { leaveAt: later(at, queue.limits.waitMs) } : {}),
    ...nextClosing(queue, node, going),
  };
  const said: readonly Command[] =
    welcome.length === 0
      ? [{ type: 'StartMusic', channel: call.caller, music: treatment.music }]
      : [{ type: 'Play', channel: call.caller, playback, prompts: sounds(welcome), language: call.language }];
  const told: readonly CallHappening[] = [
    {
      type: 'CallQueued',
      queue: node.queue,
      priority,
      virtualArrival,
      position,
      ...(kept === undefined ? {} : { queuedAt }),
      ...(kept?.because === undefined ? {} : { because: kept.because }),
      requires,
      ...(only === undefined ? {} : { only }),
      ...(expected === undefined ? {} : { expected: { p50Ms: expected.p50Ms, p90Ms: expected.p90Ms } }),
    },
    ...(kept?.ticket === undefined ? [] : [{ type: 'CallbackReclaimed', ticket: kept.ticket } as const]),
  ];
  return [
    {
      ...common(call),
      phase: 'queued',
      phaseSince: at,
      answered: true,
      music: true,
      made: welcome.length === 0 ? call.made : call.made + 1,
      ...waiting,
    },
    [...answering(call), ...said],
    told,
  ];
};

/** Points that the customer's segment adds. */
export const segmentPriority = ({ priorityBySegment }: Queue, { customer }: CallState): number => {
  const segment = customer?.segment;
  return segment !== undefined && Object.hasOwn(priorityBySegment, segment) ? (priorityBySegment[segment] ?? 0) : 0;
};

/** The customer's own agent, when the node asks for it and there is a point in waiting for them. */
const ownerFirst = ({ customer }: CallState, node: NodeOf<'queue'>, { around }: Going): AgentId | undefined => {
  const owner = customer?.owner;
  return owner !== undefined && (node.ownerFirstMs ?? 0) > 0 && around.isHere(owner) ? owner : undefined;
};

/** When less will be asked of an agent; counted from when the wait began. */
export const nextRelaxation = (
  { relax }: Queue,
  taken: number,
  queuedAt: Waiting['queuedAt'],
): Pick<Waiting, 'relaxAt'> => {
  const step = relax[taken];
  return step === undefined ? {} : { relaxAt: later(queuedAt, step.afterMs) };
};

/** When the queue's calendar closes, where the node says what then. */
export const nextClosing = (
  queue: Queue,
  node: NodeOf<'queue'>,
  { at, around }: Pick<Going, 'at' | 'around'>,
): Pick<Waiting, 'closesAt'> => {
  const { calendar: name } = queue.limits;
  const calendar = name === undefined || node.closing === undefined ? undefined : around.policy.calendars[name];
  const closing = calendar && closesAt(calendar, at);
  return closing === undefined ? {} : { closesAt: closing };
};
