import type { CallState } from '../call/state.ts';
import type { TransferDestination, TransferTarget } from '../call/transfer.ts';
import type { AgentId, Extension } from '../ids.ts';
import { numberDialled, queueIn } from '../policy/lookup.ts';
import type { Policy } from '../policy/policy.ts';
import type { OutboundPlan, OutboundRefusal, ReadNumber } from '../routing/outbound.ts';

/** Who transfers, and from which phone. */
export interface Transferor {
  readonly agent?: AgentId;
  readonly extension: Extension;
}

/** Whoever transfers may call there: the way out, or why there is none. */
export type WayOut = (
  dialled: string,
  read: ReadNumber | undefined,
  call: CallState,
  transferor: Transferor,
) => OutboundPlan | OutboundRefusal;

/** What is asked for, and by whom. */
export interface TransferWish {
  readonly to: TransferDestination;
  /** What is dialled, read as a telephone number; absent when it is none. */
  readonly read?: ReadNumber;
  readonly by: Transferor;
}

/**
 * Where a call is to go, found: an extension, a queue, one of the house's own numbers, or a number outside, which whoever
 * transfers must be allowed to call.
 */
export const transferTarget = (
  { to, read, by }: TransferWish,
  call: CallState,
  policy: Policy,
  { phones, wayOut }: { readonly phones: Pick<ReadonlySet<Extension>, 'has'>; readonly wayOut: WayOut },
): TransferTarget | OutboundRefusal | undefined => {
  if ('queue' in to) return queueIn(policy, to.queue) === undefined ? undefined : { is: 'queue', queue: to.queue };
  const dialled = 'extension' in to ? to.extension : to.number;
  if (phones.has(dialled as Extension)) return { is: 'extension', extension: dialled as Extension };
  if ('extension' in to) return undefined;
  const own = numberDialled(policy, dialled);
  if (own !== undefined) return { is: 'number', number: own.number, flow: own.flow };
  const plan = wayOut(dialled, read, call, by);
  if (typeof plan === 'string') return plan;
  const [trunk] = plan.trunks;
  return trunk === undefined ? 'no-route' : { is: 'outside', number: plan.number, trunk };
};
