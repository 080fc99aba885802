import { TelephonyUnavailable } from '@cordboard/application';
import { isExtension } from '../translate/translate.ts';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { aloneObjects, isAlone, numberOf } from './alone-objects.ts';
import { mark } from './endpoint-settings.ts';
import { fallbackObject } from './fallback-object.ts';
import { phoneObjects } from './phone-objects.ts';
import type { ObjectType, PjsipObject } from './pjsip-object.ts';
import { trunkName, trunkObjects } from './trunk-objects.ts';
import type { WantedConfiguration } from './wanted.ts';
import { readObject, removeObject, writeInTurn, writeObject } from './write-object.ts';

/** Asterisk does not take some of what is wanted; the rest it has taken. */
export class ConfigurationRefused extends Error {
  override readonly name = 'ConfigurationRefused';
  /** `phone 101`, `trunk demo`. */
  readonly refused: readonly string[];

  constructor(refusals: ReadonlyMap<string, string>) {
    const [each, their] = [[...refusals].map(([who, why]) => `${who} (${why})`), refusals.size === 1 ? 'its' : 'their'];
    super(`Asterisk refuses ${each.join(', ')}: check ${their} name, addresses and server.`);
    this.refused = [...refusals.keys()];
  }
}

/**
 * Makes Asterisk's phones and trunks those that are wanted: through ARI, kept in Asterisk's own database, at work at once,
 * and there again after a restart. What is so already is not touched; phones and trunks that were pushed and are not
 * wanted any more are deleted. One request at a time: calls come first.
 *
 * A phone's or trunk's endpoint is the first sign of it in Asterisk's list and the last to go, so that whatever is broken
 * off half-way is found and mended by the next push.
 * @returns who was changed: `phone 101`, `trunk demo`
 * @throws ConfigurationRefused when Asterisk refuses some; the others are done
 * @throws TelephonyUnavailable when Asterisk goes away meanwhile
 */
export const pushConfiguration = async (
  transport: AriTransport,
  { phones, trunks, fallback, alone = [], language }: WantedConfiguration,
): Promise<readonly string[]> => {
  const changed: string[] = [];
  const refusals = new Map<string, string>();
  const each = async (who: string, work: () => Promise<boolean>): Promise<void> => {
    try {
      if (await work()) changed.push(who);
    } catch (error) {
      const why = error instanceof AriRefused ? error.reason : await whyUnanswered(transport, error);
      refusals.set(who, why);
    }
  };

  for (const phone of phones)
    await each(`phone ${phone.extension}`, () =>
      make(transport, phone.extension, ofPhone, phoneObjects(phone, language)),
    );
  for (const trunk of trunks)
    await each(`trunk ${trunk.id}`, () => make(transport, trunkName(trunk.id), ofTrunk, trunkObjects(trunk, language)));
  await each('fallback', () => writeObject(transport, fallbackObject(fallback)));
  const rounds = alone.flatMap(aloneObjects);
  for (const round of rounds) await each(called(round.id), () => writeObject(transport, round));

  const wanted = new Set([
    ...rounds.map(({ id }) => id),
    ...phones.map(({ extension }) => extension),
    ...trunks.map(({ id }) => trunkName(id)),
  ]);
  for (const name of await ours(transport)) {
    if (!wanted.has(name)) await each(called(name), () => unmake(transport, name));
  }
  if (refusals.size > 0) throw new ConfigurationRefused(refusals);
  return changed;
};

/**
 * Asterisk may be gone, or busy with this one alone: the name of a host that cannot be resolved takes it its time.
 * @throws what it was told, when Asterisk is gone
 */
const whyUnanswered = async (transport: AriTransport, error: unknown): Promise<string> => {
  if (!(error instanceof TelephonyUnavailable)) throw error;
  await transport.request('asterisk.getInfo', { only: 'system' });
  return 'no answer in time, perhaps because a name cannot be resolved';
};

/** What they are made of, from what an endpoint needs to what needs the endpoint. */
const ofPhone: readonly ObjectType[] = ['auth', 'aor', 'endpoint'];
const ofTrunk: readonly ObjectType[] = [...ofPhone, 'identify', 'registration'];

/** Stops at the first refusal: an endpoint without its password would be open to all. */
const make = async (
  transport: AriTransport,
  name: string,
  types: readonly ObjectType[],
  objects: readonly PjsipObject[],
): Promise<boolean> => {
  let changed = false;
  for (const type of types) {
    const object = objects.find((one) => one.type === type);
    if (object === undefined) changed = (await remove(transport, type, name)) || changed;
    else if (type === 'identify') changed = (await writeInTurn(transport, object, inTurn(name))) || changed;
    else changed = (await writeObject(transport, object)) || changed;
  }
  return changed;
};

const unmake = async (transport: AriTransport, name: string): Promise<boolean> => {
  const endpoint = await readObject(transport, 'endpoint', name);
  if (!endpoint?.some(({ attribute, value }) => attribute === mark.attribute && value === mark.value)) return false;
  for (const type of ['registration', 'identify', 'auth', 'aor', 'endpoint'] as const)
    await remove(transport, type, name);
  return true;
};

const remove = async (transport: AriTransport, type: ObjectType, name: string): Promise<boolean> => {
  const names = type === 'identify' ? inTurn(name) : [name];
  let removed = false;
  for (const each of names) removed = (await removeObject(transport, type, each)) || removed;
  return removed;
};

/** A dot is in nobody's name. */
const inTurn = (name: string): readonly [string, string] => [name, `${name}.2`];

/** The names of endpoints that could be of ours: phones, trunks, and what is rung for a number. */
const ours = async (transport: AriTransport): Promise<readonly string[]> =>
  (await transport.request('endpoints.list', {}))
    .filter(
      ({ technology, resource }) =>
        technology === 'PJSIP' && [isExtension, isTrunk, isAlone].some((is) => is(resource)),
    )
    .map(({ resource }) => resource);

const isTrunk = (name: string): boolean => name.startsWith(trunkName(''));

const called = (name: string): string =>
  isAlone(name)
    ? `number ${numberOf(name)}`
    : isTrunk(name)
      ? `trunk ${name.slice(trunkName('').length)}`
      : `phone ${name}`;
