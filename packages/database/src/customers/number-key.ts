import { dialKey } from '@cordboard/core';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The country whose numbers are written without a prefix, where none is given. */
export const defaultCountry: CountryCode = 'FR';

/** E.164 has 15 at most. A caller may show a number without end, which PostgreSQL could not enter in an index. */
const mostDigits = 64;

/**
 * One number, one key, however it is spelt: E.164 where it is a telephone number of some country, its digits otherwise.
 * Empty when it holds no digit: an anonymous caller.
 */
export const numberKey = (number: string, country: CountryCode = defaultCountry): string => {
  const dialled = dialKey(number).slice(0, mostDigits);
  const parsed = parsePhoneNumberFromString(withPlainSpaces(number), country);
  if (parsed?.isValid() === true) return parsed.number;
  // Some carriers send an international number without its plus.
  const international = parsePhoneNumberFromString(`+${dialled}`);
  return dialled.length > 8 && international?.isValid() === true ? international.number : dialled;
};

/** Pasted numbers bring narrow spaces and marks of direction that nobody sees; the library stops reading at them. */
const withPlainSpaces = (number: string): string =>
  number
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s/g, ' ')
    .trim();
