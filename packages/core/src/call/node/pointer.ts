/** What stands at a place in a JSON document: https://www.rfc-editor.org/rfc/rfc6901. @returns undefined where there is nothing. */
export const pointedAt = (document: unknown, pointer: string): unknown => {
  if (pointer === '') return document;
  let here = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[name];
  }
  return here;
};

export const isPointer = (text: string): boolean => /^(\/([^/~]|~[01])*)*$/.test(text);
