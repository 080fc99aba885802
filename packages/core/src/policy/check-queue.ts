import type { Known, PolicyFault } from './fault.ts';
import type { Policy } from './policy.ts';
import type { Levels, Queue } from './queue.ts';

/** Somebody answers it, what it asks for has a name, and callbacks have a line to go out by. */
export const checkQueue = (id: string, queue: Queue, policy: Policy, known: Known): readonly PolicyFault[] => {
  const path = `queues.${id}`;
  return [
    ...checkMembers(path, queue, known),
    ...checkSkills(`${path}.requires`, queue.requires, policy),
    ...queue.relax.flatMap(({ afterMs, requires }, index) => [
      ...checkSkills(`${path}.relax.${index}.requires`, requires, policy),
      ...(afterMs > (queue.relax[index - 1]?.afterMs ?? 0)
        ? []
        : [
            { path: `${path}.relax.${index}.afterMs`, message: 'Each step comes later than the one before: raise it.' },
          ]),
    ]),
    ...[
      [`${path}.limits.calendar`, queue.limits.calendar] as const,
      [`${path}.callback.calendar`, queue.callback.calendar] as const,
    ].flatMap(([where, calendar]) =>
      calendar === undefined || Object.hasOwn(policy.calendars, calendar)
        ? []
        : [{ path: where, message: `No calendar is called "${calendar}": create it or choose another.` }],
    ),
    ...checkWrapUpCodes(path, queue),
    ...checkCallback(path, id, queue, policy),
  ];
};

const checkWrapUpCodes = (path: string, { wrapUpCodes = [], wrapUpCodeRequired }: Queue): readonly PolicyFault[] =>
  wrapUpCodeRequired === true && wrapUpCodes.length === 0
    ? [
        {
          path: `${path}.wrapUpCodes`,
          message: 'A code is demanded, and there is none: list the codes, or do not demand one.',
        },
      ]
    : [];

/** What agents can do has a name too. */
export const checkAgents = (policy: Policy, known: Known): readonly PolicyFault[] =>
  Object.entries(policy.agents).flatMap(([id, { skills }]) => [
    ...(known.agents.has(id as never)
      ? []
      : [{ path: `agents.${id}`, message: `No agent is called "${id}": create the agent or take this out.` }]),
    ...checkSkills(`agents.${id}.skills`, skills, policy),
  ]);

const checkMembers = (path: string, { name, members }: Queue, known: Known): readonly PolicyFault[] => {
  if (members.length === 0)
    return [{ path: `${path}.members`, message: `The queue "${name}" has nobody to answer it: add a member.` }];
  const seen = new Set<string>();
  return members.flatMap(({ agent }) => {
    const twice = seen.has(agent);
    seen.add(agent);
    return [
      ...(known.agents.has(agent)
        ? []
        : [
            {
              path: `${path}.members`,
              message: `No agent is called "${agent}": create the agent or take it off the queue.`,
            },
          ]),
      ...(twice ? [{ path: `${path}.members`, message: `"${agent}" stands twice in the queue: keep one.` }] : []),
    ];
  });
};

const checkSkills = (path: string, levels: Levels, { skills }: Policy): readonly PolicyFault[] =>
  Object.keys(levels).flatMap((skill) =>
    Object.hasOwn(skills, skill)
      ? []
      : [{ path: `${path}.${skill}`, message: `No skill is called "${skill}": create it or choose another.` }],
  );

const checkCallback = (path: string, id: string, { callback }: Queue, { flows }: Policy): readonly PolicyFault[] => {
  const isOffered = Object.values(flows).some(({ nodes }) =>
    Object.values(nodes).some((node) => node.kind === 'callback' && node.queue === id),
  );
  return isOffered && callback.trunks.length === 0
    ? [{ path: `${path}.callback.trunks`, message: 'Callers are promised to be called back: say over which trunk.' }]
    : [];
};
