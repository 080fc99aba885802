import {
  type AloneCall,
  type CallId,
  type CallState,
  callOf,
  type Directory,
  Exchange,
  type ExchangeEvent,
  type Fact,
  type Outcome,
  type Policy,
  type ReadNumber,
  type Strain,
  type TrunkReport,
} from '@cordboard/core';
import { Asks } from './asks.ts';
import { Deadlines } from './deadlines.ts';
import { Hands } from './hands.ts';
import { type Inherited, Ledger } from './ledger.ts';
import type { CallControlParts } from './parts.ts';
import type { Clock } from './ports/clock.ts';
import type { Change, SavedExchange } from './ports/stores.ts';
import type { LiveChannel } from './ports/telephony.ts';
import type { TelephonyEvent } from './ports/telephony-event.ts';
import { Recovery } from './recovery.ts';

/**
 * Where decisions meet the world: an event comes in, the exchange decides, the ledger has it saved, the mailbox of the call
 * acts. Nothing here decides anything about a call.
 */
export class CallControl {
  /** What people ask for. */
  readonly asks: Asks;
  readonly #parts: CallControlParts;
  readonly #exchange = new Exchange();
  readonly #ledger: Ledger;
  readonly #deadlines: Deadlines;
  readonly #hands: Hands;
  readonly #recovery: Recovery;
  /** Whose numbers are dialled without a prefix. */
  #country: string | undefined;
  /** Calls that are over, whose caller's channel may be there for a moment yet: nobody who calls anew. */
  readonly #leaving = new Set<CallId>();
  /** Those that had ended when this process began, as far as the store tells. */
  #endedBefore: ReadonlySet<CallId> = new Set();
  #stopped = false;

  constructor(parts: CallControlParts) {
    const { clock } = parts;
    const handle = (event: ExchangeEvent): Outcome => this.#handle(event);
    this.#parts = parts;
    this.#ledger = new Ledger({ ...parts, whole: () => this.#everything() });
    this.#deadlines = new Deadlines(this.#exchange, clock, handle);
    this.#hands = new Hands(parts, (call, event) => handle({ type: 'CallHappened', call, event }));
    const read = this.#read.bind(this);
    this.asks = new Asks({ clock, handle, read, hangUp: (call) => this.#hangUp(call) });
    this.#recovery = new Recovery({
      parts,
      exchange: this.#exchange,
      hands: this.#hands,
      leaving: this.#leaving,
      isStopped: () => this.#stopped,
      handle,
      callerEntered: (channel) => this.#callerEntered(channel, clock.now()),
      tell: (fact) => {
        this.#ledger.commit({ calls: [], ended: [], agents: [], facts: [fact] });
        parts.observer.told?.([fact]);
      },
    });
  }

  /** What is live now, for those who must know which policies are still in use. */
  get calls(): readonly CallState[] {
    return [...this.#exchange.calls.values()];
  }

  /**
   * Takes up what an earlier process left. Before anything else.
   * @param writing as whom the store is written to; `inherits`: it is away, and this is from there
   */
  restore(
    saved: SavedExchange,
    policies: readonly Policy[],
    writing?: { readonly epoch: number; readonly inherits?: Inherited },
  ): void {
    this.#exchange.restore(saved, policies);
    if (writing !== undefined) this.#ledger.begin(writing.epoch, writing.inherits);
    this.#endedBefore = new Set(saved.ended);
    for (const id of this.#endedBefore) this.#leaving.add(id);
    this.#deadlines.setAll();
  }

  /** @param moveWaiting those who wait go by it too */
  policyPublished(policy: Policy, moveWaiting = false): void {
    this.#country = policy.outbound?.country;
    this.#handle({ type: 'PolicyPublished', at: this.#parts.clock.now(), policy, moveWaiting });
  }

  directoryChanged(directory: Directory): void {
    this.#handle({ type: 'DirectoryChanged', at: this.#parts.clock.now(), directory });
  }

  trunkReported(trunk: string, report: TrunkReport): void {
    this.#handle({ type: 'TrunkReported', at: this.#parts.clock.now(), trunk, report });
  }

  strainReported(strain: Strain): void {
    this.#handle({ type: 'StrainReported', at: this.#parts.clock.now(), strain });
  }

  /**
   * What the dialplan did by itself while nobody was in control. Told once, also where the process that told it ended before
   * Asterisk could forget it.
   * @returns whether what there is to tell of it is in the store, whenever that is asked.
   */
  takenAlone(call: AloneCall): () => boolean {
    if (this.#endedBefore.has(callOf(call.channel))) return () => true;
    const facts = this.#exchange.takenAlone(call);
    this.#ledger.commit({ calls: [], ended: [], agents: [], facts });
    this.#parts.observer.told?.(facts);
    return this.#ledger.mark();
  }

  /** What the exchange reports. Connection changes are not for here: see {@link recover}. */
  heard(event: TelephonyEvent): void {
    switch (event.type) {
      case 'CallerEntered':
        this.#callerEntered(event.channel, event.at, event.lateMs);
        return;
      case 'LegRinging':
      case 'LegAnswered':
      case 'LegEnded':
      case 'LegHeld':
      case 'LegResumed':
      case 'DigitPressed':
        this.#handle({ type: 'CallHappened', call: this.#exchange.ownerOf(event.leg), event });
        return;
      case 'RecordingEnded':
        this.#handle({ type: 'CallHappened', call: this.#exchange.ownerOf(event.recording), event });
        return;
      case 'PlaybackEnded':
        this.#handle({ type: 'CallHappened', call: this.#exchange.ownerOf(event.playback), event });
        return;
      case 'PhoneTransferred':
        this.#handle({ ...event, ...('dialled' in event.to ? this.#read(event.to.dialled) : {}) });
        return;
      case 'PhoneReachable':
        this.#handle(event);
        return;
      case 'TrunkReachable': {
        const { trunk, reachable, roundTripMs } = event;
        this.trunkReported(trunk, {
          of: 'contact',
          reachable,
          ...(roundTripMs === undefined ? {} : { roundTripMs }),
        });
        return;
      }
      case 'Connected':
      case 'ShuttingDown':
      case 'Disconnected':
      case 'Replaced':
        return;
    }
  }

  /** {@link Recovery.recover} */
  recover(afterOutage: boolean): Promise<boolean> {
    return this.#recovery.recover(afterOutage);
  }

  /** Acts no more: another process has taken over, or this one is ending. Calls in Asterisk are left as they are. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#deadlines.clear();
    await this.#hands.stop();
    this.#ledger.stop();
  }

  #callerEntered(
    { id, role, state, callerName, callerNumber, createdAt }: LiveChannel,
    at: ReturnType<Clock['now']>,
    lateMs?: number,
  ): void {
    if (role?.is !== 'caller') return;
    // Its call is over: nobody calls anew.
    const over = callOf(id);
    if (this.#leaving.has(over)) {
      this.#hands.perform(over, { type: 'HangUp', channel: id, cause: 'normal' });
      return;
    }
    const { from, source, dnis } = role;
    const read = from === 'phone' ? this.#read(dnis) : {};
    this.#handle({
      type: 'CallArrived',
      at,
      arrival: {
        channel: id,
        from,
        source,
        dnis,
        ani: callerNumber,
        aniName: callerName,
        ...read,
        ...(state === 'up' ? { answered: true } : {}),
        ...(createdAt === undefined ? {} : { since: createdAt }),
        ...(lateMs === undefined ? {} : { lateMs }),
      },
    });
  }

  /** What was dialled, as a telephone number; empty: it is none. */
  #read(dialled: string): { readonly read?: ReadNumber } {
    const read = this.#country === undefined ? undefined : this.#parts.numbering.read(dialled, this.#country);
    return read === undefined ? {} : { read };
  }

  #handle(event: ExchangeEvent): Outcome {
    if (this.#stopped) return nothing;
    const outcome = this.#exchange.handle(event);
    this.#deadlines.follow(outcome);
    for (const id of outcome.ended) this.#leaving.add(id);
    this.#ledger.commit({
      calls: [...outcome.calls.values()],
      ended: outcome.ended,
      agents: [...outcome.agents.values()],
      switches: outcome.switches ?? [],
      tickets: outcome.tickets ?? [],
      closedTickets: outcome.closedTickets ?? [],
      paces: outcome.paces ?? [],
      facts: outcome.facts,
    });
    this.#hands.do(outcome.commands);
    this.#parts.observer.told?.(outcome.facts);
    return outcome;
  }

  /** For a store that has lost what it held. */
  #everything(): Change {
    const recovered = this.#exchange.recovered(this.#parts.clock.now());
    const { switches = [], tickets = [] } = recovered.type === 'ExchangeRecovered' ? recovered : {};
    const { agents, paces } = this.#exchange;
    return { calls: this.calls, ended: [], agents: [...agents.values()], switches, tickets, paces, facts: [recovered] };
  }

  /** @returns whether there is such a call. */
  #hangUp(id: CallId): boolean {
    const call = this.#exchange.calls.get(id);
    if (call === undefined) return false;
    this.#hands.perform(id, { type: 'HangUp', channel: call.caller, cause: 'normal' });
    return true;
  }
}

const nothing: Outcome = { calls: new Map(), ended: [], agents: new Map(), facts: [] as readonly Fact[], commands: [] };
