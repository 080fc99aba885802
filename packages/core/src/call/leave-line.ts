import type { QueueWayOut } from '../fact/fact.ts';
import type { NodeId } from '../ids.ts';
import type { NodeOf, QueueExit } from '../policy/flow.ts';
import { nodeIn } from '../policy/lookup.ts';
import type { Instant } from '../time.ts';
import type { Command } from './command.ts';
import { follow } from './follow.ts';
import { after, type Step, type Surroundings, waitedMs } from './moves.ts';
import type { In } from './state.ts';

type InLine = In<'queued'> | In<'offered'>;

/** The node that a waiting caller stands at. */
export const queueNodeOf = (call: InLine, { policy }: Surroundings): NodeOf<'queue'> | undefined => {
  const node = nodeIn(policy, call.flow, call.node);
  return node.kind === 'queue' ? node : undefined;
};

/** Out of the line, by one of the ways that its node provides. */
export const leaveLine = (
  call: InLine,
  to: NodeId,
  exit: QueueWayOut,
  because: string,
  at: Instant,
  around: Surroundings,
): Step =>
  after(
    silence(call),
    [{ type: 'QueueLeft', queue: call.queue, outcome: 'overflowed', waitedMs: waitedMs(call, at), exit }],
    follow(call, { flow: call.flow, node: to, because }, at, around),
  );

/** Where an exit leads; undefined: the caller waits on. */
export const exitOf = (call: InLine, exit: QueueExit, around: Surroundings): NodeId | undefined =>
  queueNodeOf(call, around)?.[exit];

/** Where a key leads that is pressed while waiting. */
export const keyLeadsTo = (call: InLine, digit: string, around: Surroundings): NodeId | undefined => {
  const keys = queueNodeOf(call, around)?.keys;
  return keys !== undefined && Object.hasOwn(keys, digit) ? keys[digit] : undefined;
};

const silence = ({ announcing }: InLine): readonly Command[] =>
  announcing === undefined ? [] : [{ type: 'StopPlaying', playback: announcing }];
