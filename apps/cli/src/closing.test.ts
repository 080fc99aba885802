import { expect, test } from 'vitest';
import { openClosing } from './closing.ts';

test('undoes the last thing first, each once', async () => {
  const undone: string[] = [];
  const closing = openClosing();
  for (const name of ['redis', 'postgres', 'asterisk'])
    closing.add(async () => {
      undone.push(name);
    });
  await Promise.all([closing.close(), closing.close()]);
  expect(undone).toEqual(['asterisk', 'postgres', 'redis']);
});
