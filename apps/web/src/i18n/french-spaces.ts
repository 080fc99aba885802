/**
 * French puts a space that does not break before : ; ! ? % and within « », and a comma in `2,4 s`. Written plainly, made
 * right here, once.
 */
export const withFrenchSpaces = <Part>(part: Part): Part => {
  if (typeof part === 'string') return spaced(part) as Part;
  if (typeof part === 'function') return ((...given: readonly unknown[]) => withFrenchSpaces(part(...given))) as Part;
  if (Array.isArray(part)) return part.map(withFrenchSpaces) as Part;
  if (typeof part === 'object' && part !== null && !(part instanceof RegExp))
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, withFrenchSpaces(inner)])) as Part;
  return part;
};

const spaced = (text: string): string =>
  text
    .replace(/ ([:;!?%»…])/g, '\u00a0$1')
    .replaceAll('« ', '«\u00a0')
    .replace(/(\d)\.(\d)(?=\ss\b)/g, '$1,$2');
