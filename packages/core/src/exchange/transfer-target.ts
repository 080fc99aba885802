import type { CallState } from '../call/state.ts';
import type { TransferDestination, TransferTarget } from '../call/transfer.ts';
import type { Extension, OutsideNumber } from '../ids.ts';
import { numberDialled, queueIn } from '../policy/lookup.ts';
import type { Policy } from '../policy/policy.ts';

/** Digits that a carrier can be asked for; shorter ones are nobody's here. */
const isOutside = (number: string): boolean => /^\+?\d{6,15}$/.test(number);

/** Where a call is to go, found: an extension, a queue, one of the house's own numbers, or a number outside. */
export const transferTarget = (
  to: TransferDestination,
  call: CallState,
  policy: Policy,
  phones: Pick<ReadonlySet<Extension>, 'has'>,
): TransferTarget | undefined => {
  if ('queue' in to) return queueIn(policy, to.queue) === undefined ? undefined : { is: 'queue', queue: to.queue };
  const dialled = 'extension' in to ? to.extension : to.number;
  if (phones.has(dialled as Extension)) return { is: 'extension', extension: dialled as Extension };
  if ('extension' in to) return undefined;
  const own = numberDialled(policy, dialled);
  if (own !== undefined) return { is: 'number', number: own.number, flow: own.flow };
  const trunk = trunkFor(call, policy);
  return trunk === undefined || !isOutside(dialled)
    ? undefined
    : { is: 'outside', number: dialled as OutsideNumber, trunk };
};

/** The line that the call came in by, or the first that the policy calls back over. */
const trunkFor = ({ from, source }: CallState, { queues }: Policy): string | undefined =>
  from === 'trunk' ? source : Object.values(queues).flatMap(({ callback }) => callback.trunks)[0];
