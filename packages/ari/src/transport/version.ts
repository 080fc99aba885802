/** Asterisk is older than anything this can work with. */
export class AsteriskTooOld extends Error {
  override readonly name = 'AsteriskTooOld';
}

type Version = readonly [major: number, minor: number, patch: number];

/** Client-chosen ids, `playbackId` lists and channel moves as they are used here. */
const oldest: Version = [18, 0, 0];
/** ARI's own security fixes: GHSA-vrfp-mg3q-3959, GHSA-wcvv-g26m-wx5c. */
const recommended: Version = [22, 10, 1];
/** REST over WebSocket came with these (Asterisk's change logs). */
const restOverWebSocket: ReadonlyMap<number, Version> = new Map([
  [20, [20, 14, 0]],
  [21, [21, 9, 0]],
  [22, [22, 4, 0]],
]);

/** What an Asterisk of this version can do. */
export interface Abilities {
  readonly transport: 'websocket' | 'ari-client';
  /** What its operator should know. */
  readonly warning: string | undefined;
}

/**
 * @param version as Asterisk writes it: `22.10.1`, `20.7-cert3`, `certified-18.9-cert5`, `22.10.1+dfsg`, `GIT-22-1234abc`
 * @throws AsteriskTooOld
 */
export const abilitiesOf = (version: string): Abilities => {
  const read = readVersion(version);
  if (read === undefined)
    return { transport: 'websocket', warning: `Asterisk's version ${JSON.stringify(version)} is not understood` };
  const wanted = recommended.join('.');
  if (isBefore(read, oldest))
    throw new AsteriskTooOld(
      `Asterisk ${version} is too old: ${oldest[0]} or later is needed, ${wanted} or later is recommended.`,
    );
  const since = restOverWebSocket.get(read[0]);
  const able = read[0] > 22 || (since !== undefined && !isBefore(read, since));
  return {
    transport: able ? 'websocket' : 'ari-client',
    warning: isBefore(read, recommended)
      ? `Asterisk ${version} lacks security fixes of its REST interface: ${wanted} or later is recommended`
      : undefined,
  };
};

const readVersion = (version: string): Version | undefined => {
  const [, major, minor = '0', patch = '0'] = /^(?:certified[-/])?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
};

const isBefore = (a: Version, b: Version): boolean => {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};
