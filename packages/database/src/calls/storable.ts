/**
 * A value as JSON, with the characters that PostgreSQL stores in no text left out or replaced: NUL, and halves of surrogate
 * pairs. A caller's name comes from anybody; it must not keep the record from being written.
 * https://www.postgresql.org/docs/18/datatype-json.html
 */
export const storableJson = (value: unknown): string => {
  const text = JSON.stringify(value);
  // Nearly always there is none, and nothing has to be looked at one by one.
  return mayHold.test(text) ? JSON.stringify(value, (_, part: unknown) => storable(part)) : text;
};

/** How JSON writes them, though not they alone: `\\u0000` is a backslash. */
const mayHold = /\\u(?:0000|d[89a-f])/;

const storable = (part: unknown): unknown =>
  typeof part === 'string' ? part.replaceAll('\u0000', '').replaceAll(/\p{Surrogate}/gu, '\ufffd') : part;
