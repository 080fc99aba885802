/**
 * The same, with the characters that PostgreSQL stores in no text left out or replaced: NUL, and halves of surrogate
 * pairs. A caller's name comes from anybody; it must not keep the record from being written.
 * https://www.postgresql.org/docs/18/datatype-json.html
 */
export const storable = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? inText(part) : part))) as T;

const inText = (text: string): string => text.replaceAll('\u0000', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
