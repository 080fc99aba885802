import type { Language } from '@cordboard/core';

/**
 * A number as the sounds that say it. Asterisk can say numbers itself (`number:3`), but then neither a request to stop nor
 * an agent's answer is heard before it has spoken to the end (res_stasis_playback.c: only sounds are controllable); a
 * sound stops at once. The words are those of its own grammar (say.c, ast_say_number_full_en and _fr).
 * @param number whole, from 0 to 999 999
 */
export const spokenNumber = (number: number, language: Language): readonly string[] =>
  number === 0 ? [word(0)] : grammar[language](number);

/** Above this a number is left to Asterisk: no queue is that long, and no wait. */
export const largestSpoken = 999_999;

const word = (name: number | string): string => `digits/${name}`;

const english = (number: number): readonly string[] => {
  if (number === 0) return [];
  if (number < 20) return [word(number)];
  if (number < 100) return [word(tens(number)), ...english(number % 10)];
  if (number < 1000) return [word(Math.floor(number / 100)), word('hundred'), ...english(number % 100)];
  return [...english(Math.floor(number / 1000)), word('thousand'), ...english(number % 1000)];
};

const french = (number: number): readonly string[] => {
  if (number === 0) return [];
  if (number < 21) return [word(number)];
  // Vingt et un, soixante et onze; but quatre-vingt-un.
  if (number < 80) {
    const base = number < 70 ? tens(number) : 60;
    const and = number % 10 === 1 ? [word('et')] : [];
    return [word(base), ...and, ...french(number - base)];
  }
  if (number < 100) return [word(80), ...french(number - 80)];
  // Cent, mille; not un cent, un mille.
  const [size, name] = number < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const many = Math.floor(number / size);
  return [...(many === 1 ? [] : french(many)), word(name), ...french(number % size)];
};

const tens = (number: number): number => number - (number % 10);

const grammar: Readonly<Record<Language, (number: number) => readonly string[]>> = { en: english, fr: french };
