import { type CallId, callOf, type Exchange, type ExchangeEvent, type Fact } from '@cordboard/core';
import { DriftSentinel } from './drift-sentinel.ts';
import type { Hands } from './hands.ts';
import type { CallControlParts } from './parts.ts';
import type { LiveChannel, TelephonySnapshot } from './ports/telephony.ts';
import { reconcile } from './reconcile.ts';

interface Controlled {
  readonly parts: CallControlParts;
  readonly exchange: Exchange;
  readonly hands: Hands;
  /** Calls that are over, whose caller's channel may be there for a moment yet: nobody who calls anew. */
  readonly leaving: Set<CallId>;
  isStopped(): boolean;
  handle(event: ExchangeEvent): void;
  callerEntered(channel: LiveChannel): void;
  tell(fact: Fact): void;
}

/** Compares with Asterisk what this process takes for true, and puts right what differs. */
export class Recovery {
  readonly #controlled: Controlled;
  readonly #sentinel = new DriftSentinel();

  constructor(controlled: Controlled) {
    this.#controlled = controlled;
  }

  /**
   * Compares, and puts right what differs. After an outage all readers are told what is live.
   * Never rejects: what failed is reported.
   * @returns whether the two have been compared; if not, it should be tried again.
   */
  async recover(afterOutage: boolean): Promise<boolean> {
    const { parts, exchange, leaving, hands, isStopped } = this.#controlled;
    // What a call has asked for may not have reached Asterisk yet: its phone is not lost, it is about to ring. After an
    // outage nothing is under way any more.
    const before = [...exchange.calls.values()].filter(({ id }) => afterOutage || !hands.isBusy(id));
    const left = [...leaving];
    try {
      const snapshot = await parts.telephony.snapshot();
      if (isStopped()) return true;
      const there = new Set(snapshot.channels.map(({ id }) => callOf(id)));
      for (const id of left) if (!there.has(id)) leaving.delete(id);
      // A call that moved on while we asked was not seen as it is now: it is left alone this time.
      const unmoved = before.filter((call) => exchange.calls.get(call.id) === call);
      this.#putRight(unmoved, snapshot, afterOutage);
      return true;
    } catch (error) {
      parts.observer.reconcileFailed(error);
      return false;
    }
  }

  #putRight(unmoved: Parameters<typeof reconcile>[0], snapshot: TelephonySnapshot, afterOutage: boolean): void {
    const { parts, exchange, leaving, hands, handle, callerEntered, tell } = this.#controlled;
    const { clock, observer } = parts;
    const moved = new Set([...exchange.calls.keys()].filter((id) => !unmoved.some((call) => call.id === id)));
    const found = reconcile(unmoved, snapshot, clock.now(), afterOutage);
    for (const [extension, reachable] of snapshot.reachable)
      handle({ type: 'PhoneReachable', at: clock.now(), extension, reachable });
    for (const { call, event } of found.events) handle({ type: 'CallHappened', call, event });
    for (const { call, command } of found.repairs) hands.perform(call, command);
    const strangers: CallId[] = [];
    for (const channel of found.strangers) {
      const id = callOf(channel.id);
      if (leaving.has(id)) hands.perform(id, { type: 'HangUp', channel: channel.id, cause: 'normal' });
      else if (!moved.has(id)) {
        strangers.push(id);
        callerEntered(channel);
      }
    }
    const legs = found.orphans.legs.filter((leg) => {
      // A leg may bear the name of a call that goes on without it: whoever gave the call away just before the outage.
      const owner = exchange.ownerOf(leg);
      return !moved.has(owner) && (afterOutage || !exchange.calls.has(owner));
    });
    const bridges = found.orphans.bridges.filter((bridge) => !exchange.calls.has(exchange.ownerOf(bridge)));
    for (const leg of legs) hands.perform(exchange.ownerOf(leg), { type: 'HangUp', channel: leg, cause: 'normal' });
    for (const bridge of bridges) hands.perform(exchange.ownerOf(bridge), { type: 'DestroyBridge', bridge });
    if (afterOutage) tell(exchange.recovered(clock.now()));
    const drift = this.#sentinel.factOf(
      { ...found, strangers, orphans: [...legs, ...bridges] },
      (id) => leaving.has(id),
      clock.now(),
      afterOutage,
    );
    if (drift !== undefined) tell(drift);
    observer.reconciled({
      events: found.events.length,
      repairs: found.repairs.length,
      orphans: legs.length + bridges.length,
    });
  }
}
