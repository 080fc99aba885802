import { referencesIn } from '../call/known.ts';
import { isPointer } from '../call/node/pointer.ts';
import type { Extension, NodeId, QueueId } from '../ids.ts';
import { type Condition, comparisonsIn, factNamed } from './condition.ts';
import { type Edge, edgesOf, instantEdgesOf, silentEdgesOf } from './edges.ts';
import type { Known, PolicyFault } from './fault.ts';
import type { Flow, FlowNode, NodeOf } from './flow.ts';
import type { Policy } from './policy.ts';

/** Every edge lands, every name is known, and every way comes to an end. */
export const checkFlow = (path: string, flow: Flow, policy: Policy, known: Known): readonly PolicyFault[] => {
  const lands = (edge: string, to: NodeId): readonly PolicyFault[] =>
    Object.hasOwn(flow.nodes, to)
      ? []
      : [
          {
            path: edge,
            message: `This leads to "${to}", and no node of the flow is called that: create it or lead elsewhere.`,
          },
        ];
  return [
    ...lands(`${path}.start`, flow.start),
    ...Object.entries(flow.nodes).flatMap(([id, node]) => [
      ...edgesOf(node).flatMap(([edge, to]) => lands(`${path}.nodes.${id}.${edge}`, to)),
      ...checkNode(`${path}.nodes.${id}`, node, policy, known),
    ]),
    ...checkWaysOut(path, flow),
  ];
};

const checkNode = (path: string, node: FlowNode, policy: Policy, known: Known): readonly PolicyFault[] => {
  const name = unknownNames(policy, known);
  switch (node.kind) {
    case 'queue':
      return [...name.queue(`${path}.queue`, node.queue), ...checkLimits(path, node, policy)];
    case 'callback':
      return name.queue(`${path}.queue`, node.queue);
    case 'hours':
      return name.of('calendar', policy.calendars, `${path}.calendar`, node.calendar);
    case 'ring':
      return name.extension(`${path}.extension`, node.extension);
    case 'ring-group':
      return node.extensions.length === 0
        ? [{ path: `${path}.extensions`, message: 'This rings nobody: add an extension.' }]
        : node.extensions.flatMap((extension, index) => name.extension(`${path}.extensions.${index}`, extension));
    case 'on-call':
      return name.of('roster', policy.rosters, `${path}.roster`, node.roster);
    case 'transfer':
      return name.trunk(`${path}.trunk`, node.trunk);
    case 'branch':
      return node.cases.flatMap(({ when }, index) => checkCondition(`${path}.cases.${index}.when`, when, policy));
    case 'set':
      return Object.entries(node.attributes).flatMap(([attribute, value]) =>
        checkReferences(`${path}.attributes.${attribute}`, value, policy),
      );
    case 'collect':
      return checkCollect(path, node);
    case 'http':
      return checkHttp(path, node, policy);
    case 'say':
    case 'language':
    case 'menu':
    case 'identify':
    case 'voicemail':
    case 'box':
    case 'survey':
    case 'hangup':
      return [];
  }
};

/** A limit without a way out would hold callers where the queue does not want them. */
const checkLimits = (path: string, node: NodeOf<'queue'>, { queues }: Policy): readonly PolicyFault[] => {
  if (!Object.hasOwn(queues, node.queue)) return [];
  const { length = 0, expectedWaitMs = 0, waitMs = 0, calendar } = queues[node.queue]?.limits ?? {};
  const wanted = [
    ['full', length > 0, 'turns callers away when it is full'],
    ['tooLong', expectedWaitMs > 0, 'turns callers away whose wait would be too long'],
    ['timeout', waitMs > 0, 'lets callers go after its longest wait'],
    ['closing', calendar !== undefined, 'lets callers go when its calendar closes'],
  ] as const;
  return wanted.flatMap(([edge, isSet, what]) =>
    isSet && node[edge] === undefined
      ? [{ path: `${path}.${edge}`, message: `The queue "${node.queue}" ${what}: say where to.` }]
      : [],
  );
};

const checkCollect = (path: string, { min, max, confirm, secret }: NodeOf<'collect'>): readonly PolicyFault[] => [
  ...(min > max
    ? [{ path: `${path}.min`, message: `At least ${min} digits and at most ${max} cannot both be: lower "min".` }]
    : []),
  ...(secret && confirm !== undefined
    ? [{ path: `${path}.confirm`, message: 'What is secret is never spoken: leave "confirm" out.' }]
    : []),
];

const checkHttp = (
  path: string,
  { url, method, body, map }: NodeOf<'http'>,
  policy: Policy,
): readonly PolicyFault[] => [
  ...(/^https?:\/\/[^/?#{}\s@]+([/?#]|$)/.test(url)
    ? []
    : [
        {
          path: `${path}.url`,
          message: 'An address begins with http:// or https:// and the name of a host, which cannot be a {name}.',
        },
      ]),
  ...checkReferences(`${path}.url`, url, policy),
  ...(method === 'GET' && Object.keys(body).length > 0
    ? [{ path: `${path}.body`, message: 'A GET has no body: use POST, or leave the body out.' }]
    : []),
  ...Object.entries(body).flatMap(([name, value]) => checkReferences(`${path}.body.${name}`, value, policy)),
  ...Object.entries(map).flatMap(([attribute, pointer]) =>
    isPointer(pointer)
      ? []
      : [{ path: `${path}.map.${attribute}`, message: `"${pointer}" is no JSON pointer: write /order/status.` }],
  ),
];

const checkReferences = (path: string, text: string, policy: Policy): readonly PolicyFault[] =>
  referencesIn(text).flatMap((name) => checkFact(path, name, policy));

const checkCondition = (path: string, condition: Condition, policy: Policy): readonly PolicyFault[] =>
  comparisonsIn(condition).flatMap((comparison) => [
    ...checkFact(path, comparison.fact, policy),
    ...(comparison.is === 'in-list' ? unknownNames(policy).of('list', policy.lists, path, comparison.value) : []),
  ]);

const checkFact = (path: string, name: string, policy: Policy): readonly PolicyFault[] => {
  const fact = factNamed(name);
  if (fact === undefined)
    return [
      { path, message: `Nothing is known under "${name}": use caller.number, attribute:x, queue:x.length or another.` },
    ];
  if (fact.of === 'queue') return unknownNames(policy).queue(path, fact.queue as QueueId);
  return fact.of === 'switch' ? unknownNames(policy).of('switch', policy.switches, path, fact.id) : [];
};

/** What to say of names that stand for nothing. */
export const unknownNames = (policy: Policy, known?: Known) => {
  const of = (what: string, there: object, path: string, id: string): readonly PolicyFault[] =>
    Object.hasOwn(there, id) ? [] : [{ path, message: `No ${what} is called "${id}": create it or choose another.` }];
  return {
    of,
    queue: (path: string, id: QueueId) => of('queue', policy.queues, path, id),
    extension: (path: string, extension: Extension): readonly PolicyFault[] =>
      known === undefined || known.extensions.has(extension)
        ? []
        : [{ path, message: `No phone has the extension ${extension}: create it or choose another.` }],
    trunk: (path: string, id: string): readonly PolicyFault[] =>
      known?.trunks === undefined || known.trunks.has(id)
        ? []
        : [{ path, message: `No trunk is called "${id}": create it or choose another.` }],
  };
};

const checkWaysOut = (path: string, flow: Flow): readonly PolicyFault[] => {
  const timeless = inCircles(flow, instantEdgesOf);
  const silent = inCircles(flow, silentEdgesOf);
  return Object.keys(flow.nodes).flatMap((id) => {
    if (!timeless.has(id) && !silent.has(id)) return [];
    const what = timeless.has(id)
      ? 'may turn in a circle that takes no time'
      : 'goes round for ever when the caller does nothing';
    return [
      {
        path: `${path}.nodes.${id}`,
        message: `From here the call ${what}: lead one of the ways to a queue or a hang-up.`,
      },
    ];
  });
};

/** The nodes from which these edges lead back to themselves. */
const inCircles = ({ nodes }: Flow, edges: (node: FlowNode) => readonly Edge[]): ReadonlySet<string> => {
  const to = new Map(
    Object.entries(nodes).map(([id, node]) => [id, edges(node).map(([, next]): string => next)] as const),
  );
  return new Set([...to.keys()].filter((id) => reaches(to, id)));
};

const reaches = (to: ReadonlyMap<string, readonly string[]>, id: string): boolean => {
  const seen = new Set<string>();
  const ahead = [...(to.get(id) ?? [])];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    ahead.push(...(to.get(next) ?? []));
  }
  return false;
};
