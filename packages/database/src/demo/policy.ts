import type { PolicyDocument } from '@cordboard/contracts';
import { byCustomer, duringHours, mainLine, ringing, straightTo, withPartner } from './flows.ts';
import { demoTrunk } from './people.ts';

type Queue = PolicyDocument['queues'][string];

const queue = (name: string, members: readonly string[], changes: Partial<Queue> = {}): Queue => ({
  name,
  members: [...members],
  strategy: 'longest-idle',
  boostMs: 60_000,
  ringForMs: 15_000,
  wrapUpMs: 10_000,
  pauseAfterMissed: 3,
  maxWaitMs: 600_000,
  music: 'default',
  announce: { everyMs: 20_000, position: true, wait: true },
  target: { answerWithinMs: 20_000, goal: 0.8 },
  shortAbandonMs: 5000,
  ...changes,
});

const timeZone = 'Europe/Paris';
const mainNumber = '+33170000010';
/** For fiction, as the numbers of the demo's customers are. */
const partnerNumber = '+33199009900';
const trunks = [demoTrunk.id];

/** What a fresh installation does with calls, until somebody publishes something else. */
export const demoPolicy: PolicyDocument = {
  timeZone,
  numbers: [
    { number: mainNumber, name: 'Main line', language: 'fr', flow: 'main' },
    { number: '+33170000012', name: 'Main line in English', language: 'en', flow: 'main-in-english' },
    { number: '+33170000011', name: 'Support', language: 'fr', flow: 'support' },
    { number: '+33170000013', name: 'Claims, in office hours', language: 'fr', flow: 'claims' },
    { number: '+33170000014', name: 'Customers', language: 'fr', flow: 'customers' },
    { number: '+33170000015', name: 'Returns, where one may wait', language: 'fr', flow: 'returns' },
    { number: '+33170000101', name: 'Ana’s phone', language: 'fr', flow: 'extension-101' },
  ],
  flows: {
    main: mainLine('Main line', 'fr'),
    'main-in-english': mainLine('Main line in English', 'en'),
    support: straightTo('Straight to support', 'support'),
    claims: duringHours('Claims in office hours', 'office', 'claims', 'duty'),
    customers: byCustomer('Customers', 'support', mainLine('Customers', 'fr')),
    returns: withPartner('Returns', 'returns', { number: partnerNumber, trunk: demoTrunk.id }),
    'extension-101': ringing('Ana’s phone', '101'),
  },
  queues: {
    support: queue('Support', ['ana', 'ben', 'chloe', 'david'], {
      priorityBySegment: { vip: 2, partner: 1 },
      alertSegments: ['vip'],
      treatments: [
        { segment: 'vip', music: 'morning-coffee' },
        { callsAtLeast: 3, music: 'simplicity' },
      ],
    }),
    sales: queue('Sales', ['david', 'emma', 'farid']),
    claims: queue('Claims', ['emma', 'farid'], { music: 'cold-day' }),
    returns: queue('Returns', ['farid'], { limits: { length: 1, waitMs: 120_000 } }),
  },
  rosters: {
    duty: {
      name: 'On call',
      order: [
        { extension: '101', forMs: 15_000 },
        { extension: '102', forMs: 15_000 },
      ],
      timeZone,
    },
  },
  switches: { night: { name: 'Night service', digits: '1' } },
  outbound: {
    country: 'FR',
    routes: [{ name: 'Everywhere', to: [], callerId: mainNumber, trunks }],
    emergency: { trunks, callerId: mainNumber },
    permissions: { roles: { office: ['internal', 'national', 'mobile'] }, everyone: 'office' },
  },
  calendars: {
    always: { timeZone, open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }], holidays: [] },
    office: {
      timeZone,
      closedBy: 'night',
      open: [
        { days: [1, 2, 3, 4], from: '09:00', to: '18:00' },
        { days: [5], from: '09:00', to: '17:00' },
      ],
      // Code du travail, article L3133-1.
      holidays: [
        ...['2026-11-01', '2026-11-11', '2026-12-25'],
        ...['2027-01-01', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-08', '2027-05-17'],
        ...['2027-07-14', '2027-08-15', '2027-11-01', '2027-11-11', '2027-12-25'],
      ],
    },
  },
};
