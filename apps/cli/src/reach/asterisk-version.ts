/** Asterisk's release number. */
export interface AsteriskVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Reads `22.10.1+dfsg-1` or `certified/20.7-cert2`; undefined for a development build. */
export const parseAsteriskVersion = (text: string): AsteriskVersion | undefined => {
  const [, major, minor, patch] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0) };
};

/** The release that has the security repairs for ARI (GHSA-vrfp-mg3q-3959, GHSA-wcvv-g26m-wx5c). */
export const wanted: AsteriskVersion = { major: 22, minor: 10, patch: 1 };

/** The oldest branch whose ARI has all that is asked of it. */
const oldestMajor = 18;

/** REST over WebSocket came to each branch at its own time. */
const restOverWebSocketSince: Readonly<Record<number, number>> = { 20: 14, 21: 9, 22: 4 };

/** Whether requests can go over the events' WebSocket. */
export const hasRestOverWebSocket = ({ major, minor }: AsteriskVersion): boolean =>
  major > 22 || minor >= (restOverWebSocketSince[major] ?? Number.POSITIVE_INFINITY);

/** Whether this release can be used at all. */
export const isTooOld = ({ major }: AsteriskVersion): boolean => major < oldestMajor;

/** Whether this release is at least the one that is wanted. */
export const isAsWanted = ({ major, minor, patch }: AsteriskVersion): boolean =>
  major !== wanted.major ? major > wanted.major : minor !== wanted.minor ? minor > wanted.minor : patch >= wanted.patch;
