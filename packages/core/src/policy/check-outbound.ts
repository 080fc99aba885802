import { unknownNames } from './check-flow.ts';
import type { Known, PolicyFault } from './fault.ts';
import type { Outbound } from './outbound.ts';
import type { Policy } from './policy.ts';

/** Every route has a way out that exists, every role that is given is there, and help can always be called. */
export const checkOutbound = (policy: Policy, known: Known): readonly PolicyFault[] => {
  const { outbound } = policy;
  return outbound === undefined
    ? []
    : [
        ...checkRoutes(outbound, policy, known),
        ...checkEmergency(outbound, policy, known),
        ...checkPermissions(outbound, known),
        ...Object.keys(outbound.channels).flatMap((trunk) =>
          unknownNames(policy, known).trunk(`outbound.channels.${trunk}`, trunk),
        ),
      ];
};

const checkRoutes = ({ routes }: Outbound, policy: Policy, known: Known): readonly PolicyFault[] => {
  const name = unknownNames(policy, known);
  return routes.flatMap((route, index) => {
    const path = `outbound.routes.${index}`;
    return [
      ...(route.trunks.length === 0
        ? [{ path: `${path}.trunks`, message: `The route "${route.name}" leads nowhere: say over which trunk.` }]
        : []),
      ...route.trunks.flatMap((trunk, at) => name.trunk(`${path}.trunks.${at}`, trunk)),
      ...(route.calendar === undefined
        ? []
        : name.of('calendar', policy.calendars, `${path}.calendar`, route.calendar)),
      ...Object.keys(route.skills).flatMap((skill) => name.of('skill', policy.skills, `${path}.skills`, skill)),
    ];
  });
};

const checkEmergency = ({ emergency }: Outbound, policy: Policy, known: Known): readonly PolicyFault[] => [
  ...(emergency.trunks.length === 0
    ? [
        {
          path: 'outbound.emergency.trunks',
          message: 'Nobody could call for help: say over which trunk emergency numbers go.',
        },
      ]
    : []),
  ...emergency.trunks.flatMap((trunk, index) =>
    unknownNames(policy, known).trunk(`outbound.emergency.trunks.${index}`, trunk),
  ),
  ...emergency.numbers.flatMap((number, index) =>
    known.extensions.has(number as never)
      ? [
          {
            path: `outbound.emergency.numbers.${index}`,
            message: `A phone has the emergency number ${number} for its extension, and nobody can ring it: give it another.`,
          },
        ]
      : [],
  ),
];

const checkPermissions = ({ permissions }: Outbound, known: Known): readonly PolicyFault[] => {
  const { roles, everyone, agents, phones } = permissions;
  const role = (path: string, called: string): readonly PolicyFault[] =>
    Object.hasOwn(roles, called)
      ? []
      : [{ path, message: `No role is called "${called}": create it or choose another.` }];
  return [
    ...role('outbound.permissions.everyone', everyone),
    ...Object.entries<string>(agents).flatMap(([agent, called]) => [
      ...(known.agents.has(agent as never)
        ? []
        : [
            {
              path: `outbound.permissions.agents.${agent}`,
              message: `No agent is called "${agent}": create the agent or take this out.`,
            },
          ]),
      ...role(`outbound.permissions.agents.${agent}`, called),
    ]),
    ...Object.entries<string>(phones).flatMap(([phone, called]) => [
      ...(known.extensions.has(phone as never)
        ? []
        : [
            {
              path: `outbound.permissions.phones.${phone}`,
              message: `There is no phone ${phone}: create it or take this out.`,
            },
          ]),
      ...role(`outbound.permissions.phones.${phone}`, called),
    ]),
  ];
};
