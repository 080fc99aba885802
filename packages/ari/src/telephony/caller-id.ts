import { cleanName, cleanNumber } from '../translate/party.ts';

/**
 * `"name" <number>` as Asterisk reads it (ast_callerid_parse). It has no way to escape a quote that all readers
 * understand, and angle brackets end the number: both go.
 */
export const callerIdOf = (name: string, number: string): string => {
  const safeName = cleanName(name)
    .replace(/["\\<>]/g, '')
    .trim();
  const safeNumber = cleanNumber(number).replace(/["\\<>\s]/g, '');
  return `"${safeName}" <${safeNumber}>`;
};
