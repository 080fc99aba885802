import { anOutbound } from '@cordboard/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutsideNumber } from '../ids.ts';
import { callClasses, type Outbound } from '../policy/outbound.ts';
import { instant } from '../time.ts';
import { nextTrunk, type OutboundWish, planOutbound, type ReadNumber } from './outbound.ts';

const read: ReadNumber = { number: '+33612345678' as OutsideNumber, country: 'FR', line: 'mobile' };
const unread: OutboundWish = {
  dialled: '0612345678',
  allowed: callClasses,
  language: 'fr',
  skills: {},
  at: instant(Date.UTC(2026, 10, 25, 10)),
};
const wish: OutboundWish = { ...unread, read };
const rulesOf = (outbound: Outbound) => ({
  outbound,
  calendars: {
    office: {
      timeZone: 'Europe/Paris',
      open: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
      holidays: ['2026-12-25'],
      exceptions: [],
    },
  },
  isOn: () => false,
});
const route = { to: [], skills: {}, callerId: '+33170000010', trunks: ['alpha'] };
const dayAndNight = rulesOf(
  anOutbound([], {
    routes: [
      { ...route, name: 'day', calendar: 'office' },
      { ...route, name: 'night', callerId: '+33170000020', trunks: ['beta'] },
    ],
  }),
);

test('[S35] the same number leaves by day and by night by different trunks and as different numbers', () => {
  expect(planOutbound(wish, dayAndNight)).toMatchObject({ trunks: ['alpha'], callerId: '+33170000010' });
  const atNight = { ...wish, at: instant(Date.UTC(2026, 10, 25, 20)) };
  expect(planOutbound(atNight, dayAndNight)).toMatchObject({
    trunks: ['beta'],
    callerId: '+33170000020',
    because: 'day: closed: day 3, 21:00 local time; night: fits',
  });
  const onHoliday = { ...wish, at: instant(Date.UTC(2026, 11, 25, 10)) };
  expect(planOutbound(onHoliday, dayAndNight)).toMatchObject({ trunks: ['beta'] });
});

test('a number is called by the route of its country, of the call’s language, of what the agent can do', () => {
  const rules = rulesOf(
    anOutbound([], {
      routes: [
        { ...route, name: 'britain', to: ['+44'] },
        { ...route, name: 'english', language: 'en' },
        { ...route, name: 'claims', skills: { claims: 5 } as never },
      ],
    }),
  );
  const british: ReadNumber = { number: '+447400123456' as OutsideNumber, country: 'GB', line: 'mobile' };
  expect(planOutbound({ ...wish, read: british }, rules)).toMatchObject({ route: 'britain', class: 'international' });
  expect(planOutbound({ ...wish, language: 'en' }, rules)).toMatchObject({ route: 'english' });
  expect(planOutbound({ ...wish, skills: { claims: 7 } as never }, rules)).toMatchObject({ route: 'claims' });
  expect(planOutbound(wish, rules)).toBe('no-route');
});

test('what is dear, or of which nothing is known, needs the dearest permission', () => {
  const rules = rulesOf(anOutbound(['alpha']));
  const allowed = ['national', 'mobile', 'international'] as const;
  for (const line of ['premium', 'unknown'] as const)
    expect(planOutbound({ ...wish, allowed, read: { ...read, line } }, rules)).toBe('not-permitted');
  for (const line of ['fixed', 'mobile', 'other'] as const)
    expect(planOutbound({ ...wish, allowed, read: { ...read, line } }, rules)).toMatchObject({
      number: '+33612345678',
    });
});

test('nobody is ever kept from calling for help, whatever they may do and whatever the hour', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('112', '15', '17', '18'),
      fc.subarray([...callClasses]),
      fc.integer({ min: 0, max: 4e12 }),
      (dialled, allowed, at) => {
        const plan = planOutbound({ ...unread, dialled, allowed, at: instant(at) }, rulesOf(anOutbound(['alpha'])));
        expect(plan).toMatchObject({ class: 'emergency', number: dialled, trunks: ['alpha'] });
      },
    ),
  );
});

test('nothing leaves as a number that has not been read as one', () => {
  fc.assert(
    fc.property(fc.string(), (dialled) => {
      const plan = planOutbound({ ...unread, dialled }, rulesOf(anOutbound(['alpha'])));
      if (!['112', '15', '17', '18'].includes(dialled)) expect(plan).toBe('not-a-number');
    }),
  );
});

test('every trunk is tried once: those that can carry a call in order, then those that seem down, full ones never', () => {
  const known = fc.constantFrom({}, { full: 3 }, { down: 'does not answer' });
  fc.assert(
    fc.property(fc.array(known, { maxLength: 6 }), fc.boolean(), (states, isForHelp) => {
      const trunks = states.map((_, index) => `t${index}`);
      const now = (trunk: string) => states[Number(trunk.slice(1))] ?? {};
      const tried: string[] = [];
      for (let left: readonly string[] = trunks; left.length > 0; ) {
        const choice = nextTrunk(left, now, isForHelp);
        if (choice.trunk === undefined) break;
        tried.push(choice.trunk);
        left = choice.left;
      }
      const usable = trunks.filter((trunk) => isForHelp || !('full' in now(trunk)));
      const up = usable.filter((trunk) => !('down' in now(trunk)));
      expect(tried.slice(0, up.length)).toEqual(up);
      expect(tried.toSorted()).toEqual(usable.toSorted());
    }),
  );
});
