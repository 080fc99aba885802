import type { CallView } from '@cordboard/core';
import { phoneNumber } from '../format/number.ts';
import type { Words } from '../i18n/language.ts';

/** Who calls, as best it is known: the customer, the name that came with the call, the number. */
export const who = (words: Words, { customer, aniName, ani }: Pick<CallView, 'customer' | 'aniName' | 'ani'>): string =>
  customer?.name ?? (aniName === '' ? numberOf(words, ani) : aniName);

/** What stands beside the name: the company, or the number; nothing where the number is the name. */
export const beside = (words: Words, call: Pick<CallView, 'customer' | 'aniName' | 'ani'>): string | undefined => {
  if (call.customer?.company !== undefined && call.customer.company !== '') return call.customer.company;
  return call.customer === null && call.aniName === '' ? undefined : numberOf(words, call.ani);
};

/** https://www.rfc-editor.org/rfc/rfc3323#section-4.1.1.3 names a caller who hides `anonymous`. */
export const numberOf = (words: Words, ani: string): string =>
  ani === '' || ani.toLowerCase() === 'anonymous' ? words.calls.withheld : phoneNumber(ani);
