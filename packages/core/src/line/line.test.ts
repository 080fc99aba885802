import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallId } from '../ids.ts';
import { instant } from '../time.ts';
import { Line, type Place } from './line.ts';

const place = fc.record({
  who: fc.integer({ min: 0, max: 99 }).map((n) => `c${n}` as CallId),
  virtualArrival: fc.integer({ min: 0, max: 20 }).map(instant),
});
const places = fc.uniqueArray(place, { selector: ({ who }) => who, maxLength: 60 });

test('whoever enters when, the line stands in order of virtual arrival', () => {
  fc.assert(
    fc.property(places, (entering) => {
      const line = new Line();
      for (const each of entering) line.enter(each);
      const standing = [...line];
      expect(standing).toEqual(
        entering.toSorted((a, b) => a.virtualArrival - b.virtualArrival || (a.who < b.who ? -1 : 1)),
      );
      expect(standing.map((each) => line.position(each))).toEqual(standing.map((_, index) => index + 1));
    }),
  );
});

test('who leaves is gone, and nobody else moves', () => {
  fc.assert(
    fc.property(places, fc.nat(), (entering, which) => {
      const line = new Line();
      for (const each of entering) line.enter(each);
      const leaving = entering[which % Math.max(1, entering.length)];
      if (leaving === undefined) return;
      const left: Place[] = [...line].filter(({ who }) => who !== leaving.who);
      expect(line.leave(leaving)).toBe(true);
      expect(line.leave(leaving)).toBe(false);
      expect([...line]).toEqual(left);
    }),
  );
});
