import { alwaysOpen, crowd, Floor, rulesNumber, rulesPolicy } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { Customer } from '../../customer.ts';

const hours = ['day', 'night'] as const;
const callers = ['a stranger', 'a VIP', 'an open case'] as const;
const presences = ['ready', 'talking', 'paused', 'signed out'] as const;
const lengths = [0, crowd] as const;

/** Of a floor's clock, which stands at 17:06 in Paris. */
const office = { ...alwaysOpen, open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00' }] };
const nightFallsAfterMs = 3_600_000;

const customers: Readonly<Record<(typeof callers)[number], Customer | null>> = {
  'a stranger': null,
  'a VIP': { id: 'z', name: 'Zoë', segment: 'vip' },
  'an open case': { id: 'y', name: 'Yann', openCase: 'C-7' },
};

interface Cell {
  readonly hour: (typeof hours)[number];
  readonly caller: (typeof callers)[number];
  readonly presence: (typeof presences)[number];
  readonly length: number;
}

/** What an administrator would answer, read off the rules in their order. */
const expected = ({ hour, caller, presence, length }: Cell): string => {
  if (hour === 'night') return caller === 'a VIP' ? 'on-call' : 'closed';
  if (caller === 'a VIP') return 'vips';
  if (caller === 'an open case') return 'cases';
  if (presence === 'paused' || presence === 'signed out') return 'sales';
  return length >= crowd ? 'sales' : 'support';
};

/** Those who wait at support came when nobody could be asked, so that they wait whatever Ana does now. */
const floorOf = ({ hour, presence, length }: Cell): Floor => {
  const floor = new Floor(rulesPolicy({ calendars: { office } }));
  floor.signIn('ana');
  if (presence === 'talking') {
    const call = arrives(floor, null);
    floor.answers(call);
  } else if (length > 0)
    floor.handle({ type: 'PhoneReachable', at: floor.now, extension: '101' as never, reachable: false });
  for (let waiting = 0; waiting < length; waiting += 1) arrives(floor, null);
  if (presence === 'paused') floor.ask('ana', { to: 'pause', reason: 'lunch' });
  if (presence === 'signed out') floor.ask('ana', { to: 'sign-out' });
  if (hour === 'night') floor.after(nightFallsAfterMs);
  return floor;
};

const arrives = (floor: Floor, customer: Customer | null) => {
  const call = floor.arrive(rulesNumber);
  floor.happen(call, { type: 'CallerIdentified', customer, tookMs: 5 });
  return call;
};

const cells = hours.flatMap((hour) =>
  callers.flatMap((caller) =>
    presences.flatMap((presence) =>
      lengths.map((length): readonly [string, Cell] => {
        const cell = { hour, caller, presence, length };
        return [`by ${hour}, ${caller}, Ana ${presence}, ${length} waiting: ${expected(cell)}`, cell];
      }),
    ),
  ),
);

describe('[S15] where a call goes, by the hour, who calls, who is there, and how many wait', () => {
  test.each(cells)('%s', (_, cell) => {
    const floor = floorOf(cell);
    expect(floor.exchange.waitingIn('support' as never)).toHaveLength(cell.length);
    const call = arrives(floor, customers[cell.caller]);
    const state = floor.call(call);
    expect('node' in state ? state.node : undefined).toBe(expected(cell));
  });
});
