import type { Field } from '../operation/answers.ts';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import type { ObjectType, PjsipObject, Setting } from './pjsip-object.ts';

const configClass = 'res_pjsip';

/**
 * Makes an object what it should be. What is so already is left alone: a phone that is registered notices nothing.
 * @returns whether anything was changed
 * @throws AriRefused
 * @throws TelephonyUnavailable
 */
export const writeObject = async (transport: AriTransport, object: PjsipObject): Promise<boolean> => {
  const { type, id } = object;
  const there = await readObject(transport, type, id);
  const different = there === undefined ? settingsOf(object) : settingsOf(object).filter(differsFrom(there));
  if (different.length === 0) return false;
  if (there === undefined || !different.some(([, { addsUp }]) => addsUp)) {
    await put(transport, object, different);
    return true;
  }
  await removeObject(transport, type, id);
  await put(transport, object, settingsOf(object));
  return true;
};

/**
 * Makes an object what it should be without a moment in which it is not there: under one of two names, of which the other
 * is deleted afterwards. When Asterisk refuses the new one, the old one stays.
 */
export const writeInTurn = async (
  transport: AriTransport,
  object: PjsipObject,
  [one, other]: readonly [string, string],
): Promise<boolean> => {
  const { type } = object;
  for (const [id, rest] of [
    [one, other],
    [other, one],
  ] as const) {
    const there = await readObject(transport, type, id);
    if (there !== undefined && !settingsOf(object).some(differsFrom(there))) return removeObject(transport, type, rest);
  }
  const [next, last] = (await readObject(transport, type, one)) === undefined ? [one, other] : [other, one];
  await removeObject(transport, type, next);
  await put(transport, { ...object, id: next }, settingsOf(object));
  await removeObject(transport, type, last);
  return true;
};

/** @returns whether it was there */
export const removeObject = async (transport: AriTransport, objectType: ObjectType, id: string): Promise<boolean> => {
  const removed = transport.request('asterisk.deleteObject', { configClass, objectType, id });
  return (await unlessUnknown(removed.then(() => true))) ?? false;
};

/** @returns undefined when there is no such object */
export const readObject = (
  transport: AriTransport,
  objectType: ObjectType,
  id: string,
): Promise<readonly Field[] | undefined> =>
  unlessUnknown(transport.request('asterisk.getObject', { configClass, objectType, id }));

type Named = readonly [attribute: string, setting: Setting];

const put = (transport: AriTransport, { type, id }: PjsipObject, settings: readonly Named[]): Promise<void> => {
  const fields = settings.map(([attribute, { value }]) => ({ attribute, value }));
  return transport.request('asterisk.updateObject', { configClass, objectType: type, id, fields });
};

const settingsOf = ({ settings }: PjsipObject): readonly Named[] =>
  Object.entries(settings).map(([attribute, setting]) => [
    attribute,
    typeof setting === 'string' ? { value: setting } : setting,
  ]);

const differsFrom =
  (there: readonly Field[]) =>
  ([attribute, { value, isThere }]: Named): boolean => {
    const values = there.filter((field) => field.attribute === attribute).map((field) => field.value);
    return !(isThere?.(values) ?? values[0] === value);
  };

const unlessUnknown = async <T>(request: Promise<T>): Promise<T | undefined> => {
  try {
    return await request;
  } catch (error) {
    if (error instanceof AriRefused && error.status === 404) return undefined;
    throw error;
  }
};
