import type { AgentId, Extension, FlowId, OutsideNumber, QueueId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** `blind`: the call goes on without a word; `attended`: the two talk first, while the other party waits (RFC 5589). */
export type TransferKind = 'blind' | 'attended';

/** Where somebody wants a call to go, as they said it: a number may be an extension, one of the house's own, or outside. */
export type TransferDestination =
  | { readonly extension: Extension }
  | { readonly queue: QueueId }
  | { readonly number: string };

/** The same, found. */
export type TransferTarget =
  | { readonly is: 'extension'; readonly extension: Extension }
  | { readonly is: 'queue'; readonly queue: QueueId }
  /** One of the house's own numbers, and what its callers meet. */
  | { readonly is: 'number'; readonly number: string; readonly flow: FlowId }
  | { readonly is: 'outside'; readonly number: OutsideNumber; readonly trunk: string };

/** A call that is on its way from one to another. */
export interface Transferring {
  readonly kind: TransferKind;
  /** Whose phone gave the call away: who is asked first when nobody takes it. */
  readonly from: Extension | OutsideNumber;
  readonly by: AgentId | null;
  readonly at: Instant;
}

/** Why a transfer came to nothing: what became of the target's phone, or what somebody did. */
export type TransferEnd =
  | 'asked'
  | 'returned'
  | 'caller-left'
  | 'target-left'
  | 'no-answer'
  | 'refused'
  | 'unreachable'
  | 'lost';

/** A target as it was asked for, for facts and pages. */
export const destinationOf = (target: TransferTarget): TransferDestination => {
  switch (target.is) {
    case 'extension':
      return { extension: target.extension };
    case 'queue':
      return { queue: target.queue };
    case 'number':
    case 'outside':
      return { number: target.number };
  }
};
