/** Longer than any number in the world (E.164: 15 digits) and any SIP user that means well. */
const longestNumber = 64;
const longestName = 128;

/**
 * What a caller says about themselves is theirs to choose: control characters go, halves of characters, and marks that
 * turn the text around them (Unicode's Bidi_Control); what is too long is cut.
 */
const clean = (said: string, longest: number): string =>
  [...said.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\uFFFD]/gu, '')].slice(0, longest).join('').trim();

export const cleanNumber = (said: string): string => clean(said, longestNumber);

/** Asterisk leaves a name as SIP writes it: quotes and backslashes behind a backslash (RFC 3261 §25.1). */
export const cleanName = (said: string): string => clean(said.replace(/\\(["\\])/g, '$1'), longestName);
