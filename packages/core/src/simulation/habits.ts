import type { AgentId, CallId } from '../ids.ts';
import type { Day, RecordedCall, RungPhone } from './recording.ts';

/** What people did that day when nobody can know what they would have done: drawn from what others did. */
export interface Habits {
  /** How much longer a caller waits who did not give up that day; undefined: for ever. */
  patienceMs(call: CallId): number | undefined;
  /** How long a caller talks who was not answered that day; undefined: on and on. */
  talkMs(call: CallId): number | undefined;
  /** How long an agent lets it ring who was not rung by this caller that day; undefined: they do not answer. */
  answerMs(agent: AgentId): number | undefined;
  /** How long a customer lets it ring who was not called back that day; undefined: they do not answer. */
  readonly customerAnswerMs: number | undefined;
  /** Whether a caller agrees to be called back who was not offered it that day. */
  wishesCallback(call: CallId): boolean;
}

/** Nobody does anything that is not in the record. */
export const nothingUnrecorded: Habits = {
  patienceMs: () => undefined,
  talkMs: () => undefined,
  answerMs: () => undefined,
  customerAnswerMs: undefined,
  wishesCallback: () => false,
};

/** Where nobody talked, or answered, the whole day. */
const usualTalkMs = 180_000;
const usualAnswerMs = 4000;
const usualCustomerAnswerMs = 8000;

/**
 * Drawn by the call's name, so that the same day simulated twice is the same.
 * @param callbackShare how many agree to be called back, 0 to 1
 */
export const habitsOf = ({ calls }: Day, callbackShare = 0): Habits => {
  const waits = sorted(calls.flatMap(({ left }) => (left?.from === 'queue' ? [left.at - left.since] : [])));
  const talks = sorted(calls.flatMap((call) => call.talks.map(({ since, at }) => at - since)));
  const answers = answersOf(calls);
  const usually = median(sorted([...answers.values()].flat())) ?? usualAnswerMs;
  const medians = new Map([...answers].map(([agent, each]) => [agent, median(sorted(each)) ?? usually]));
  return {
    patienceMs: (call) => drawn(waits, `${call} waits`),
    talkMs: (call) => drawn(talks, `${call} talks`) ?? usualTalkMs,
    answerMs: (agent) => medians.get(agent) ?? usually,
    customerAnswerMs: usualCustomerAnswerMs,
    wishesCallback: (call) => chanceOf(`${call} is called back`) < callbackShare,
  };
};

const answersOf = (calls: readonly RecordedCall[]): ReadonlyMap<AgentId, readonly number[]> => {
  const answers = new Map<AgentId, number[]>();
  for (const { phones } of calls)
    for (const { to, at, ended } of phones) {
      const agent = agentOf(to);
      if (agent === undefined || ended?.outcome !== 'accepted') continue;
      const known = answers.get(agent);
      if (known === undefined) answers.set(agent, [ended.at - at]);
      else known.push(ended.at - at);
    }
  return answers;
};

export const agentOf = (to: RungPhone['to']): AgentId | undefined =>
  to.startsWith('agent:') ? (to.slice('agent:'.length) as AgentId) : undefined;

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);

const median = (values: readonly number[]): number | undefined => values[Math.floor(values.length / 2)];

const drawn = (values: readonly number[], thrown: string): number | undefined =>
  values[Math.floor(chanceOf(thrown) * values.length)];

/** From 0 up to 1: always the same for the same text. */
export const chanceOf = (thrown: string): number => hash(thrown) / 2 ** 32;

/** FNV-1a, and the last mixing of MurmurHash3: 0 to 2³²−1. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};
