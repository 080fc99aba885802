import type { Candidate, Decision, WrittenDecision } from '../fact/decision.ts';
import type { AgentId } from '../ids.ts';

/**
 * How the candidates of a decision are written down: of two hundred agents as little as can be, since each reader of the
 * facts reads it, and hardly anybody asks. One after another, apart by `;`, each `agent|name|reason|idle ms|score`:
 * who was not ranked has no score; of who was ranked and not chosen the reason is left out, since the scores tell it.
 */
export const writeCandidates = (candidates: readonly Candidate[]): string => candidates.map(writeCandidate).join(';');

/** Everybody who was considered. Old facts hold them one by one, as they were written once. */
export const candidatesOf = ({ candidates, criteria }: WrittenDecision): readonly Candidate[] => {
  if (typeof candidates !== 'string') return candidates;
  if (candidates === '') return [];
  const read = candidates.split(';').map(readCandidate);
  const best = read.find(({ chosen }) => chosen)?.score;
  return read.map((each) =>
    each.score === undefined || each.chosen ? each : { ...each, reason: againstReason(each.score, best, criteria) },
  );
};

/** The same decision, of which nothing is told but what it says of this one. */
export const decisionAbout = (decision: WrittenDecision, agent: AgentId): WrittenDecision => {
  const { candidates } = decision;
  if (typeof candidates !== 'string')
    return { ...decision, candidates: candidates.filter((candidate) => candidate.agent === agent) };
  const all = `;${candidates};`;
  const start = all.indexOf(`;${escaped(agent)}|`) + 1;
  return { ...decision, candidates: start === 0 ? '' : all.slice(start, all.indexOf(';', start)) };
};

/** With everybody who was considered, for whoever asks why. */
export const wholeDecision = (decision: WrittenDecision): Decision => ({
  ...decision,
  candidates: candidatesOf(decision),
});

/** The first thing compared in which the best was better. */
const againstReason = (
  score: readonly number[],
  best: readonly number[] | undefined,
  criteria: readonly string[] | undefined,
): string => {
  const index = score.findIndex((value, at) => value !== best?.[at]);
  const [mine, theirs] = [score[index] ?? 0, best?.[index] ?? 0];
  switch (criteria?.[index]) {
    case 'offered before':
      return `free, but has been offered this caller ${times(mine)}, not ${times(theirs)}`;
    case 'penalty':
      return `free, but penalty ${mine} > ${theirs}`;
    case 'minus ms idle':
      return `free, but idle for only ${seconds(-mine)}`;
    case 'calls taken':
      return `free, but has taken ${mine} calls, not ${theirs}`;
    case 'last turn':
      return 'free, but had a turn since';
    case 'place in the list':
      return `free, but place ${mine + 1} in the list, not ${theirs + 1}`;
    case 'dice':
      return 'free, but the dice fell otherwise';
    case 'minus levels':
      return `free, but levels ${-mine} < ${-theirs}`;
    default:
      return 'free and equal, but later by name';
  }
};

const writeCandidate = ({ agent, name, chosen, reason, idleMs, score }: Candidate): string => {
  const who = `${escaped(agent)}|${escaped(name)}|`;
  if (score === undefined) return `${who}${escaped(reason)}|${idleMs ?? ''}|`;
  return `${who}${chosen ? escaped(reason) : ''}|${idleMs}|${score.join()}`;
};

const readCandidate = (text: string): Candidate => {
  const [agent = '', name = '', reason = '', idle = '', score = ''] = text.split('|');
  const told = {
    agent: plain(agent) as AgentId,
    name: plain(name),
    chosen: reason !== '' && score !== '',
    reason: plain(reason),
    idleMs: idle === '' ? null : Number(idle),
  };
  return score === '' ? told : { ...told, score: score.split(',').map(Number) };
};

/** What keeps candidates apart, where a name holds it. */
const apart = /[%;|]/;
const escaped = (text: string): string =>
  apart.test(text) ? text.replaceAll('%', '%25').replaceAll(';', '%3B').replaceAll('|', '%7C') : text;
const plain = (text: string): string =>
  text.includes('%') ? text.replaceAll('%7C', '|').replaceAll('%3B', ';').replaceAll('%25', '%') : text;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
