import type { FlowId, NodeId } from '../ids.ts';
import type { FlowNode, NodeOf } from '../policy/flow.ts';
import { openAt } from '../policy/hours.ts';
import { flowIn, nodeIn } from '../policy/lookup.ts';
import type { Instant } from '../time.ts';
import { filled, holds, inWords } from './known.ts';
import { after, hangUpCaller, type Step, type Surroundings, withAttributes } from './moves.ts';
import { askPin } from './node/box.ts';
import { beginCollecting } from './node/collect.ts';
import { type Going, speak } from './node/going.ts';
import { askHttp } from './node/http.ts';
import { identify } from './node/identify.ts';
import { offerMenu } from './node/menu.ts';
import { offerCallback } from './node/offer-callback.ts';
import { joinQueue } from './node/queue.ts';
import { ring, ringExtension, ringRoster, transfer } from './node/ring.ts';
import { askSurvey } from './node/survey.ts';
import { greet } from './node/voicemail.ts';
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
  const going: Going = {
    flow: way.flow,
    node: way.node,
    at,
    around,
    on: (to, because, changed) => follow(changed, { flow: way.flow, node: to, because }, at, around, guard - 1),
    begin: (flow, because, changed) => begin(changed, flow, because, at, around, guard - 1),
  };
  return after(
    [],
    [{ type: 'FlowStepped', flow: way.flow, node: way.node, kind: node.kind, because: way.because }],
    enter(call, node, going),
  );
};

/** Begins a flow at its first node. */
export const begin = (
  call: CallState,
  flow: FlowId,
  because: string,
  at: Instant,
  around: Surroundings,
  guard?: number,
): Step =>
  follow(call, { flow, node: flowIn(around.policy, flow)?.start ?? ('' as NodeId), because }, at, around, guard);

const enter = (call: CallState, node: FlowNode, going: Going): Step => {
  const { at, around } = going;
  switch (node.kind) {
    case 'set':
      return setAttributes(call, node, going);
    case 'branch':
      return branch(call, node, going);
    case 'language':
      return after(
        [],
        [{ type: 'LanguageChosen', language: node.language }],
        going.on(node.next, `language ${node.language}`, { ...call, language: node.language }),
      );
    case 'hours': {
      const calendar = around.policy.calendars[node.calendar];
      const { open, because } =
        calendar === undefined
          ? { open: false, because: 'closed: no such calendar' }
          : openAt(calendar, at, around.isOn);
      return going.on(open ? node.open : node.closed, because, call);
    }
    case 'say':
      return say(call, soundsFor(node, call), node.next, going);
    case 'menu':
      return offerMenu(call, node.sounds, 0, going);
    case 'collect':
      return beginCollecting(call, node, [], 0, going);
    case 'survey':
      return askSurvey(call, node, [], 0, going);
    case 'callback':
      return offerCallback(call, node, going);
    case 'identify':
      return identify(call, node, going);
    case 'http':
      return askHttp(call, node, going);
    case 'voicemail':
      return greet(call, node, going);
    case 'box':
      return askPin(call, [], 0, going);
    case 'queue':
      return joinQueue(call, node, going);
    case 'ring':
      return ringExtension(call, node, going);
    case 'ring-group': {
      const targets = node.extensions.map((extension) => ({ extension }));
      return ring(call, { targets, forMs: node.forMs, others: [], noAnswer: node.noAnswer }, going);
    }
    case 'on-call':
      return ringRoster(call, around.policy.rosters[node.roster], node.noAnswer, going);
    case 'transfer':
      return transfer(call, node, going);
    case 'hangup':
      return hangUpCaller(call, at, 'completed-in-flow', node.cause ?? 'normal');
  }
};

const setAttributes = (call: CallState, node: NodeOf<'set'>, going: Going): Step => {
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [name, filled(value, call, going.at, going.around)]),
  );
  return after(
    [],
    [{ type: 'AttributesSet', node: going.node, attributes }],
    going.on(node.next, 'set', withAttributes(call, attributes)),
  );
};

const branch = (call: CallState, node: NodeOf<'branch'>, { at, around, on }: Going): Step => {
  const taken = node.cases.find(({ when }) => holds(when, call, at, around));
  if (taken === undefined) return on(node.otherwise, 'no case holds', call);
  return on(taken.to, taken.name === undefined ? inWords(taken.when) : `${taken.name}: ${inWords(taken.when)}`, call);
};

/** Speaks, then goes on. */
export const say = (call: CallState, names: readonly string[], next: NodeId, going: Going): Step =>
  speak(call, sounds(names), (playback) => ({ is: 'saying', playback, next }), going);
