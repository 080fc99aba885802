/** One value that stands differently in two documents; undefined where it is not there at all. */
export interface LeafChange {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Every value that differs. A list of plain values is one value: its order says something. */
export const leafChanges = (before: unknown, after: unknown, path: readonly string[] = []): readonly LeafChange[] => {
  if (isBranch(before) && isBranch(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => leafChanges(at(before, name), at(after, name), [...path, name]));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
};

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every(isPlain));

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

const at = (branch: object, name: string): unknown =>
  Object.hasOwn(branch, name) ? (branch as Readonly<Record<string, unknown>>)[name] : undefined;
