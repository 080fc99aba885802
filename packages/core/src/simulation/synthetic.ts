import type { Agent } from '../agent/agent.ts';
import type { AgentId, CallId, Extension } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import { type Instant, instant, later } from '../time.ts';
import { DayRecorder } from './record-day.ts';
import type { Day, Happening, RecordedCall } from './recording.ts';
import { simulate } from './simulate.ts';

export interface SyntheticOptions {
  readonly calls: number;
  readonly agents: number;
  readonly seed: number;
  /** How much of the agents' time is worked, ringing and after-call work included; enough for a line to form now and then. */
  readonly occupancy?: number;
}

/** From nine to seven. */
const lengthMs = 10 * 3_600_000;
const begins = instant(Date.UTC(2026, 10, 25, 8));
const meanPatienceMs = 90_000;
const usualOccupancy = 0.88;
const besidesTalkingMs = 20_000;

/**
 * A day that never was: callers by a number of the policy in a wave of morning and afternoon, agents who take breaks. Each
 * waits, talks and lets it ring for as long as chance has it; the same seed gives the same day.
 */
export const syntheticDay = (policy: Policy, options: SyntheticOptions): Day => {
  const invented = inventedDay(policy, options);
  const recorder = new DayRecorder(() => policy);
  simulate(invented, { policy, onFact: (fact) => recorder.take(fact) });
  return recorder.day();
};

const inventedDay = (policy: Policy, options: SyntheticOptions): Day => {
  const { calls, agents, seed, occupancy = usualOccupancy } = options;
  const chance = dice(seed);
  const meanTalkMs = Math.max(10_000, (occupancy * agents * lengthMs) / calls - besidesTalkingMs);
  const exponential = (mean: number): number => Math.round(-Math.log(1 - chance()) * mean);
  const names = Array.from({ length: agents }, (_, index) => `agent-${index + 1}` as AgentId);
  const staff = names.map(
    (id, index): Agent => ({
      id,
      name: id,
      extension: `${1001 + index}` as Extension,
      presence: { is: 'signed-out' },
      since: begins,
      idleSince: begins,
      missed: 0,
      reachable: true,
    }),
  );
  const happenings: Happening[] = names.flatMap((agent, index): readonly Happening[] => {
    const pause = later(begins, Math.round(lengthMs * (0.2 + 0.6 * chance())));
    return [
      { is: 'asked', at: later(begins, index), n: index, agent, request: { to: 'sign-in' } },
      { is: 'asked', at: pause, n: calls + index, agent, request: { to: 'pause', reason: 'break' } },
      { is: 'asked', at: later(pause, 900_000), n: calls + index, agent, request: { to: 'be-ready' } },
    ];
  });
  const numbers = policy.numbers.map(({ number }) => number);
  const arrivals = Array.from({ length: calls }, () => arrivalOf(chance)).toSorted((a, b) => a - b);
  return {
    opening: {
      at: begins,
      policy,
      agents: staff,
      phones: staff.map(({ extension }) => extension),
      switches: [],
      tickets: [],
    },
    happenings,
    calls: arrivals.map((at, index): RecordedCall => {
      const id = `c${Math.floor(begins / 1000)}-${index + 1}` as CallId;
      return {
        at,
        n: index,
        id,
        from: 'trunk',
        source: 'carrier',
        ani: `+336399${String(80_000 + (index % 10_000))}`,
        dnis: numbers[Math.floor(chance() * numbers.length)] ?? '',
        visits: [],
        phones: [],
        talks: [
          {
            since: at,
            at: later(at, 5000 + exponential(meanTalkMs)),
            n: 0,
            endedBy: chance() < 0.7 ? 'caller' : 'agent',
          },
        ],
        left: { since: at, at: later(at, 3000 + exponential(meanPatienceMs)), n: 0, from: 'queue' },
        knocks: [],
        decided: [],
      };
    }),
    until: later(begins, lengthMs),
  };
};

/** Twice as many at the two heights of the day as at its ends. */
const arrivalOf = (chance: () => number): Instant => {
  for (;;) {
    const share = chance();
    const height = 0.5 + 0.5 * Math.sin(2 * Math.PI * share - Math.PI / 2) ** 2;
    if (chance() < height) return later(begins, 60_000 + Math.round(share * (lengthMs - 120_000)));
  }
};

/** mulberry32: 0 to 1. */
const dice = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
};
