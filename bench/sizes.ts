/** How much of each is measured. */
export interface Sizes {
  /** Calls on either side before anything counts. */
  readonly warmUp: number;
  /** How often either side is measured in turn. */
  readonly pairs: number;
  /** Decisions timed for each floor. */
  readonly decisions: number;
  /** Calls of one side of a pair, where each rings an idle agent, or is answered and no more. */
  readonly calls: number;
  /** Calls of one side of a pair in which the agent's voice is waited for. */
  readonly voices: number;
  /** How many wait while an agent comes free, and how often one does. */
  readonly waiting: number;
  readonly freed: number;
  /** How often a phone refuses, and how often it lets ring. */
  readonly refused: number;
  readonly unanswered: number;
  /** Agents and callers in line: floors of several sizes. */
  readonly floors: readonly (readonly [agents: number, waiting: number])[];
  /** The same with callers who hear nothing while they wait: more of them than Asterisk can play music to. */
  readonly stillFloors: readonly (readonly [agents: number, waiting: number])[];
  /** Pairs of these, which take long. */
  readonly floorPairs: number;
  readonly floorCalls: number;
  readonly floorFreed: number;
  /** The steady load at which processor time is counted: calls a second, and for how long, s. */
  readonly steady: { readonly rate: number; readonly seconds: number };
  /** The load is raised in these steps, calls a second, each for so long, s. */
  readonly steps: { readonly rates: readonly number[]; readonly seconds: number };
  /** Calls held in line, and talking, while memory is counted; the music is listened to for so long, s. */
  readonly held: { readonly waiting: number; readonly talking: number; readonly seconds: number };
  /** How many wallboards are open, and how many changes are timed. */
  readonly boards: readonly number[];
  readonly facts: number;
  readonly cards: number;
  /** How long the soak lasts, min. */
  readonly minutes: number;
  /** Of the soak, calls a second; half the knee that was found last when it is left out. */
  readonly rate?: number;
}

const usual: Sizes = {
  warmUp: 100,
  pairs: 3,
  decisions: 2000,
  calls: 40,
  voices: 25,
  waiting: 20,
  freed: 20,
  refused: 8,
  unanswered: 4,
  floors: [
    [10, 0],
    [50, 100],
    [200, 300],
  ],
  stillFloors: [[200, 1000]],
  floorPairs: 1,
  floorCalls: 30,
  floorFreed: 10,
  steady: { rate: 30, seconds: 10 },
  steps: { rates: [30, 60, 90, 120, 150, 180, 220, 260, 300], seconds: 6 },
  held: { waiting: 300, talking: 150, seconds: 5 },
  boards: [50, 200],
  facts: 300,
  cards: 100,
  minutes: 120,
};

const all: Sizes = {
  ...usual,
  pairs: 5,
  decisions: 5000,
  voices: 50,
  freed: 40,
  refused: 20,
  unanswered: 10,
  floors: [10, 50, 200].flatMap((agents) => [0, 100, 300].map((waiting) => [agents, waiting] as const)),
  floorPairs: 3,
  floorFreed: 20,
  steady: { rate: 30, seconds: 20 },
  steps: { ...usual.steps, seconds: 15 },
  held: { ...usual.held, seconds: 20 },
  facts: 1000,
  cards: 300,
};

const quick: Sizes = {
  warmUp: 20,
  pairs: 1,
  decisions: 300,
  calls: 10,
  voices: 10,
  waiting: 5,
  freed: 5,
  refused: 3,
  unanswered: 2,
  floors: [[10, 5]],
  stillFloors: [[10, 5]],
  floorPairs: 1,
  floorCalls: 5,
  floorFreed: 3,
  steady: { rate: 10, seconds: 3 },
  steps: { rates: [20, 40], seconds: 3 },
  held: { waiting: 30, talking: 10, seconds: 2 },
  boards: [10],
  facts: 50,
  cards: 10,
  minutes: 1,
};

export type Extent = 'quick' | 'usual' | 'all';

export const sizesOf = (extent: Extent): Sizes => ({ quick, usual, all })[extent];
