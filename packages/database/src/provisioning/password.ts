import { randomInt } from 'node:crypto';

/** Letters and digits that look like no other, so that a password can be read out over the telephone. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** @returns `length` random characters, about 5.8 bits each. */
export const generatePassword = (length = 20): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
