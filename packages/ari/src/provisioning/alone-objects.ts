import { isExtension } from '../translate/translate.ts';
import { codecs, common } from './endpoint-settings.ts';
import { fallbackName } from './fallback-object.ts';
import type { PjsipObject } from './pjsip-object.ts';
import type { WantedAlone } from './wanted.ts';

/**
 * The endpoints in which the dialplan finds, number by number and round by round, whom it rings by itself (extensions.conf,
 * `degraded`): `fallback-33170000011-1`. Kept in Asterisk's own database like the phones, so that they are there after a
 * restart, and without one word of a policy becoming dialplan: digits, extensions, seconds and a language are all there is.
 */
export const aloneObjects = ({ number, language, rounds }: WantedAlone): readonly PjsipObject[] =>
  (rounds.length === 0 ? [nobody] : rounds).map(({ extensions, forMs }, index) => ({
    type: 'endpoint',
    id: `${fallbackName}-${digits(number)}-${index + 1}`,
    settings: {
      aors: extensions.filter(isExtension).join(','),
      identify_by: 'ip',
      callerid: fallbackName,
      // A text that the endpoint keeps and never uses, as nobody calls from it: for so many seconds these phones ring.
      voicemail_extension: String(Math.ceil(forMs / 1000)),
      allow: codecs('alaw', 'ulaw'),
      ...common(languageOf(language)),
    },
  }));

/** A caller whom nobody is rung for is told so in the number's language all the same. */
const nobody = { extensions: [], forMs: 1000 } as const;

const named = new RegExp(`^${fallbackName}-(\\d+)-\\d+$`);
export const isAlone = (name: string): boolean => named.test(name);
export const numberOf = (name: string): string => named.exec(name)?.[1] ?? '';

const digits = (text: string): string => text.replaceAll(/[^0-9]/g, '');
const languageOf = (text: string): string => text.replaceAll(/[^a-zA-Z_-]/g, '');
