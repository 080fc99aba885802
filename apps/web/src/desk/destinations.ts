import type { Colleague, TransferBeginning } from '@cordboard/contracts';
import type { AgentStateName, QueueSnapshot } from '@cordboard/core';
import { isFound } from '../board/find.ts';

/** Somebody or something to which a call can be given. */
export type Destination =
  | {
      readonly is: 'agent';
      readonly id: string;
      readonly name: string;
      readonly to: { readonly extension: string };
      readonly state: AgentStateName | null;
    }
  | { readonly is: 'phone'; readonly id: string; readonly name: string; readonly to: { readonly extension: string } }
  | {
      readonly is: 'queue';
      readonly id: string;
      readonly name: string;
      readonly to: { readonly queue: string };
      readonly waiting: number;
      readonly ready: number;
    }
  | { readonly is: 'number'; readonly id: string; readonly name: string; readonly to: { readonly number: string } };

/** The shape in which the API takes it; the compiler keeps the two alike. */
export const asTarget = ({ to }: Destination): TransferBeginning['to'] => to;

/** Who can talk soonest comes first. */
const soonest: readonly (AgentStateName | null)[] = ['ready', 'wrap-up', 'talking', 'offered', 'paused', 'signed-out'];
const rank = (state: AgentStateName | null): number =>
  soonest.includes(state) ? soonest.indexOf(state) : soonest.length;

interface Known {
  readonly colleagues: readonly Colleague[];
  readonly queues: readonly QueueSnapshot[];
}

/**
 * Those that a few letters or digits find: agents, then queues, then phones at which nobody sits; a number as it is typed
 * comes last, where it could be one.
 */
export const destinations = (text: string, { colleagues, queues }: Known): readonly Destination[] => [
  ...colleagues
    .flatMap(({ agent, name, extension, state }) =>
      agent === null ? [] : [{ is: 'agent', id: `agent-${extension}`, name, to: { extension }, state } as const],
    )
    .sort((a, b) => rank(a.state) - rank(b.state) || a.name.localeCompare(b.name))
    .filter(({ name, to }) => isFound(text, name, to.extension)),
  ...queues
    .map(
      ({ id, name, waiting, members }) =>
        ({ is: 'queue', id: `queue-${id}`, name, to: { queue: id }, waiting, ready: members.ready }) as const,
    )
    .filter(({ name }) => isFound(text, name)),
  ...colleagues
    .flatMap(({ agent, name, extension }) =>
      agent === null ? [{ is: 'phone', id: `phone-${extension}`, name, to: { extension } } as const] : [],
    )
    .filter(({ name, to }) => isFound(text, name, to.extension)),
  ...numberIn(text),
];

/** Digits and what people write between them; the house reads it as its phones would be understood. */
const numberIn = (text: string): readonly Destination[] => {
  const number = text.trim();
  return /^\+?[\d ().-]{2,32}$/.test(number) && /\d{2}/.test(number.replace(/\D/g, ''))
    ? [{ is: 'number', id: 'number', name: number, to: { number } }]
    : [];
};
