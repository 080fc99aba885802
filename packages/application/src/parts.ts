import type { Clock } from './ports/clock.ts';
import type { Journal } from './ports/journal.ts';
import type { Numbering } from './ports/numbering.ts';
import type { ControlObserver } from './ports/observer.ts';
import type { CustomerDirectory, ExchangeStore, HttpLookUps, MessageBoxes } from './ports/stores.ts';
import type { Telephony } from './ports/telephony.ts';

/** What call control is given of the world. */
export interface CallControlParts {
  readonly telephony: Telephony;
  readonly store: ExchangeStore;
  /** Where changes are kept on disk while the store is away; without one, in memory alone. */
  readonly journal?: Journal;
  /** Where all state is on disk besides, a moment old; without one, nowhere. */
  readonly copy?: Journal;
  readonly customers: CustomerDirectory;
  readonly lookUps: HttpLookUps;
  readonly numbering: Numbering;
  readonly boxes: MessageBoxes;
  readonly clock: Clock;
  readonly observer: ControlObserver;
}
