import type { CallHappening } from '../fact/fact.ts';
import type { Step } from './moves.ts';
import type { CallState } from './state.ts';
import type { Transferring } from './transfer.ts';

/** A call that was on its way to somebody has come to somebody, or to its end: that the transfer is over is told once. */
export const settled = (before: CallState, [call, commands, facts]: Step): Step => {
  const { transfer, ...rest } = call;
  if (transfer === undefined || (call.phase !== 'talking' && call.phase !== 'ended')) return [call, commands, facts];
  // Whoever gave the call away has it still in the very step that gives it away.
  if (call.phase === 'talking' && before.phase === 'talking' && before.leg === call.leg) return [call, commands, facts];
  const over = rest as CallState;
  if (call.phase === 'talking') return [over, commands, [...facts, taken(call, transfer)]];
  const byCaller = facts.some((fact) => fact.type === 'CallEnded' && fact.endedBy === 'caller');
  return [over, commands, [cancelled(transfer, byCaller ? 'caller-left' : 'no-answer'), ...facts]];
};

const taken = (call: Extract<CallState, { phase: 'talking' }>, transfer: Transferring): CallHappening =>
  call.extension === transfer.from
    ? cancelled(transfer, 'returned')
    : {
        type: 'TransferCompleted',
        kind: transfer.kind,
        by: transfer.by,
        from: transfer.from,
        agent: call.agent ?? null,
        extension: call.extension,
        customer: call.customer ?? null,
      };

const cancelled = ({ kind, by }: Transferring, because: 'returned' | 'caller-left' | 'no-answer'): CallHappening => ({
  type: 'TransferCancelled',
  kind,
  by,
  because,
});
