import {
  type AgentId,
  type Calendar,
  callClasses,
  type Extension,
  type Flow,
  type FlowId,
  type FlowNode,
  type Member,
  type NodeId,
  type Outbound,
  type Policy,
  type Queue,
  type QueueId,
} from '@cordboard/core';

/** A small house: one number, one menu, two queues. Each part can be replaced. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  version: 1,
  timeZone: 'Europe/Paris',
  numbers: [
    { number: '+33170000010', name: 'Main', language: 'fr', flow: 'main' as FlowId },
    { number: '+33170000011', name: 'Support', language: 'fr', flow: 'straight' as FlowId },
    { number: '+33170000101', name: 'Ana', language: 'en', flow: 'ana' as FlowId },
  ],
  flows: flows({
    main: aFlow('hours', {
      hours: { kind: 'hours', calendar: 'office', open: 'welcome' as NodeId, closed: 'closed' as NodeId },
      welcome: { kind: 'say', sounds: ['cordboard/welcome'], next: 'menu' as NodeId },
      menu: {
        kind: 'menu',
        sounds: ['cordboard/menu-main'],
        choices: { '1': 'sales' as NodeId, '2': 'support' as NodeId },
        tries: 3,
        waitMs: 5000,
        invalidSounds: ['cordboard/invalid'],
        noInputSounds: ['cordboard/no-input'],
        otherwise: 'support' as NodeId,
      },
      sales: { kind: 'queue', queue: 'sales' as QueueId, priority: 0 },
      support: { kind: 'queue', queue: 'support' as QueueId, priority: 0 },
      closed: { kind: 'say', sounds: ['cordboard/closed'], next: 'end' as NodeId },
      end: { kind: 'hangup' },
    }),
    straight: aFlow('support', { support: { kind: 'queue', queue: 'support' as QueueId, priority: 0 } }),
    ana: aFlow('ring', {
      ring: { kind: 'ring', extension: '101' as Extension, forMs: 20_000, noAnswer: 'sorry' as NodeId },
      sorry: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: 'end' as NodeId },
      end: { kind: 'hangup' },
    }),
  }),
  queues: {
    ['support' as QueueId]: aQueue({ name: 'Support' }),
    ['sales' as QueueId]: aQueue({ name: 'Sales', members: ['ben'] as AgentId[] }),
  },
  calendars: { office: always },
  switches: {},
  lists: {},
  rosters: {},
  skills: {},
  agents: {},
  ...changes,
});

/** Everybody may call everywhere, over these trunks. */
export const anOutbound = (trunks: readonly string[], changes: Partial<Outbound> = {}): Outbound => ({
  country: 'FR',
  routes: [{ name: 'all', to: [], skills: {}, callerId: '+33170000010', trunks }],
  emergency: { numbers: ['112', '15', '17', '18'], trunks, callerId: '+33170000010' },
  permissions: { roles: { all: callClasses }, everyone: 'all', agents: {}, phones: {} },
  channels: {},
  ringForMs: 20_000,
  ...changes,
});

const always: Calendar = {
  timeZone: 'Europe/Paris',
  open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
  holidays: [],
  exceptions: [],
};

/** A queue's parts as a test likes to write them. */
export interface QueueChanges extends Partial<Omit<Queue, 'members' | 'limits' | 'callback'>> {
  readonly members?: readonly (string | Member)[];
  readonly limits?: Partial<Queue['limits']>;
  readonly maxWaitMs?: number;
  readonly callback?: Partial<Queue['callback']>;
}

export const aQueue = ({ members, limits, maxWaitMs, callback, ...changes }: QueueChanges = {}): Queue => ({
  name: 'Queue',
  members: (members ?? ['ana', 'ben', 'chloe']).map((member) =>
    typeof member === 'string' ? { agent: member as AgentId, penalty: 0 } : member,
  ),
  requires: {},
  relax: [],
  weight: 0,
  priorityBySegment: {},
  alertSegments: ['vip'],
  restAfterMissedMs: 0,
  limits: { length: 0, expectedWaitMs: 0, waitMs: maxWaitMs ?? 0, ...limits },
  treatments: [],
  messages: { everyMs: 0, sounds: [] },
  callback: {
    order: 'agent-first',
    trunks: ['demo'],
    callerId: '+33170000011',
    ringForMs: 30_000,
    attempts: 3,
    backOffMs: 300_000,
    ...callback,
  },
  strategy: 'longest-idle',
  boostMs: 60_000,
  ringForMs: 15_000,
  wrapUpMs: 10_000,
  pauseAfterMissed: 2,
  music: 'default',
  announce: { everyMs: 15_000, position: true, wait: false },
  target: { answerWithinMs: 20_000, goal: 0.8 },
  shortAbandonMs: 5000,
  ...changes,
});

export const aFlow = (start: string, nodes: Record<string, FlowNode>): Flow => ({
  name: start,
  start: start as NodeId,
  nodes: nodes as Flow['nodes'],
});

export const flows = (named: Record<string, Flow>): Policy['flows'] => named as Policy['flows'];
