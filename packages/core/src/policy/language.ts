/** Languages that callers are spoken to in. */
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];
