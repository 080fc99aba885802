import { expect, test } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { inWords, pauseReason } from './phrases.ts';

/** Every sentence of a catalogue, by the path to it; functions are told what they would be told. */
const sentences = (part: unknown, path = ''): readonly (readonly [string, string])[] => {
  if (part instanceof RegExp) return [];
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return [[path, String(part(2, 3, 4, 5))]];
  return Object.entries(part as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
};

test('no sentence is empty, in either language', () => {
  for (const catalogue of [en, fr])
    for (const [path, sentence] of sentences(catalogue)) expect(sentence.trim(), path).not.toBe('');
});

test('French is French: what reads the same in both is a name', () => {
  const french = new Map(sentences(fr));
  const same = sentences(en).filter(([path, sentence]) => /\p{L}{3}/u.test(sentence) && french.get(path) === sentence);
  expect(same.map(([, sentence]) => sentence)).toEqual(
    expect.arrayContaining(['Cordboard', 'Console', 'Agents', 'Segment', 'Notes']),
  );
  expect(new Set(same.map(([, sentence]) => sentence))).toEqual(
    new Set(['Cordboard', 'Console', 'Agents', 'Agent', 'Segment', 'Site', 'Notes', 'Trunks', 'Pause', 'Version 2']),
  );
});

test('French punctuation never begins a line', () => {
  for (const [path, sentence] of sentences(fr)) expect(sentence, path).not.toMatch(/ [:;!?%»]|« /);
});

test('agents’ states have the names that the field knows', () => {
  expect(Object.values(fr.states)).toEqual(['Hors ligne', 'Disponible', 'Sonne', 'En appel', 'Post-appel', 'En pause']);
});

test.each([
  ['200 calls, limit 200', '200 appels, limite 200'],
  ['new calls noticed 450 ms late, limit 150 ms', 'nouveaux appels vus avec 450 ms de retard, limite 150 ms'],
  ['load of Asterisk 4.26, limit 4', 'charge d’Asterisk 4,26, limite 4'],
  ['pressed 2', 'touche 2'],
  ['pressed 7, which is no choice, 3 tries', 'touche 7, qui n’est pas proposée, 3 fois'],
  ['no key pressed, 3 tries', 'aucune touche, 3 fois'],
  ['Main (+33170000010) dialled', 'Main (+33170000010) a été composé'],
  ['extension 101 dialled', 'le poste 101 a été composé'],
  ['extension 101: no-answer', 'poste 101\u00a0: pas de réponse'],
  ['extension 101 is on another call', 'le poste 101 est déjà en appel'],
  ['open: day 3, 14:05 is between 09:00 and 18:00', 'ouvert\u00a0: mercredi, 14:05, entre 09:00 et 18:00'],
  ['closed: day 7, 03:10 local time', 'fermé\u00a0: dimanche, 03:10'],
  ['closed: 2026-12-25 is a holiday', 'fermé\u00a0: le 2026-12-25 est férié'],
  ['idle longest, 3.0 s', 'libre depuis le plus longtemps, 3,0 s'],
  ['free, but idle for only 1.2 s', 'libre, mais depuis 1,2 s seulement'],
  ['paused: lunch', 'en pause (Déjeuner)'],
  ['in wrap-up for 9 s more', 'en post-appel pour encore 9 s'],
  ['is on another call', 'en appel'],
  ['said', 'l’annonce était finie'],
  ['next in turn', 'son tour est venu'],
  ['skill en 3 < 5', 'compétence en\u00a0: 3 au lieu de 5'],
  ['free, but penalty 2 > 0', 'libre, mais pénalité 2 > 0'],
  ['12 wait for Support, and no more may', 'Support\u00a0: 12 en attente, la file est pleine'],
  ['Support is closed: 2026-12-25 is a holiday', 'Support\u00a0: fermé\u00a0: le 2026-12-25 est férié'],
  ['pressed 1 while waiting', 'touche 1 pendant l’attente'],
])('a reason of call control’s, “%s”, is told in French', (reason, told) => {
  expect(inWords(fr, reason)).toBe(told);
});

test('a reason that nobody foresaw is shown as it came', () => {
  expect(inWords(fr, 'the moon is full')).toBe('the moon is full');
  expect(inWords(fr, 'outcomes')).toBe('outcomes');
  expect(pauseReason(fr, 'dentist')).toBe('dentist');
});
