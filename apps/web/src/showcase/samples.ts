import type { Card } from '@cordboard/contracts';
import type { AgentView, CallView, QueueSnapshot } from '@cordboard/core';

/** Made-up people, queues and calls in every state that a component can show. */
const now = Date.now();
const ago = (ms: number) => (now - ms) as AgentView['since'];

const queue = (
  name: string,
  waitedMs: number | null,
  serviceLevel: number | null,
  members: Partial<QueueSnapshot['members']> = {},
): QueueSnapshot => ({
  id: name as QueueSnapshot['id'],
  name,
  target: { answerWithinMs: 20_000, goal: 0.8 },
  waiting: waitedMs === null ? 0 : 7,
  longest: waitedMs === null ? null : { call: 'one' as CallView['id'], since: ago(waitedMs) },
  members: { ready: 3, offered: 0, talking: 5, wrapUp: 1, paused: 1, signedOut: 2, ...members },
  today: {
    date: '2026-11-25',
    offered: 120,
    answered: serviceLevel === null ? 0 : 110,
    answeredWithin: serviceLevel === null ? 0 : Math.round(110 * serviceLevel),
    abandoned: serviceLevel === null ? 0 : 8,
    shortAbandoned: serviceLevel === null ? 0 : 2,
    overflowed: 2,
    turnedAway: 0,
    callbacks: 0,
    calledBack: 0,
    serviceLevel,
    serviceLevels: { general: serviceLevel, ofAnswered: serviceLevel, withAbandoned: serviceLevel },
    abandonRate: serviceLevel === null ? null : 0.06,
    asaMs: serviceLevel === null ? null : 14_000,
  },
});

const nobody = { ready: 0, offered: 0, talking: 0, wrapUp: 0 };
export const queues: readonly QueueSnapshot[] = [
  queue('Fine', 4000, 0.94),
  queue('Look', 31_000, 0.78),
  queue('Act', 161_000, 0.41),
  queue('Nobody there', 1000, 0.94, nobody),
  queue('Nothing yet', null, null),
  queue('A queue with a name that is rather long', 3_723_000, 0.81),
];

const agent = (name: string, state: AgentView['state'], changes: Partial<AgentView> = {}): AgentView => ({
  id: name as AgentView['id'],
  name,
  extension: '101' as AgentView['extension'],
  state,
  reason: null,
  since: ago(48_000),
  until: null,
  call: null,
  queue: null,
  reachable: true,
  ...changes,
});

export const agents: readonly AgentView[] = [
  agent('Ana Costa', 'offered'),
  agent('Ben Ngũgĩ', 'talking'),
  agent('Chloé Laurent', 'wrap-up', { until: (now + 40_000) as AgentView['since'] }),
  agent('Dan Okoye', 'ready'),
  agent('Elif Yıldız', 'ready', { reachable: false }),
  agent('Farid Benali', 'paused', { reason: 'lunch' }),
  agent('Gaëlle Morin', 'signed-out'),
];

const call = (place: CallView['place'], changes: Partial<CallView> = {}): CallView => ({
  id: `call-${place}-${changes.ani ?? ''}` as CallView['id'],
  from: 'trunk',
  direction: 'in',
  source: 'carrier',
  ani: '+33639981234',
  aniName: '',
  dnis: '+33170000010',
  language: 'fr',
  customer: null,
  place,
  since: ago(24_000),
  arrivedAt: ago(60_000),
  queue: null,
  queuedAt: null,
  agent: null,
  extension: null,
  answeredAt: null,
  onHold: false,
  heldSince: null,
  consulting: null,
  consultAnswered: false,
  third: null,
  policyVersion: 1,
  attributes: {},
  ...changes,
});

export const calls: readonly CallView[] = [
  call('menu'),
  call('waiting', { queuedAt: ago(9000) }),
  call('waiting', { ani: 'anonymous', queuedAt: ago(30_000) }),
  call('waiting', { ani: '+33639985678', aniName: 'MARTIN Z', queuedAt: ago(95_000) }),
  call('ringing', { queuedAt: ago(12_000) }),
  call('talking', { customer: { id: 'z', name: 'Zoë Martin', company: 'Atelier Martin', segment: 'vip' } }),
];

export const card: Card = {
  call: 'one' as CallView['id'],
  ani: '+33639981234',
  aniName: '',
  dnis: '+33170000010',
  queue: { id: 'support', name: 'Support' },
  waitedMs: 41_000,
  language: 'fr',
  path: ['2 → support'],
  attributes: {},
  customer: { id: 'z', name: 'Zoë Martin', company: 'Atelier Martin', segment: 'vip' },
  identified: true,
  transfer: null,
  lateByMs: 2400,
  history: [
    { call: 'a', at: now - 86_400_000, disposition: 'answered', queue: 'support', agent: 'ana', talkedMs: 192_000 },
    { call: 'b', at: now - 5 * 86_400_000, disposition: 'abandoned', queue: 'support', agent: null, talkedMs: 0 },
  ],
  openedAt: now,
};
