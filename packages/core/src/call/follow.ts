import { type FlowId, type NodeId, playbackOf } from '../ids.ts';
import type { FlowNode, MenuNode } from '../policy/flow.ts';
import { openAt } from '../policy/hours.ts';
import { flowIn, nodeIn } from '../policy/lookup.ts';
import { type Instant, later } from '../time.ts';
import type { Command } from './command.ts';
import { filled, holds, inWords } from './known.ts';
import {
  after,
  common,
  hangUpCaller,
  nextAnnouncement,
  ringing,
  type Step,
  type Surroundings,
  withAttributes,
} from './moves.ts';
import { sounds, soundsFor } from './prompt.ts';
import type { CallState } from './state.ts';

/** Where in a flow, and why there. */
export interface Way {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly because: string;
}

/**
 * Goes to a node and does what it says, and on through those that take no time, until something has to be waited for.
 * `checkPolicy` has made sure that no circle of timeless nodes exists; the guard is for a policy that came another way.
 */
export const follow = (call: CallState, way: Way, at: Instant, around: Surroundings, guard = 100): Step => {
  const node = nodeIn(around.policy, way.flow, way.node);
  if (guard === 0) return hangUpCaller(call, at, 'rejected', 'congestion');
  const then = enter(call, way, node, at, around, guard);
  return after(
    [],
    [{ type: 'FlowStepped', flow: way.flow, node: way.node, kind: node.kind, because: way.because }],
    then,
  );
};

/** Begins a flow at its first node. */
export const begin = (call: CallState, flow: FlowId, because: string, at: Instant, around: Surroundings): Step =>
  follow(call, { flow, node: flowIn(around.policy, flow)?.start ?? ('' as NodeId), because }, at, around);

const enter = (call: CallState, way: Way, node: FlowNode, at: Instant, around: Surroundings, guard: number): Step => {
  const on = (to: NodeId, because: string, changed: CallState = call): Step =>
    follow(changed, { flow: way.flow, node: to, because }, at, around, guard - 1);
  switch (node.kind) {
    case 'language':
      return after(
        [],
        [{ type: 'LanguageChosen', language: node.language }],
        on(node.next, `language ${node.language}`, { ...call, language: node.language }),
      );
    case 'hours': {
      const calendar = around.policy.calendars[node.calendar];
      const { open, because } =
        calendar === undefined
          ? { open: false, because: 'closed: no such calendar' }
          : openAt(calendar, at, around.isOn);
      return on(open ? node.open : node.closed, because);
    }
    case 'set': {
      const attributes = Object.fromEntries(
        Object.entries(node.attributes).map(([name, value]) => [name, filled(value, call, at, around)]),
      );
      return after(
        [],
        [{ type: 'AttributesSet', node: way.node, attributes }],
        on(node.next, 'set', withAttributes(call, attributes)),
      );
    }
    case 'branch': {
      const taken = node.cases.find(({ when }) => holds(when, call, at, around));
      return taken === undefined
        ? on(node.otherwise, 'no case holds')
        : on(taken.to, taken.name === undefined ? inWords(taken.when) : `${taken.name}: ${inWords(taken.when)}`);
    }
    case 'say':
      return say(call, way, soundsFor(node, call), node.next, at);
    case 'menu':
      return offerMenu(call, way, node, node.sounds, 0, at);
    case 'queue':
      return joinQueue(call, way, node, at, around);
    case 'ring':
      return ringExtension(call, way, node, at, around, on);
    case 'hangup':
      return hangUpCaller(call, at, 'completed-in-flow', node.cause ?? 'normal');
  }
};

/** Speaks, then goes on. */
export const say = (
  call: CallState,
  way: Pick<Way, 'flow' | 'node'>,
  names: readonly string[],
  next: NodeId,
  at: Instant,
): Step => {
  const playback = playbackOf(call.id, call.made + 1);
  return [
    {
      ...common(call),
      phase: 'in-flow',
      flow: way.flow,
      node: way.node,
      doing: { is: 'saying', playback, next },
      answered: true,
      made: call.made + 1,
      phaseSince: sinceInFlow(call, at),
    },
    [
      ...answering(call),
      { type: 'Play', channel: call.caller, playback, prompts: sounds(names), language: call.language },
    ],
    [],
  ];
};

/** Plays the menu; `tries` have gone before. */
export const offerMenu = (
  call: CallState,
  way: Pick<Way, 'flow' | 'node'>,
  _node: MenuNode,
  names: readonly string[],
  tries: number,
  at: Instant,
): Step => {
  const playback = playbackOf(call.id, call.made + 1);
  return [
    {
      ...common(call),
      phase: 'in-flow',
      flow: way.flow,
      node: way.node,
      doing: { is: 'in-menu', playback, tries },
      answered: true,
      made: call.made + 1,
      phaseSince: sinceInFlow(call, at),
    },
    [
      ...answering(call),
      { type: 'Play', channel: call.caller, playback, prompts: sounds(names), language: call.language },
    ],
    [],
  ];
};

const joinQueue = (
  call: CallState,
  way: Way,
  node: Extract<FlowNode, { kind: 'queue' }>,
  at: Instant,
  around: Surroundings,
): Step => {
  const queue = around.queue(node.queue);
  if (queue === undefined) return hangUpCaller(call, at, 'rejected', 'congestion');
  const virtualArrival = later(at, -node.priority * queue.boostMs);
  return [
    {
      ...common(call),
      phase: 'queued',
      flow: way.flow,
      node: way.node,
      queue: node.queue,
      queuedAt: at,
      phaseSince: at,
      priority: node.priority,
      virtualArrival,
      offers: 0,
      answered: true,
      music: true,
      ...nextAnnouncement(queue, at),
      ...(queue.maxWaitMs > 0 ? { leaveAt: later(at, queue.maxWaitMs) } : {}),
    },
    [...answering(call), { type: 'StartMusic', channel: call.caller, music: queue.music }],
    [
      {
        type: 'CallQueued',
        queue: node.queue,
        priority: node.priority,
        virtualArrival,
        position: around.position(node.queue, { call: call.id, virtualArrival }),
      },
    ],
  ];
};

const ringExtension = (
  call: CallState,
  way: Way,
  node: Extract<FlowNode, { kind: 'ring' }>,
  at: Instant,
  around: Surroundings,
  on: (to: NodeId, because: string) => Step,
): Step => {
  const there = around.agentAt(node.extension);
  if (there?.busy) return on(node.noAnswer, `extension ${node.extension} is on another call`);
  const { leg, bridge, made, command } = ringing(call, node.extension, call.aniName);
  return [
    {
      ...common(call),
      phase: 'ringing',
      flow: way.flow,
      node: way.node,
      extension: node.extension,
      leg,
      bridge,
      until: later(at, node.forMs),
      noAnswer: node.noAnswer,
      made,
      phaseSince: at,
      ...(there === undefined ? {} : { agent: there.agent }),
    },
    call.answered ? [command] : [{ type: 'IndicateRinging', channel: call.caller }, command],
    [
      {
        type: 'ExtensionRung',
        extension: node.extension,
        agent: there?.agent ?? null,
        customer: call.customer ?? null,
      },
    ],
  ];
};

/** Asterisk answers once; a call already answered is not asked again. */
export const answering = (call: CallState): readonly Command[] =>
  call.answered ? [] : [{ type: 'Answer', channel: call.caller }];

/** The time in the flow counts from its first node, whatever is said meanwhile. */
const sinceInFlow = (call: CallState, at: Instant): Instant => (call.phase === 'in-flow' ? call.phaseSince : at);
