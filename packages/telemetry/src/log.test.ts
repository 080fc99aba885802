import { afterEach, expect, test, vi } from 'vitest';
import { createLogger, type LogOptions } from './log.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** What a log with these options writes for one line. */
const written = (options: Partial<LogOptions>, fields: object): Record<string, unknown> => {
  let line = '';
  const write = (text: string) => {
    line += text;
  };
  const log = createLogger({ name: 'stasis', ...options, to: { write } });
  log.info(fields, 'call arrived');
  return JSON.parse(line) as Record<string, unknown>;
};

test('a line is a sentence and its facts, with the level in words and a date that sorts', () => {
  expect(written({}, { callId: 'c1' })).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    name: 'stasis',
    callId: 'c1',
    msg: 'call arrived',
  });
});

test('what belongs to a person is hidden unless asked for', () => {
  const fields = { pii: { ani: '+33612345678' }, caller: { pii: { name: 'Zoé' } } };
  expect(JSON.stringify(written({}, fields))).not.toMatch(/33612345678|Zoé/);
  expect(written({ personalData: 'shown' }, fields)).toMatchObject(fields);
});

test('an error is told with its name, its message and where it came from', () => {
  expect(written({}, { err: new RangeError('too long') })).toMatchObject({
    err: { type: 'RangeError', message: 'too long', stack: expect.stringContaining('log.test') },
  });
});

test('what is below the level is not written', () => {
  expect(() => written({ level: 'warn' }, {})).toThrow(SyntaxError);
});

test('what goes wrong for everybody at once is a few lines, and one that says how many more there were', () => {
  vi.useFakeTimers();
  const lines: Record<string, unknown>[] = [];
  const to = { write: (text: string) => lines.push(JSON.parse(text) as Record<string, unknown>) };
  const log = createLogger({ name: 'stasis', to }).child({ part: 'hands' });
  for (let call = 0; call < 800; call += 1) log.warn({ callId: `c${call}`, err: new Error('gone') }, 'command failed');
  for (let call = 0; call < 20; call += 1) log.info({ callId: `c${call}` }, 'call arrived');
  expect(lines.filter(({ msg }) => msg === 'call arrived')).toHaveLength(20);
  expect(lines.filter(({ msg }) => msg === 'command failed').map(({ callId }) => callId)).toEqual([
    'c0',
    'c1',
    'c2',
    'c3',
    'c4',
  ]);
  vi.advanceTimersByTime(1100);
  expect(lines.at(-1)).toMatchObject({
    level: 'warn',
    part: 'hands',
    msg: 'command failed (795 more)',
    like: 'command failed',
    leftOut: 795,
  });
  log.warn('command failed');
  expect(lines.at(-1)).toMatchObject({ msg: 'command failed' });
});
