import { Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { AgentId } from '../ids.ts';
import { instant } from '../time.ts';

const support = '+33170000011';
const ana = 'ana' as AgentId;
const timeRuns = (floor: Floor, ms: number): void => {
  floor.after(ms).handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: ana });
};
const today = (floor: Floor) => floor.board.agentToday(ana, floor.now);

describe('[S73] how busy an agent is', () => {
  test('is the share of talk and after-call work in the time at work; ringing is waiting, a pause is no work', () => {
    const floor = new Floor().after(60_000);
    floor.ask('ana', { to: 'sign-in' });
    floor.after(30_000);
    const call = floor.arrive(support);
    floor.after(5000).answers(call);
    floor.after(40_000).callerHangsUp(call);
    timeRuns(floor, 10_000);
    floor.after(15_000).ask('ana', { to: 'pause', reason: 'lunch' });
    floor.after(3_600_000);
    expect(today(floor)).toEqual({
      date: '2025-06-15',
      handlingMs: 50_000,
      availableMs: 100_000,
      occupancy: 0.5,
    });
  });

  test('counts what goes on now', () => {
    const floor = new Floor();
    floor.ask('ana', { to: 'sign-in' });
    const call = floor.arrive(support);
    floor.answers(call);
    floor.after(20_000);
    expect(today(floor)).toMatchObject({ handlingMs: 20_000, availableMs: 20_000, occupancy: 1 });
  });

  test('begins anew at local midnight: of a conversation across it, the part after it counts', () => {
    const floor = new Floor();
    floor.now = instant(Date.parse('2026-03-10T23:59:30+01:00'));
    floor.ask('ana', { to: 'sign-in' });
    const call = floor.arrive(support);
    floor.answers(call);
    floor.after(45_000).callerHangsUp(call);
    timeRuns(floor, 10_000);
    floor.after(5000);
    expect(today(floor)).toEqual({ date: '2026-03-11', handlingMs: 25_000, availableMs: 30_000, occupancy: 25 / 30 });
  });

  test('is nothing for who has not come to work', () => {
    const floor = new Floor().after(10_000);
    expect(today(floor)).toMatchObject({ handlingMs: 0, availableMs: 0, occupancy: null });
    expect(floor.board.agentToday('nobody' as AgentId, floor.now)).toBeUndefined();
  });
});
