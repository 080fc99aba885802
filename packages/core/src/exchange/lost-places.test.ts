import { Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { QueueId } from '../ids.ts';

const support = '+33170000011';
const queue = 'support' as QueueId;

/** Ana talks, two wait in line, and Asterisk is gone with all of them; a while later somebody else comes first. */
const setUp = () => {
  const floor = new Floor().signIn('ana');
  const talking = floor.arrive(support, { ani: '+33639980001' });
  floor.after(3000).answers(talking);
  const first = floor.after(1000).arrive(support, { ani: '+33639980002' });
  const second = floor.after(1000).arrive(support, { ani: '+33639980003' });
  for (const call of [talking, first, second]) floor.happen(call, { type: 'LostWithAsterisk' });
  floor.ask('ana', { to: 'pause', reason: 'break' });
  const between = floor.after(30_000).arrive(support, { ani: '+33639980009' });
  return { floor, talking, first, second, between };
};
const inLine = (floor: Floor): readonly string[] => floor.exchange.waitingIn(queue);

describe('whoever was cut off when Asterisk died', () => {
  test('stands where they stood when they ring again, and is told of as such', () => {
    const { floor, between } = setUp();
    const second = floor.after(5000).arrive(support, { ani: '+33639980003' });
    const first = floor.after(5000).arrive(support, { ani: '+33639980002' });
    expect(inLine(floor)).toEqual([first, second, between]);
    expect(floor.facts).toContainEqual(
      expect.objectContaining({
        type: 'CallQueued',
        call: first,
        position: 1,
        because: 'the call was lost 40 s ago: in the place that it had',
      }),
    );
  });

  test('is told of as lost, not as somebody who has given up or hung up; whom they talked with is free', () => {
    const { floor, talking, first } = setUp();
    const told = (call: string) =>
      floor.facts.filter((fact) => 'call' in fact && fact.call === call && /Ended|Left/.test(fact.type));
    expect(told(first)).toMatchObject([
      { type: 'QueueLeft', outcome: 'lost' },
      { type: 'CallEnded', disposition: 'lost', endedBy: 'system' },
    ]);
    expect(told(talking).at(-1)).toMatchObject({ type: 'CallEnded', disposition: 'answered', endedBy: 'system' });
    expect(floor.agent('ana').engaged).toBeUndefined();
  });

  test('has the place once, and no longer than ten minutes', () => {
    const { floor, between } = setUp();
    const first = floor.arrive(support, { ani: '+33639980002' });
    const again = floor.arrive(support, { ani: '+33639980002' });
    expect(inLine(floor)).toEqual([first, between, again]);
    const late = floor.after(600_000).arrive(support, { ani: '+33639980003' });
    expect(inLine(floor).at(-1)).toBe(late);
  });

  test('has no place when they had hung up themselves, or show no number', () => {
    const floor = new Floor();
    const left = floor.arrive(support, { ani: '+33639980002' });
    floor.callerHangsUp(left);
    const unknown = floor.after(1000).arrive(support, { ani: '' });
    floor.happen(unknown, { type: 'LostWithAsterisk' });
    const between = floor.after(1000).arrive(support, { ani: '+33639980009' });
    const others = ['+33639980002', ''].map((ani) => floor.after(1000).arrive(support, { ani }));
    expect(inLine(floor)).toEqual([between, ...others]);
  });
});
