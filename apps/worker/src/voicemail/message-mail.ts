import type { Language } from '@cordboard/core';
import type { Voicemail } from '@cordboard/database';
import type { Mail } from './mailer.ts';

/** A message as an e-mail, in the reader's language. */
export const messageMail = (
  { id, box, caller, callerName, leftAt, durationMs }: Voicemail,
  sound: Uint8Array,
  { to, language, timeZone }: { readonly to: string; readonly language: Language; readonly timeZone: string },
): Mail => {
  const say = texts[language];
  const who = nameOf(caller, callerName);
  const when = new Intl.DateTimeFormat(say.locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(leftAt);
  const length = lengthOf(durationMs);
  return {
    id,
    to,
    subject: `${say.from(who)} (${length})`,
    text: say.text({ who, when, length, box }),
    sound: { name: `${id}.wav`, content: sound },
  };
};

const nameOf = (caller: string, callerName: string): string =>
  callerName === '' || callerName === caller ? caller : `${callerName} (${caller})`;

/** `1:05` */
const lengthOf = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

interface Said {
  readonly who: string;
  readonly when: string;
  readonly length: string;
  readonly box: string;
}

interface Texts {
  readonly locale: string;
  readonly from: (who: string) => string;
  readonly text: (said: Said) => string;
}

const texts: Readonly<Record<Language, Texts>> = {
  en: {
    locale: 'en-GB',
    from: (who) => `Message from ${who === '' ? 'a withheld number' : who}`,
    text: ({ who, when, length, box }) =>
      `${texts.en.from(who)}\n${when}\nLength: ${length}\nBox: ${box}\n\nThe message is attached.\n`,
  },
  fr: {
    locale: 'fr-FR',
    from: (who) => (who === '' ? "Message d'un numéro masqué" : `Message de ${who}`),
    text: ({ who, when, length, box }) =>
      `${texts.fr.from(who)}\n${when}\nDurée : ${length}\nBoîte : ${box}\n\nLe message est joint.\n`,
  },
};
