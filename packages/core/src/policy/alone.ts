import type { AgentId, Extension, FlowId, NodeId } from '../ids.ts';
import { dialKey } from './dial-key.ts';
import { edgesOf, silentEdgesOf } from './edges.ts';
import type { FlowNode } from './flow.ts';
import type { Language } from './language.ts';
import { flowIn, nodeIn, queueIn } from './lookup.ts';
import type { InboundNumber, Policy } from './policy.ts';
import type { Queue } from './queue.ts';
import type { OnCall } from './roster.ts';

/** What Asterisk does by itself with calls to one number, while nobody controls calls. Digits and extensions, nothing else. */
export interface AloneNumber {
  /** As dialled, digits alone, without 00. */
  readonly number: string;
  /** Of what the caller is told when nobody answers. */
  readonly language: Language;
  /** Who is rung, one round after another. None: the caller is told at once. */
  readonly rounds: readonly AloneRound[];
}

/** All of these phones ring at once. */
export interface AloneRound {
  readonly extensions: readonly Extension[];
  readonly forMs: number;
}

const mostRounds = 6;
/** So long the last round rings, and the only one. */
const lastForMs = 30_000;
const shortest = 5000;
const longest = 60_000;

/**
 * The policy, as far as it can be kept without call control: each number rings the phones that its callers reach who do
 * nothing; where these reach none, the first phones that any choice leads to. A queue's members ring as its strategy and
 * their penalties say, and at last all of them at once.
 */
export const whenAlone = (policy: Policy, phoneOf: ReadonlyMap<AgentId, Extension>): readonly AloneNumber[] =>
  policy.numbers.flatMap((each) => {
    const number = dialKey(each.number);
    return isDigits(number) ? [{ number, language: each.language, rounds: roundsOf(policy, each, phoneOf) }] : [];
  });

const roundsOf = (
  policy: Policy,
  { flow }: InboundNumber,
  phoneOf: ReadonlyMap<AgentId, Extension>,
): readonly AloneRound[] => {
  const start = flowIn(policy, flow)?.start;
  if (start === undefined) return [];
  for (const follow of [silentEdgesOf, edgesOf])
    for (const node of reachedFrom(policy, flow, start, follow)) {
      const rounds = bounded(rung(policy, node, phoneOf));
      if (rounds.length > 0) return rounds;
    }
  return [];
};

/** Step by step away from the start: the first things that a caller meets come first. */
function* reachedFrom(policy: Policy, flow: FlowId, start: NodeId, edges: typeof edgesOf): Generator<FlowNode> {
  const seen = new Set([start]);
  for (const at of seen) {
    const node = nodeIn(policy, flow, at);
    yield node;
    for (const [, to] of edges(node)) seen.add(to);
  }
}

/** Whom the node itself rings. Numbers outside are not dialled while nobody looks on. */
const rung = (policy: Policy, node: FlowNode, phoneOf: ReadonlyMap<AgentId, Extension>): readonly AloneRound[] => {
  switch (node.kind) {
    case 'ring':
      return [{ extensions: [node.extension], forMs: node.forMs }];
    case 'ring-group':
      return [{ extensions: node.extensions, forMs: node.forMs }];
    case 'on-call':
      return rosterOf(policy, node.roster).flatMap((each) =>
        'extension' in each ? [{ extensions: [each.extension], forMs: each.forMs }] : [],
      );
    case 'queue': {
      const queue = queueIn(policy, node.queue);
      return queue === undefined ? [] : inTurn(queue, phoneOf);
    }
    default:
      return [];
  }
};

const rosterOf = ({ rosters }: Policy, id: string): readonly OnCall[] =>
  (Object.hasOwn(rosters, id) ? rosters[id]?.order : undefined) ?? [];

/** Who has less penalty first; in a linear queue one after another. */
const inTurn = ({ members, strategy, ringForMs }: Queue, phoneOf: ReadonlyMap<AgentId, Extension>): AloneRound[] => {
  const turns = new Map<number, Extension[]>();
  for (const [index, { agent, penalty }] of members.entries()) {
    const extension = phoneOf.get(agent);
    if (extension === undefined) continue;
    const turn = strategy === 'linear' ? penalty * members.length + index : penalty;
    turns.set(turn, [...(turns.get(turn) ?? []), extension]);
  }
  const rounds = [...turns].sort(([one], [other]) => one - other);
  return rounds.map(([, extensions]) => ({ extensions, forMs: ringForMs }));
};

/** Whoever is left out by the bound is rung in the last round, with all others. */
const bounded = (rounds: readonly AloneRound[]): readonly AloneRound[] => {
  const real = rounds
    .map(({ extensions, forMs }) => ({
      extensions: [...new Set(extensions.filter(isDigits))],
      forMs: Math.min(longest, Math.max(shortest, forMs)),
    }))
    .filter(({ extensions }) => extensions.length > 0);
  const all = [...new Set(real.flatMap(({ extensions }) => extensions))];
  if (all.length === 0) return [];
  const last = { extensions: all, forMs: lastForMs };
  return real.length === 1 ? [last] : [...real.slice(0, mostRounds - 1), last];
};

const isDigits = (text: string): boolean => /^[0-9]{1,32}$/.test(text);
