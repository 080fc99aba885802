import type { Database } from '@cordboard/database';
import type { Closing } from '../closing.ts';

/** A phone that is there for this test alone. */
export interface ReservedPhone {
  readonly extension: string;
  readonly password: string;
}

/** What its phones are called in the console, should one ever be left behind. */
const name = 'Self-test';
/** Extensions that are tried, from the last. */
const range = { from: 9_980, to: 9_999 };

/**
 * Two phones that ring for nobody else. Those of a test that was killed are taken away first.
 * @throws Error when every reserved extension is somebody's
 */
export const reservePhones = async (
  { phones }: Pick<Database, 'phones'>,
  closing: Closing,
): Promise<readonly [caller: ReservedPhone, called: ReservedPhone]> => {
  const known = await phones.list();
  for (const left of known.filter((phone) => phone.name === name)) await phones.remove(left.extension);
  const taken = new Set<string>(known.filter((phone) => phone.name !== name).map(({ extension }) => extension));
  const free = Array.from({ length: range.to - range.from + 1 }, (_, index) => String(range.to - index)).filter(
    (extension) => !taken.has(extension),
  );
  const [first, second] = free;
  if (first === undefined || second === undefined)
    throw new Error(`no two extensions from ${range.from} to ${range.to} are free`);
  const reserve = async (extension: string): Promise<ReservedPhone> => {
    const phone = await phones.create({ extension, name });
    closing.add(() => phones.remove(extension));
    return phone;
  };
  return [await reserve(first), await reserve(second)];
};
