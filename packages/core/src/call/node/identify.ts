import type { IdentifyNode } from '../../policy/flow.ts';
import { later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { type Step, stay, strayLeg } from '../moves.ts';
import type { CallState, In } from '../state.ts';
import { doing, type Going, ranOut, ringback } from './going.ts';

/** Who calls: known already, or waited for. */
export const identify = (call: CallState, node: IdentifyNode, going: Going): Step => {
  if (call.customer !== undefined) return identified(call, node, going);
  if (call.ani === '') return going.on(node.unknown, 'no number is shown', call);
  return [
    doing(call, { is: 'identifying', until: later(going.at, node.waitMs) }, going),
    // Asked when a call came in by a trunk already; of a phone's it is asked here.
    [...ringback(call), ...(call.from === 'trunk' ? [] : [{ type: 'IdentifyCaller', ani: call.ani } as const])],
    [],
  ];
};

/** The answer itself is written down before, whatever the call is doing. */
export const identifying = (call: In<'in-flow'>, node: IdentifyNode, event: CallEvent, going: Going): Step => {
  const { doing: progress } = call;
  if (progress.is !== 'identifying') return stay(call);
  if (event.type === 'CallerIdentified') return identified(call, node, going);
  if (event.type === 'LookUpFailed') return going.on(node.slow, 'the customer directory has failed', call);
  return ranOut(event, progress)
    ? going.on(node.slow, `the customer directory has not answered within ${node.waitMs} ms`, call)
    : strayLeg(call, event);
};

const identified = (call: CallState, node: IdentifyNode, going: Going): Step => {
  const { customer } = call;
  if (customer === undefined || customer === null) return going.on(node.unknown, 'a stranger', call);
  const segment = customer.segment === undefined ? '' : `, ${customer.segment}`;
  return going.on(node.known, `customer ${customer.id}${segment}`, call);
};
