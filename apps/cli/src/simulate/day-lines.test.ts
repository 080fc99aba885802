import { syntheticDay } from '@cordboard/core';
import { describe, expect, test } from 'vitest';
import { DayUnreadable, dayOf, linesOf } from './day-lines.ts';
import { syntheticPolicy } from './synthetic-policy.ts';

const day = syntheticDay(syntheticPolicy(2), { calls: 20, agents: 2, seed: 1 });
const lines = [...linesOf(day)];

async function* each(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}
const refusal = async (texts: readonly string[]): Promise<string> => {
  const error = await dayOf('day.jsonl', each(texts)).catch((caught: unknown) => caught);
  return error instanceof DayUnreadable ? error.message : `not refused: ${JSON.stringify(error)}`;
};

describe('[F14] a day’s file', () => {
  test('holds the day, one call or happening a line', async () => {
    const read = await dayOf('day.jsonl', each(lines));
    expect(lines).toHaveLength(1 + day.calls.length + day.happenings.length);
    expect(JSON.parse(JSON.stringify(read.calls))).toMatchObject(JSON.parse(JSON.stringify(day.calls)));
    expect(read.until).toBe(day.until);
  });

  test('with a broken line is refused by file and line', async () => {
    const broken = lines.with(4, '{"is":"call",');
    expect(await refusal(broken)).toBe(
      'day.jsonl, line 5: this is no JSON: export the day again, or correct the line.',
    );
  });

  test('with a line that is not as it should be is refused by the field', async () => {
    const index = lines.findIndex((line) => line.startsWith('{"is":"call"'));
    const wrong = JSON.stringify({ ...JSON.parse(lines[index] ?? ''), ani: 12 });
    expect(await refusal(lines.with(index, wrong))).toMatch(new RegExp(`^day.jsonl, line ${index + 1}: .* at ani `));
  });

  test('without a beginning, with two, or of another format is refused', async () => {
    expect(await refusal([])).toMatch(/is empty/);
    expect(await refusal(lines.slice(1))).toMatch(/line 1: the file must begin/);
    expect(await refusal([...lines, lines[0] ?? ''])).toMatch(/a second day begins here/);
    expect(await refusal([(lines[0] ?? '').replace('"format":1', '"format":2')])).toMatch(/line 1: .* at format /);
  });
});
