import { nodeIn } from '../policy/lookup.ts';
import type { CallEvent } from './event.ts';
import { begin, follow } from './follow.ts';
import { end, isCallerGone, type Step, type Surroundings, strayLeg } from './moves.ts';
import { atBox } from './node/box.ts';
import { collecting } from './node/collect.ts';
import { endsPlayback, type Going } from './node/going.ts';
import { askingHttp } from './node/http.ts';
import { identifying } from './node/identify.ts';
import { inMenu } from './node/menu.ts';
import { offeringCallback } from './node/offer-callback.ts';
import { surveying } from './node/survey.ts';
import { hungUpOnMessage, takingMessage } from './node/voicemail.ts';
import type { In } from './state.ts';

/** The caller is spoken to, chooses, keys in, or waits for an answer from elsewhere. */
export const inFlow = (call: In<'in-flow'>, event: CallEvent, around: Surroundings): Step => {
  const node = nodeIn(around.policy, call.flow, call.node);
  if (isCallerGone(call, event)) {
    const gone = end(call, event.at, 'abandoned', 'caller');
    return node.kind === 'voicemail' ? hungUpOnMessage(call, node, event.at, gone) : gone;
  }
  const going: Going = {
    flow: call.flow,
    node: call.node,
    at: event.at,
    around,
    on: (to, because, changed) => follow(changed, { flow: call.flow, node: to, because }, event.at, around),
    begin: (flow, because, changed) => begin(changed, flow, because, event.at, around),
  };
  const { doing } = call;
  if (doing.is === 'saying')
    return endsPlayback(event, doing.playback) ? going.on(doing.next, 'said', call) : strayLeg(call, event);
  switch (node.kind) {
    case 'menu':
      return inMenu(call, node, event, going);
    case 'collect':
      return collecting(call, node, event, going);
    case 'survey':
      return surveying(call, node, event, going);
    case 'callback':
      return offeringCallback(call, node, event, going);
    case 'identify':
      return identifying(call, node, event, going);
    case 'http':
      return askingHttp(call, node, event, going);
    case 'voicemail':
      return takingMessage(call, node, event, going);
    case 'box':
      return atBox(call, node, event, going);
    default:
      return going.on(call.node, 'the node is not what it was', call);
  }
};
