import type { QueueId } from '../ids.ts';
import { checkAdmission } from './check-admission.ts';
import { checkFlow, unknownNames } from './check-flow.ts';
import { checkOutbound } from './check-outbound.ts';
import { checkAgents, checkQueue } from './check-queue.ts';
import { dialKey } from './dial-key.ts';
import type { Known, PolicyFault } from './fault.ts';
import type { Policy } from './policy.ts';

/** Every edge lands, every name is known, every way through a flow comes to an end, no number is given twice. */
export const checkPolicy = (policy: Policy, known: Known): readonly PolicyFault[] => [
  ...checkNumbers(policy),
  ...checkCalendars(policy),
  ...checkSwitches(policy),
  ...checkRosters(policy, known),
  ...Object.entries(policy.flows).flatMap(([id, flow]) => checkFlow(`flows.${id}`, flow, policy, known)),
  ...Object.entries(policy.queues).flatMap(([id, queue]) => checkQueue(id, queue, policy, known)),
  ...checkAgents(policy, known),
  ...checkOutbound(policy, known),
  ...checkAdmission(policy),
];

const checkNumbers = ({ numbers, flows }: Policy): readonly PolicyFault[] => {
  const seen = new Set<string>();
  return numbers.flatMap(({ number, flow }, index) => {
    const faults: PolicyFault[] = [];
    const key = dialKey(number);
    if (seen.has(key))
      faults.push({ path: `numbers.${index}.number`, message: `The number ${number} stands twice: keep one.` });
    seen.add(key);
    if (flows[flow] === undefined)
      faults.push({
        path: `numbers.${index}.flow`,
        message: `No flow is called "${flow}": create it or choose another.`,
      });
    return faults;
  });
};

const checkCalendars = (policy: Policy): readonly PolicyFault[] =>
  Object.entries(policy.calendars).flatMap(([id, { open, exceptions, closedBy }]) => [
    ...[
      ...open.map((each, index) => [`open.${index}`, each] as const),
      ...exceptions.map((each, index) => [`exceptions.${index}`, each] as const),
    ].flatMap(([where, { from, to }]) =>
      from < to
        ? []
        : [
            {
              path: `calendars.${id}.${where}`,
              message: `Nothing is open from ${from} to ${to}: for a night write two lines, one to 24:00 and one from 00:00.`,
            },
          ],
    ),
    ...(closedBy === undefined
      ? []
      : unknownNames(policy).of('switch', policy.switches, `calendars.${id}.closedBy`, closedBy)),
  ]);

const checkSwitches = ({ switches }: Policy): readonly PolicyFault[] => {
  const seen = new Map<string, string>();
  return Object.entries(switches).flatMap(([id, { digits }]) => {
    if (digits === undefined) return [];
    const other = seen.get(digits);
    seen.set(digits, id);
    return other === undefined
      ? []
      : [{ path: `switches.${id}.digits`, message: `*28${digits} turns "${other}" already: choose other digits.` }];
  });
};

const checkRosters = (policy: Policy, known: Known): readonly PolicyFault[] => {
  const name = unknownNames(policy, known);
  return Object.entries(policy.rosters).flatMap(([id, { name: called, order, weeks }]) => [
    ...(order.length === 0
      ? [{ path: `rosters.${id}.order`, message: `Nobody is on call in "${called}": add a phone or a number.` }]
      : []),
    ...[
      ['order', order] as const,
      ...Object.entries(weeks).map(([week, each]) => [`weeks.${week}`, each] as const),
    ].flatMap(([where, each]) =>
      each.flatMap((target, index) =>
        'extension' in target
          ? name.extension(`rosters.${id}.${where}.${index}.extension`, target.extension)
          : name.trunk(`rosters.${id}.${where}.${index}.trunk`, target.trunk),
      ),
    ),
  ]);
};

export const queueIds = (policy: Policy): readonly QueueId[] => Object.keys(policy.queues) as QueueId[];
