import { inWords } from '../call/known.ts';
import { edgesOf } from './edges.ts';
import type { Flow, FlowNode } from './flow.ts';
import { type LeafChange, leafChanges } from './leaf-changes.ts';
import type { Policy } from './policy.ts';

/** What differs between two policies, a sentence each, as a supervisor would say it. Versions are not compared. */
export const policyDifference = (before: Policy, after: Policy): readonly string[] => [
  ...plain('the policy', settingsOf(before), settingsOf(after)),
  ...named('number', byNumber(before), byNumber(after), (number, a, b) => plain(`number ${number}`, a, b)),
  ...named('flow', before.flows, after.flows, (_, a, b) => flowDifference(a, b)),
  ...named('queue', before.queues, after.queues, (_, a, b) => queueDifference(a, b)),
  ...named('calendar', before.calendars, after.calendars, (id, a, b) => plain(`calendar ${id}`, a, b)),
  ...named('switch', before.switches, after.switches, (id, a, b) => plain(`switch ${id}`, a, b)),
  ...named('list', before.lists, after.lists, (id, a, b) => listDifference(`list ${id}`, '', a, b)),
  ...named('roster', before.rosters, after.rosters, (id, a, b) => plain(`roster ${id}`, a, b)),
  ...named('skill', before.skills, after.skills, (id, a, b) => plain(`skill ${id}`, a, b)),
  ...named('agent', before.agents, after.agents, (id, a, b) => plain(`agent ${id}`, a, b)),
];

/** What the policy says of the house as a whole. */
const settingsOf = ({ timeZone, outbound, parkForMs, admission }: Policy) => ({
  timeZone,
  ...(outbound === undefined ? {} : { outbound }),
  ...(parkForMs === undefined ? {} : { parkForMs }),
  ...(admission === undefined ? {} : { admission }),
});

const byNumber = ({ numbers }: Policy) => Object.fromEntries(numbers.map((each) => [each.number, each]));

/** Things with names: those that are new, those that are gone, and how the others have changed. */
const named = <Thing>(
  what: string,
  before: Readonly<Record<string, Thing>>,
  after: Readonly<Record<string, Thing>>,
  changed: (id: string, before: Thing, after: Thing) => readonly string[],
): readonly string[] => [
  ...Object.keys(after).flatMap((id) => (Object.hasOwn(before, id) ? [] : [`${what} ${id} is new`])),
  ...Object.entries(before).flatMap(([id, old]) => {
    const now = Object.hasOwn(after, id) ? after[id] : undefined;
    return now === undefined ? [`${what} ${id} is gone`] : changed(id, old, now);
  }),
];

type Queue = Policy['queues'][keyof Policy['queues']];

const queueDifference = ({ members: was, ...before }: Queue, { members: are, ...after }: Queue): readonly string[] => {
  const byAgent = (members: Queue['members']) => Object.fromEntries(members.map((member) => [member.agent, member]));
  const [old, now] = [byAgent(was), byAgent(are)];
  const joined = Object.keys(now).filter((agent) => !Object.hasOwn(old, agent));
  const left = Object.keys(old).filter((agent) => !Object.hasOwn(now, agent));
  const same = Object.keys(now).filter((agent) => Object.hasOwn(old, agent));
  const order =
    Object.keys(old)
      .filter((agent) => same.includes(agent))
      .join() === same.join();
  return [
    ...joined.map((agent) => `${after.name}: ${agent} joins`),
    ...left.map((agent) => `${after.name}: ${agent} leaves`),
    ...same.flatMap((agent) => plain(`${after.name}: ${agent}’s`, old[agent], now[agent], '')),
    ...(order ? [] : [`${after.name}: the members stand in another order`]),
    ...plain(after.name, before, after),
  ];
};

const flowDifference = (before: Flow, after: Flow): readonly string[] => [
  ...plain(`flow ${after.name}`, { name: before.name, start: before.start }, { name: after.name, start: after.start }),
  ...named(`flow ${after.name}: node`, before.nodes, after.nodes, (id, a, b) =>
    a.kind === b.kind
      ? nodeDifference(`${b.kind} ${id}`, a, b)
      : [`flow ${after.name}: node ${id} was a ${a.kind} and is a ${b.kind} now`],
  ),
];

const nodeDifference = (who: string, before: FlowNode, after: FlowNode): readonly string[] => {
  const [old, now] = [new Map(edgesOf(before)), new Map(edgesOf(after))];
  const edges = [...new Set([...old.keys(), ...now.keys()])].flatMap((edge) => {
    if (old.get(edge) === now.get(edge)) return [];
    const to = now.get(edge);
    return [`${who}: ${edgeInWords(edge)} ${to === undefined ? 'leads nowhere any more' : `now leads to ${to}`}`];
  });
  return [...edges, ...plain(who, withoutEdges(before), withoutEdges(after))];
};

const edgeInWords = (edge: string): string => {
  const [kind, key] = edge.split('.');
  if (kind === 'choices' || kind === 'keys') return `key ${key}`;
  return kind === 'cases' ? `case ${Number(key) + 1}` : `"${edge}"`;
};

/** What a node does, apart from where it leads. */
const withoutEdges = (node: FlowNode): unknown => {
  const edges = new Set(edgesOf(node).map(([name]) => name.split('.')[0]));
  const rest = Object.fromEntries(Object.entries(node).filter(([name]) => !edges.has(name)));
  return node.kind === 'branch'
    ? Object.fromEntries(
        node.cases.map(({ when, name }, index) => [`case ${index + 1}`, { name, when: inWords(when) }]),
      )
    : rest;
};

/** Each value that differs, in words: `Support: rings 15 s → 20 s`. */
const plain = (who: string, before: unknown, after: unknown, colon = ':'): readonly string[] =>
  leafChanges(before, after).flatMap((change) => {
    const what = labelOf(change.path);
    const { before: was, after: is } = change;
    if (Array.isArray(was) && Array.isArray(is)) return listDifference(`${who}${colon}`, `${what} `, was, is);
    return [`${who}${colon} ${what} ${inPlainWords(change, was)} → ${inPlainWords(change, is)}`];
  });

const listDifference = (
  who: string,
  what: string,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly string[] => {
  const added = after.filter((each) => !before.includes(each));
  const gone = before.filter((each) => !after.includes(each));
  if (added.length + gone.length === 0) return [`${who} ${what}in another order`];
  return [
    ...(added.length === 0 ? [] : [`${who} ${what}with ${added.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`${who} ${what}without ${gone.join(', ')}`]),
  ];
};

const labels: Readonly<Record<string, string>> = {
  timeZone: 'time zone',
  ringForMs: 'rings',
  forMs: 'rings',
  wrapUpMs: 'wrap-up',
  wrapUpCodes: 'wrap-up codes',
  wrapUpCodeRequired: 'wrap-up code demanded',
  waitMs: 'waits',
  betweenMs: 'waits between digits',
  maxMs: 'at most',
  silenceMs: 'ends after silence of',
  timeoutMs: 'waits for an answer',
  ownerFirstMs: 'the customer’s own agent alone for',
  'limits.waitMs': 'longest wait',
  'limits.expectedWaitMs': 'longest expected wait at entry',
  'limits.length': 'most callers',
  'limits.calendar': 'calendar',
  'announce.everyMs': 'position looked at every',
  'announce.position': 'position announced',
  'announce.wait': 'wait announced',
  'target.answerWithinMs': 'to be answered within',
  'target.goal': 'service level to reach',
  pauseAfterMissed: 'missed calls until paused',
  restAfterMissedMs: 'left alone after a missed call for',
  boostMs: 'a point of priority is worth',
  shortAbandonMs: 'an abandon is short up to',
  'admission.mostCalls': 'most calls at once',
  'admission.mostLagMs': 'event loop late at most',
  'admission.mostLateMs': 'new calls noticed late by at most',
  'admission.mostLoad': 'most load of Asterisk',
  'admission.treatment.is': 'who is turned away meets',
  'admission.treatment.elsewhere': 'who is turned away may be sent elsewhere by the carrier',
  'admission.treatment.sounds': 'who is turned away hears',
  'admission.treatment.flow': 'who is turned away goes to the flow',
  'admission.treatment.atOnce': 'so many of them at once',
};

const labelOf = (path: readonly string[]): string =>
  labels[path.join('.')] ??
  labels[path.at(-1) ?? ''] ??
  path
    .map((name) => (/^\d+$/.test(name) ? `${Number(name) + 1}` : name.replaceAll(/(?=[A-Z])/g, ' ').toLowerCase()))
    .join(' ');

const inPlainWords = ({ path }: LeafChange, value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && path.at(-1)?.endsWith('Ms')) return duration(value);
  if (typeof value === 'number' && path.at(-1) === 'goal') return `${Math.round(value * 1000) / 10} %`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const duration = (ms: number): string => {
  if (ms >= 120_000 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return ms % 1000 === 0 || ms >= 10_000 ? `${Math.round(ms / 100) / 10} s` : `${ms} ms`;
};
