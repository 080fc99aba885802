import type { Numbering } from '@cordboard/application';
import type { OutsideNumber, ReadNumber } from '@cordboard/core';
import { isSupportedCountry, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Nobody's number is longer, however it is spelt; E.164 has 15 digits. */
const longest = 32;

/** The numbering plans of the world as Google keeps them (https://github.com/google/libphonenumber). */
export const numbering: Numbering = {
  read(dialled, country) {
    if (dialled.length > longest || !/^[+\d\s()./-]+$/.test(dialled) || !isSupportedCountry(country)) return undefined;
    const read = parsePhoneNumberFromString(international(dialled), country);
    // Ranges are given out faster than anybody's tables learn of it: a number that can be one is called.
    if (read?.isPossible() !== true || read.ext !== undefined) return undefined;
    return {
      number: read.number as string as OutsideNumber,
      ...(read.country === undefined ? {} : { country: read.country }),
      line: lineOf(read.getType()),
    };
  },
};

/** In countries whose prefix is another one, 00 means the same to everybody who dials it. */
const international = (dialled: string): string => dialled.replace(/^00(?=[1-9])/, '+');

const lineOf = (type: NumberType): ReadNumber['line'] => {
  switch (type) {
    case 'FIXED_LINE':
      return 'fixed';
    case 'MOBILE':
      return 'mobile';
    case undefined:
      return 'unknown';
    case 'PREMIUM_RATE':
    case 'SHARED_COST':
      return 'premium';
    default:
      return 'other';
  }
};
