import { LegGone, TelephonyUnavailable } from '@cordboard/application';
import { AriRefused } from '../transport/transport.ts';

/** Asterisk cannot ring this phone: it is not registered, or there is no such phone. */
export class PhoneNotRung extends Error {
  override readonly name = 'PhoneNotRung';
}

/**
 * Refusals that only say that someone has hung up: not found (404), not in the application any more (409, 422), or
 * already hanging up (412). For a channel beside the one asked about it is 400.
 */
const gone: ReadonlySet<number> = new Set([404, 409, 412, 422]);

/** An error in call control's words. */
export const inOurWords = (error: unknown): unknown => {
  if (!(error instanceof AriRefused)) return error;
  if (gone.has(error.status)) return new LegGone(error.message);
  if (error.status === 400 && isAboutAnother(error)) return new LegGone(error.message);
  return error.status >= 500 ? new TelephonyUnavailable(error.message) : error;
};

/** The channel to be bridged, or the caller for whom a phone should ring, has just gone. */
export const isAboutAnother = ({ operation, reason }: AriRefused): boolean =>
  (operation === 'bridges.addChannel' && /not found/i.test(reason)) ||
  (operation === 'channels.originate' && /originator channel was not found/i.test(reason));

/** Carries out a request and tells its failure in call control's words. */
export const inWords = async <T>(request: Promise<T>): Promise<T> => {
  try {
    return await request;
  } catch (error) {
    throw inOurWords(error);
  }
};

/**
 * It is there already, under the id that we chose: the same request, made before. A second bridge of one name Asterisk
 * takes for an error of its own (500).
 */
export const unlessDone = async (request: Promise<void>): Promise<void> => {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof AriRefused && (error.status === 409 || isDuplicate(error)))) throw error;
  }
};

/** What had to be ended has ended by itself. */
export const unlessGone = async (request: Promise<void>): Promise<void> => {
  try {
    await request;
  } catch (error) {
    if (!(inOurWords(error) instanceof LegGone)) throw error;
  }
};

const isDuplicate = ({ status, reason }: AriRefused): boolean => status === 500 && /duplicate/i.test(reason);
