/** Whether a text is found in any of these, whatever its case, accents and spaces. */
export const isFound = (text: string, ...among: readonly (string | null | undefined)[]): boolean => {
  const sought = plain(text);
  return sought === '' || among.some((each) => each != null && plain(each).includes(sought));
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\p{Mark}\s]/gu, '')
    .toLowerCase();
