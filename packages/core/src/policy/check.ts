import type { AgentId, Extension, NodeId, QueueId } from '../ids.ts';
import { type Flow, type FlowNode, queueExits } from './flow.ts';
import type { Policy } from './policy.ts';

/** What is wrong with a policy, where, and what to do about it. */
export interface PolicyFault {
  /** As a path in the document: `flows.main.nodes.menu.choices.1`. */
  readonly path: string;
  readonly message: string;
}

/** What a policy may refer to outside itself. */
export interface Known {
  readonly agents: ReadonlySet<AgentId>;
  readonly extensions: ReadonlySet<Extension>;
}

/** Every edge lands, every name is known, every way through a flow comes to an end, no number is given twice. */
export const checkPolicy = (policy: Policy, known: Known): readonly PolicyFault[] => [
  ...checkNumbers(policy),
  ...Object.entries(policy.flows).flatMap(([id, flow]) => checkFlow(`flows.${id}`, flow, policy, known)),
  ...Object.entries(policy.queues).flatMap(([id, queue]) =>
    queue.members.length === 0
      ? [{ path: `queues.${id}.members`, message: `The queue "${queue.name}" has nobody to answer it: add a member.` }]
      : queue.members
          .filter((member) => !known.agents.has(member))
          .map((member) => ({
            path: `queues.${id}.members`,
            message: `No agent is called "${member}": create the agent or take it off the queue.`,
          })),
  ),
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

const checkFlow = (path: string, flow: Flow, policy: Policy, known: Known): readonly PolicyFault[] => {
  const lands = (edge: string, to: NodeId): readonly PolicyFault[] =>
    flow.nodes[to] === undefined
      ? [
          {
            path: edge,
            message: `This leads to "${to}", and no node of the flow is called that: create it or lead elsewhere.`,
          },
        ]
      : [];
  return [
    ...lands(`${path}.start`, flow.start),
    ...Object.entries(flow.nodes).flatMap(([id, node]) => [
      ...edgesOf(node).flatMap(([edge, to]) => lands(`${path}.nodes.${id}.${edge}`, to)),
      ...checkNames(`${path}.nodes.${id}`, node, policy, known),
    ]),
    ...checkWaysOut(path, flow),
  ];
};

const checkNames = (
  path: string,
  node: FlowNode,
  { queues, calendars }: Policy,
  known: Known,
): readonly PolicyFault[] => {
  if (node.kind === 'queue' && queues[node.queue] === undefined)
    return [{ path: `${path}.queue`, message: `No queue is called "${node.queue}": create it or choose another.` }];
  if (node.kind === 'queue' && (queues[node.queue]?.maxWaitMs ?? 0) > 0 && node.timeout === undefined)
    return [
      {
        path: `${path}.timeout`,
        message: `The queue "${node.queue}" lets callers go after its longest wait: say where to.`,
      },
    ];
  if (node.kind === 'hours' && calendars[node.calendar] === undefined)
    return [
      { path: `${path}.calendar`, message: `No calendar is called "${node.calendar}": create it or choose another.` },
    ];
  if (node.kind === 'ring' && !known.extensions.has(node.extension))
    return [
      {
        path: `${path}.extension`,
        message: `No phone has the extension ${node.extension}: create it or choose another.`,
      },
    ];
  return [];
};

/** Steps that take no time and ask nobody: a circle of only these would turn for ever. */
const isInstant = ({ kind }: FlowNode): boolean =>
  kind === 'language' || kind === 'hours' || kind === 'set' || kind === 'branch';

const checkWaysOut = (path: string, flow: Flow): readonly PolicyFault[] => {
  const ends = new Set<string>(
    Object.entries(flow.nodes).flatMap(([id, node]) => (node.kind === 'hangup' || node.kind === 'queue' ? [id] : [])),
  );
  let grown = true;
  while (grown) {
    grown = false;
    for (const [id, node] of Object.entries(flow.nodes)) {
      if (ends.has(id)) continue;
      if (waysOnWithoutCaller(node).some((to) => ends.has(to))) {
        ends.add(id);
        grown = true;
      }
    }
  }
  return Object.entries(flow.nodes).flatMap(([id, node]) => {
    if (ends.has(id)) return [];
    const what = isInstant(node)
      ? 'turns in a circle that takes no time'
      : 'goes round for ever when the caller does nothing';
    return [
      { path: `${path}.nodes.${id}`, message: `From here the call ${what}: let one way lead to a queue or a hang-up.` },
    ];
  });
};

/** Where a call may go when its caller does nothing at all. */
const waysOnWithoutCaller = (node: FlowNode): readonly NodeId[] =>
  node.kind === 'menu' ? [node.otherwise] : edgesOf(node).map(([, to]) => to);

/** Every edge of a node, with its name. */
export const edgesOf = (node: FlowNode): readonly (readonly [string, NodeId])[] => {
  switch (node.kind) {
    case 'say':
    case 'language':
    case 'set':
      return [['next', node.next]];
    case 'hours':
      return [
        ['open', node.open],
        ['closed', node.closed],
      ];
    case 'menu':
      return [
        ...Object.entries(node.choices).map(([key, to]) => [`choices.${key}`, to] as const),
        ['otherwise', node.otherwise],
      ];
    case 'branch':
      return [...node.cases.map(({ to }, index) => [`cases.${index}.to`, to] as const), ['otherwise', node.otherwise]];
    case 'queue':
      return [
        ...queueExits.flatMap((exit) => (node[exit] === undefined ? [] : [[exit, node[exit]] as const])),
        ...Object.entries(node.keys ?? {}).map(([key, to]) => [`keys.${key}`, to] as const),
      ];
    case 'ring':
      return [['noAnswer', node.noAnswer]];
    case 'hangup':
      return [];
  }
};

/** One number has many spellings: `+33 1…`, `0033…`, `33…`. All lead to one key. */
export const dialKey = (dialled: string): string => dialled.replaceAll(/[^0-9*#]/g, '').replace(/^00(?=[1-9])/, '');

export const queueIds = (policy: Policy): readonly QueueId[] => Object.keys(policy.queues) as QueueId[];
