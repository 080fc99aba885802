import { type Admission, usualMostLateMs } from '../policy/admission.ts';
import { elapsedMs, type Instant } from '../time.ts';
import { Lateness } from './lateness.ts';
import type { AdmissionLimit, Strain } from './strain.ts';

/** It is over when everything is below this part of its limit … */
const calmBelow = 0.9;
/** … and has been for so long: who stands at a limit does not go to and fro. */
const calmForMs = 5000;

/** Of a call. */
export interface News {
  /** How late they came, in ms; of a call that was found there, how long it had waited. */
  readonly lateMs: number;
  readonly wasFound: boolean;
  readonly at: Instant;
}

/**
 * Whether a new call may come in. The number of calls counts as it is, so that each place that becomes free is taken; a
 * strain stands against calls until it has eased for a while; news that come too late, against each of those calls. Callers
 * being turned away begins with the first of them.
 *
 *     open ── a caller is turned away ──► limited ── calm for a while ──► open
 */
export class Gate {
  #strain: { readonly because: string; readonly calmSince: Instant | undefined } | undefined;
  readonly #lateness = new Lateness();
  #limited: AdmissionLimit | undefined;
  #lastTurnedAway: Instant | undefined;

  /** What is to be told of callers being turned away; undefined while none are. */
  get limited(): AdmissionLimit | undefined {
    return this.#limited;
  }

  /** What has been measured, against the limits that hold now. */
  report(strain: Strain, limits: Admission | undefined, at: Instant): void {
    const because = limits === undefined ? undefined : tooMuch(strain, limits);
    if (because !== undefined) {
      this.#strain = { because, calmSince: undefined };
      return;
    }
    if (this.#strain === undefined) return;
    const calmSince = limits === undefined || isCalm(strain, limits) ? (this.#strain.calmSince ?? at) : undefined;
    const isOver = limits === undefined || (calmSince !== undefined && elapsedMs(calmSince, at) >= calmForMs);
    this.#strain = isOver ? undefined : { ...this.#strain, calmSince };
  }

  /**
   * Why no new call may come in, in words; undefined: it may.
   * @param news of the call; absent: nobody waits for it yet
   */
  objection({ mostCalls, mostLateMs = usualMostLateMs }: Admission, calls: number, news?: News): string | undefined {
    // Whatever else stands against the call: how late it was counts for the next one.
    const isLate = news !== undefined && mostLateMs !== 'any' && this.#isTooLate(news, mostLateMs);
    if (this.#strain !== undefined) return this.#strain.because;
    if (mostCalls !== undefined && calls >= mostCalls) return `${calls} calls, limit ${mostCalls}`;
    return isLate ? `new calls noticed ${Math.round(news.lateMs)} ms late, limit ${mostLateMs} ms` : undefined;
  }

  #isTooLate({ lateMs, wasFound, at }: News, mostLateMs: number): boolean {
    return wasFound
      ? this.#lateness.isAmongTooMany(lateMs, mostLateMs, at)
      : this.#lateness.isTooLate(lateMs, mostLateMs, at);
  }

  /** @returns whether it is the first. */
  turnedAway(because: string, at: Instant): boolean {
    const before = this.#limited;
    this.#lastTurnedAway = at;
    this.#limited = { since: before?.since ?? at, because, turnedAway: (before?.turnedAway ?? 0) + 1 };
    return before === undefined;
  }

  /** @returns what is over, when nothing has stood against a new call for a while. */
  settled(limits: Admission | undefined, calls: number, at: Instant): AdmissionLimit | undefined {
    const limited = this.#limited;
    if (limited === undefined || this.#strain !== undefined) return undefined;
    if (limits?.mostCalls !== undefined && calls > calmBelow * limits.mostCalls) return undefined;
    if (this.#lastTurnedAway !== undefined && elapsedMs(this.#lastTurnedAway, at) < calmForMs) return undefined;
    this.#limited = undefined;
    return limited;
  }
}

const tooMuch = ({ lagMs, load }: Strain, { mostLagMs, mostLoad }: Admission): string | undefined => {
  if (mostLagMs !== undefined && lagMs > mostLagMs)
    return `event loop ${Math.round(lagMs)} ms late, limit ${mostLagMs} ms`;
  if (mostLoad !== undefined && load !== undefined && load > mostLoad)
    return `load of Asterisk ${load.toFixed(2)}, limit ${mostLoad}`;
  return undefined;
};

const isCalm = ({ lagMs, load }: Strain, { mostLagMs, mostLoad }: Admission): boolean =>
  (mostLagMs === undefined || lagMs <= calmBelow * mostLagMs) &&
  (mostLoad === undefined || load === undefined || load <= calmBelow * mostLoad);
