import { expect, test } from 'vitest';
import { promptsOf, readPrompts } from './prompts.ts';

test('every prompt is said in both languages', async () => {
  const prompts = await readPrompts();
  const names = (language: string) => prompts.filter((each) => each.language === language).map((each) => each.name);
  expect(names('fr').sort()).toEqual(names('en').sort());
  expect(names('fr')).toContain('apology');
});

test.each([[{ '../up': 'No.' }], [{ fine: 'Two\nlines' }], [{ fine: 7 }], [['list']], [null]])(
  'refuses %j, which is no list of prompts',
  (content) => {
    expect(() => promptsOf('fr', content)).toThrow(/prompts\/fr\.json/);
  },
);
