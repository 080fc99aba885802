/** One number has many spellings: `+33 1…`, `0033…`, `33…`. All lead to one key. */
export const dialKey = (dialled: string): string => dialled.replaceAll(/[^0-9*#]/g, '').replace(/^00(?=[1-9])/, '');
