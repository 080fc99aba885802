import type { Words } from './language.ts';

type Say = (words: Words['phrases'], found: readonly string[], words2: Words) => string;

/** How call control puts its reasons, and what the pages say instead, in the reader's language. */
const known: readonly (readonly [RegExp, Say])[] = [
  [/^pressed (.), which is no choice$/, (say, [, key = '']) => say.pressedWrong(key)],
  [/^pressed (.)$/, (say, [, key = '']) => say.pressed(key)],
  [
    /^(.+), (\d+) tries$/,
    (_, [, before = '', tries = ''], words) => words.phrases.tries(inWords(words, before), tries),
  ],
  [/^extension (\d+) dialled$/, (say, [, extension = '']) => say.extensionDialled(extension)],
  [/^extension (\d+) is on another call$/, (say, [, extension = '']) => say.extensionBusy(extension)],
  [
    /^extension (\d+): (.+)$/,
    (say, [, extension = '', outcome = '']) => say.extensionDid(extension, ofOutcome(say, outcome)),
  ],
  [/^(.+) \((.+)\) dialled$/, (say, [, name = '', number = '']) => say.dialled(name, number)],
  [/^waited (\d+) s$/, (say, [, seconds = '']) => say.waited(seconds)],
  [/^closed: (\d{4}-\d\d-\d\d) is a holiday$/, (say, [, date = '']) => say.holiday(date)],
  [/^closed: day (\d), (.+) local time$/, (say, [, day = '', clock = '']) => say.closed(ofDay(say, day), clock)],
  [/^(.+) is (closed: .+)$/, (say, [, name = '', because = ''], words) => say.isClosed(name, inWords(words, because))],
  [/^closed: no such calendar$/, (say) => say.noCalendar],
  [
    /^open: day (\d), (.+) is between (.+) and (.+)$/,
    (say, [, day = '', clock = '', from = '', to = '']) => say.open(ofDay(say, day), clock, from, to),
  ],
  [/^idle longest, ([\d.]+) s$/, (say, [, seconds = '']) => say.idleLongest(seconds)],
  [/^free, but idle for only ([\d.]+) s$/, (say, [, seconds = '']) => say.idleLess(seconds)],
  [/^paused: (.*)$/, (say, [, reason = ''], words) => say.paused(pauseReason(words, reason))],
  [/^in wrap-up for (\d+) s more$/, (say, [, seconds = '']) => say.wrapUp(seconds)],
];

/** A reason of call control's in the reader's language; one that is not known is shown as it came. */
export const inWords = (words: Words, phrase: string): string => {
  const plain = fixed(words.phrases, phrase);
  if (plain !== undefined) return plain;
  for (const [pattern, said] of words.phrases.reasons) if (pattern.test(phrase)) return phrase.replace(pattern, said);
  for (const [pattern, say] of known) {
    const found = pattern.exec(phrase);
    if (found !== null) return say(words.phrases, found, words);
  }
  return phrase;
};

/** Why somebody is paused: one of the reasons that the pages offer, or whatever was written. */
export const pauseReason = (words: Words, reason: string): string =>
  Object.hasOwn(words.pauseReasons, reason) ? words.pauseReasons[reason as keyof Words['pauseReasons']] : reason;

const fixed = (say: Words['phrases'], phrase: string): string | undefined => {
  const found = Object.hasOwn(say, phrase) ? say[phrase as keyof Words['phrases']] : undefined;
  return typeof found === 'string' ? found : undefined;
};

const ofDay = (say: Words['phrases'], day: string): string => say.days[Number(day) - 1] ?? day;

const ofOutcome = ({ outcomes }: Words['phrases'], outcome: string): string =>
  Object.hasOwn(outcomes, outcome) ? outcomes[outcome as keyof typeof outcomes] : outcome;
