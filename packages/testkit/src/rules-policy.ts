import type { Calendar, Extension, FlowNode, NodeId, Policy, QueueId } from '@cordboard/core';
import { aFlow, aPolicy, aQueue, flows } from './policy.ts';

/** The number whose callers go by the hour, by who they are, by who is there, and by how many wait. */
export const rulesNumber = '+33170000060';
/** So many who wait for support are a crowd. */
export const crowd = 2;

/**
 * A house with rules, each with the name that a supervisor reads: at night a VIP reaches who is on call (102, then 103),
 * anybody else a closing message and then a mailbox. By day VIPs, open cases and, when nobody is at support or too many
 * wait there, all others have lines of their own.
 */
export const rulesPolicy = (changes: Partial<Policy> = {}): Policy =>
  aPolicy({
    numbers: [{ number: rulesNumber, name: 'Rules', language: 'fr', flow: 'rules' as never }],
    flows: flows({ rules: aFlow('who', nodes) }),
    queues: {
      [queue('support')]: calm('Support', 'ana'),
      [queue('vips')]: calm('VIPs', 'ben'),
      [queue('cases')]: calm('Open cases', 'chloe'),
      [queue('sales')]: calm('Sales', 'chloe'),
    },
    calendars: { office: alwaysOpen },
    rosters: {
      duty: {
        name: 'On call',
        order: [
          { extension: '102' as Extension, forMs: 2000 },
          { extension: '103' as Extension, forMs: 5000 },
        ],
        weeks: {},
        timeZone: 'Europe/Paris',
      },
    },
    ...changes,
  });

export const alwaysOpen: Calendar = {
  timeZone: 'Europe/Paris',
  open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
  holidays: [],
  exceptions: [],
};
export const neverOpen: Calendar = { ...alwaysOpen, open: [] };

const node = (id: string): NodeId => id as NodeId;
const queue = (id: string): QueueId => id as QueueId;

const calm = (name: string, member: string) =>
  aQueue({
    name,
    members: [member],
    ringForMs: 3000,
    wrapUpMs: 0,
    pauseAfterMissed: 0,
    announce: { everyMs: 0, position: false, wait: false },
  });

const isVip = { fact: 'customer.segment', is: 'equals', value: 'vip' } as const;

const nodes: Record<string, FlowNode> = {
  who: { kind: 'identify', waitMs: 3000, known: node('hours'), unknown: node('hours'), slow: node('hours') },
  hours: { kind: 'hours', calendar: 'office', open: node('rules'), closed: node('night') },
  night: {
    kind: 'branch',
    cases: [{ name: 'VIPs reach who is on call', when: isVip, to: node('on-call') }],
    otherwise: node('closed'),
  },
  'on-call': { kind: 'on-call', roster: 'duty', noAnswer: node('closed') },
  closed: { kind: 'say', sounds: ['cordboard/closed'], next: node('message') },
  message: { kind: 'voicemail', box: 'night', sounds: [], maxMs: 30_000, silenceMs: 2000, next: node('end') },
  rules: {
    kind: 'branch',
    cases: [
      { name: 'VIPs have a line of their own', when: isVip, to: node('vips') },
      {
        name: 'Open cases go to who knows them',
        when: { fact: 'customer.open-case', is: 'present' },
        to: node('cases'),
      },
      {
        name: 'Nobody is at support',
        when: { fact: 'queue:support.members', is: 'at-most', value: 0 },
        to: node('sales'),
      },
      {
        name: 'Support is crowded',
        when: { fact: 'queue:support.length', is: 'at-least', value: crowd },
        to: node('sales'),
      },
    ],
    otherwise: node('support'),
  },
  support: { kind: 'queue', queue: queue('support'), priority: 0 },
  vips: { kind: 'queue', queue: queue('vips'), priority: 1 },
  cases: { kind: 'queue', queue: queue('cases'), priority: 0 },
  sales: { kind: 'queue', queue: queue('sales'), priority: 0 },
  end: { kind: 'hangup' },
};
