import { expect, test } from 'vitest';
import { instant } from '../time.ts';
import { localTime, openAt } from './hours.ts';

const office = {
  timeZone: 'Europe/Paris',
  open: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
  holidays: ['2026-12-25'],
  exceptions: [],
};
const at = (iso: string) => instant(Date.parse(iso));

test.each([
  ['2026-11-24T08:00:00Z', true],
  ['2026-11-24T07:59:59Z', false],
  ['2026-11-24T16:59:59Z', true],
  ['2026-11-24T17:00:00Z', false],
  ['2026-11-28T10:00:00Z', false],
  ['2026-12-25T10:00:00Z', false],
  // Summer time: nine in Paris is seven in UTC.
  ['2026-07-01T07:00:00Z', true],
  ['2026-07-01T06:59:00Z', false],
  // The night the clock goes back, 2026-10-25, is a Sunday; the Monday after opens at eight UTC again.
  ['2026-10-26T08:00:00Z', true],
  ['2026-10-26T07:30:00Z', false],
])('the office at %s: open is %s', (moment, open) => {
  expect(openAt(office, at(moment)).open).toBe(open);
});

test('a day that never ends is open at its last minute', () => {
  const always = {
    timeZone: 'UTC',
    open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
    holidays: [],
    exceptions: [],
  };
  expect(openAt(always, at('2026-11-24T23:59:59Z')).open).toBe(true);
});

test('midnight is 00:00, not 24:00', () => {
  expect(localTime('Europe/Paris', at('2026-11-23T23:00:00Z'))).toEqual({ date: '2026-11-24', day: 2, clock: '00:00' });
});

test('each minute has its own clock, and each zone, however they are asked in turn', () => {
  const told = ['2026-11-24T22:59:59.999Z', '2026-11-24T23:00:00Z', '2026-11-24T23:00:59.999Z', '2026-11-24T22:59:00Z'];
  const clocks = (timeZone: string) => told.map((iso) => localTime(timeZone, at(iso)));
  const [paris, kolkata] = ['Europe/Paris', 'Asia/Kolkata'].map(clocks);
  expect(paris?.map(({ date, day, clock }) => `${date} ${day} ${clock}`)).toEqual([
    '2026-11-24 2 23:59',
    '2026-11-25 3 00:00',
    '2026-11-25 3 00:00',
    '2026-11-24 2 23:59',
  ]);
  expect(kolkata?.map(({ clock }) => clock)).toEqual(['04:29', '04:30', '04:30', '04:29']);
  expect(localTime('Europe/Paris', at('2026-11-24T23:00:00Z')).clock).toBe('00:00');
  expect(localTime('Asia/Kolkata', at('2026-11-24T23:00:00Z')).clock).toBe('04:30');
});
