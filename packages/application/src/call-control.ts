import {
  type AgentId,
  type AgentRequest,
  agentDeadline,
  type CallerRequest,
  type CallId,
  type CallState,
  type ChannelId,
  type Command,
  callDeadline,
  callOf,
  type Directory,
  Exchange,
  type ExchangeEvent,
  type Fact,
  type HttpQuestion,
  type Outcome,
  type Placement,
  type PlaybackId,
  type Policy,
  type QueueId,
  type ReadNumber,
  type RecordingId,
  type TalkRequest,
  type TicketId,
  type TransferRequest,
  type TrunkReport,
  ticketDeadline,
} from '@cordboard/core';
import { Alarms } from './alarms.ts';
import { execute, type TelephonyCommand } from './execute.ts';
import { identify } from './identify.ts';
import { Ledger } from './ledger.ts';
import { Mailboxes } from './mailbox.ts';
import type { Clock } from './ports/clock.ts';
import type { Journal } from './ports/journal.ts';
import type { Numbering } from './ports/numbering.ts';
import type { ControlObserver } from './ports/observer.ts';
import type {
  Change,
  CustomerDirectory,
  ExchangeStore,
  HttpLookUps,
  MessageBoxes,
  SavedExchange,
} from './ports/stores.ts';
import { LegGone, type LiveChannel, type Telephony } from './ports/telephony.ts';
import type { TelephonyEvent } from './ports/telephony-event.ts';
import { reconcile } from './reconcile.ts';

export interface CallControlParts {
  readonly telephony: Telephony;
  readonly store: ExchangeStore;
  /** Where changes are kept on disk while the store is away; without one, in memory alone. */
  readonly journal?: Journal;
  readonly customers: CustomerDirectory;
  readonly lookUps: HttpLookUps;
  readonly numbering: Numbering;
  readonly boxes: MessageBoxes;
  readonly clock: Clock;
  readonly observer: ControlObserver;
}

/** A call that a page asks for. */
export type PlacedCall = Pick<
  Extract<ExchangeEvent, { type: 'CallAsked' }>,
  'request' | 'extension' | 'dialled' | 'language'
>;

/** How a person's request ended. */
export type AskResult = { readonly ok: true; readonly slot?: number } | { readonly ok: false; readonly code: string };

/**
 * Where decisions meet the world: an event comes in, the exchange decides, the ledger has it saved, the mailbox of the call
 * acts. Nothing here decides anything about a call.
 */
export class CallControl {
  readonly #parts: CallControlParts;
  readonly #exchange = new Exchange();
  readonly #ledger: Ledger;
  readonly #mailboxes = new Mailboxes<CallId>();
  readonly #callAlarms: Alarms<CallId>;
  readonly #agentAlarms: Alarms<AgentId>;
  readonly #ticketAlarms: Alarms<TicketId>;
  /** Whose numbers are dialled without a prefix. */
  #country: string | undefined;
  /** Calls that are over, whose caller's channel may be there for a moment yet: nobody who calls anew. */
  readonly #leaving = new Set<CallId>();
  #stopped = false;

  constructor(parts: CallControlParts) {
    this.#parts = parts;
    this.#ledger = new Ledger({ ...parts, whole: () => this.#everything() });
    this.#callAlarms = new Alarms(parts.clock);
    this.#agentAlarms = new Alarms(parts.clock);
    this.#ticketAlarms = new Alarms(parts.clock);
  }

  /** What is live now, for those who must know which policies are still in use. */
  get calls(): readonly CallState[] {
    return [...this.#exchange.calls.values()];
  }

  /**
   * Takes up what an earlier process left. Before anything else.
   * @param writing as whom the store is written to; `inherits`: it is away, and lacks what the journal tells
   */
  restore(
    saved: SavedExchange,
    policies: readonly Policy[],
    writing?: { readonly epoch: number; readonly inherits: boolean },
  ): void {
    this.#exchange.restore(saved, policies);
    if (writing !== undefined) this.#ledger.begin(writing.epoch, writing.inherits);
    for (const id of saved.ended ?? []) this.#leaving.add(id);
    for (const call of this.#exchange.calls.values()) this.#setCallAlarm(call.id);
    for (const agent of this.#exchange.agents.values()) this.#setAgentAlarm(agent.id);
    for (const ticket of this.#exchange.tickets.keys()) this.#setTicketAlarm(ticket);
  }

  /** @param moveWaiting those who wait go by it too */
  policyPublished(policy: Policy, moveWaiting = false): void {
    this.#country = policy.outbound?.country;
    this.#handle({ type: 'PolicyPublished', at: this.#parts.clock.now(), policy, moveWaiting });
  }

  directoryChanged(directory: Directory): void {
    this.#handle({ type: 'DirectoryChanged', at: this.#parts.clock.now(), directory });
  }

  /** A person asks something of an agent's state. */
  askAgent(agent: AgentId, request: AgentRequest, because: string): AskResult {
    const { refusal } = this.#handle({ type: 'AgentAsked', at: this.#parts.clock.now(), agent, request, because });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** A person turns a switch of the policy. */
  turnSwitch(id: string, on: boolean, by: string): AskResult {
    const { refusal } = this.#handle({ type: 'SwitchTurned', at: this.#parts.clock.now(), switch: id, on, by });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** A supervisor withdraws the promise to call somebody back. */
  withdrawCallback(ticket: TicketId, by: string): AskResult {
    const { refusal } = this.#handle({ type: 'TicketWithdrawn', at: this.#parts.clock.now(), ticket, by });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** A page asks that a phone of the house call somebody. */
  placeCall(wish: PlacedCall): AskResult {
    const read = this.#read(wish.dialled);
    const { refusal } = this.#handle({
      type: 'CallAsked',
      at: this.#parts.clock.now(),
      ...wish,
      ...(read === undefined ? {} : { read }),
    });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  trunkReported(trunk: string, report: TrunkReport): void {
    this.#handle({ type: 'TrunkReported', at: this.#parts.clock.now(), trunk, report });
  }

  /** A supervisor moves somebody who waits. */
  askCaller(call: CallId, request: CallerRequest, by: string): AskResult {
    const { refusal } = this.#handle({ type: 'CallerAsked', at: this.#parts.clock.now(), call, request, by });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** Parks a call in which two talk, or rings a third who is to join them. */
  askTalk(call: CallId, request: TalkRequest): AskResult {
    const { refusal, slot } = this.#handle({ type: 'TalkAsked', at: this.#parts.clock.now(), call, request });
    return refusal === undefined ? { ok: true, ...(slot === undefined ? {} : { slot }) } : { ok: false, code: refusal };
  }

  /** A person wants a call to go to somebody else; `agent`: who asks, when it is one of them. */
  askTransfer(call: CallId, request: TransferRequest, agent: AgentId | null): AskResult {
    const read = request.is === 'begin' && 'number' in request.to ? this.#read(request.to.number) : undefined;
    const { refusal } = this.#handle({
      type: 'TransferAsked',
      at: this.#parts.clock.now(),
      call,
      request,
      agent,
      ...(read === undefined ? {} : { read }),
    });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** A person lets the caller wait with music, or talks on. */
  askHold(call: CallId, on: boolean): AskResult {
    const { refusal } = this.#handle({ type: 'HoldAsked', at: this.#parts.clock.now(), call, on });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** A supervisor puts an agent into a queue or takes one out; null: as the policy says again. */
  askMember(queue: QueueId, agent: AgentId, placement: Placement | null, by: string): AskResult {
    const { refusal } = this.#handle({ type: 'MemberAsked', at: this.#parts.clock.now(), queue, agent, placement, by });
    return refusal === undefined ? { ok: true } : { ok: false, code: refusal };
  }

  /** A person ends a call. The rest follows from the caller's channel being gone. */
  hangUp(id: CallId): AskResult {
    const call = this.#exchange.calls.get(id);
    if (call === undefined) return { ok: false, code: 'no-such-call' };
    this.#perform(id, { type: 'HangUp', channel: call.caller, cause: 'normal' });
    return { ok: true };
  }

  /** What the exchange reports. Connection changes are not for here: see {@link recover}. */
  heard(event: TelephonyEvent): void {
    switch (event.type) {
      case 'CallerEntered':
        this.#callerEntered(event.channel, event.at);
        return;
      case 'LegRinging':
      case 'LegAnswered':
      case 'LegEnded':
      case 'LegHeld':
      case 'LegResumed':
      case 'DigitPressed':
        this.#handle({ type: 'CallHappened', call: this.#ownerOf(event.leg), event });
        return;
      case 'RecordingEnded':
        this.#handle({ type: 'CallHappened', call: this.#ownerOf(event.recording), event });
        return;
      case 'PlaybackEnded':
        this.#handle({ type: 'CallHappened', call: this.#ownerOf(event.playback), event });
        return;
      case 'PhoneTransferred': {
        const read = 'dialled' in event.to ? this.#read(event.to.dialled) : undefined;
        this.#handle(read === undefined ? event : { ...event, read });
        return;
      }
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
      case 'Disconnected':
      case 'Replaced':
        return;
    }
  }

  /**
   * Compares with Asterisk and puts right what differs. After an outage all readers are told what is live.
   * Never rejects: what failed is reported.
   * @returns whether the two have been compared; if not, it should be tried again.
   */
  async recover(afterOutage: boolean): Promise<boolean> {
    const { telephony, clock, observer } = this.#parts;
    // What a call has asked for may not have reached Asterisk yet: its phone is not lost, it is about to ring. After an
    // outage nothing is under way any more.
    const before = this.calls.filter(({ id }) => afterOutage || !this.#mailboxes.isBusy(id));
    const leaving = [...this.#leaving];
    try {
      const snapshot = await telephony.snapshot();
      if (this.#stopped) return true;
      const there = new Set(snapshot.channels.map(({ id }) => callOf(id)));
      for (const id of leaving) if (!there.has(id)) this.#leaving.delete(id);
      // A call that moved on while we asked was not seen as it is now: it is left alone this time.
      const unmoved = before.filter((call) => this.#exchange.calls.get(call.id) === call);
      const moved = new Set([...this.#exchange.calls.keys()].filter((id) => !unmoved.some((call) => call.id === id)));
      const found = reconcile(unmoved, snapshot, clock.now(), afterOutage);
      for (const [extension, reachable] of snapshot.reachable)
        this.#handle({ type: 'PhoneReachable', at: clock.now(), extension, reachable });
      for (const { call, event } of found.events) this.#handle({ type: 'CallHappened', call, event });
      for (const { call, command } of found.repairs) this.#perform(call, command);
      for (const channel of found.strangers) {
        const id = callOf(channel.id);
        if (this.#leaving.has(id)) this.#perform(id, { type: 'HangUp', channel: channel.id, cause: 'normal' });
        else if (!moved.has(id)) this.#callerEntered(channel, clock.now());
      }
      const legs = found.orphans.legs.filter(
        // A leg may bear the name of a call that goes on without it: whoever gave the call away just before the outage.
        (leg) => !moved.has(this.#ownerOf(leg)) && (afterOutage || !this.#exchange.calls.has(this.#ownerOf(leg))),
      );
      const bridges = found.orphans.bridges.filter((bridge) => !this.#exchange.calls.has(this.#ownerOf(bridge)));
      for (const leg of legs) this.#perform(this.#ownerOf(leg), { type: 'HangUp', channel: leg, cause: 'normal' });
      for (const bridge of bridges) this.#perform(this.#ownerOf(bridge), { type: 'DestroyBridge', bridge });
      if (afterOutage)
        this.#ledger.commit({ calls: [], ended: [], agents: [], facts: [this.#exchange.recovered(clock.now())] });
      observer.reconciled({
        events: found.events.length,
        repairs: found.repairs.length,
        orphans: legs.length + bridges.length,
      });
      return true;
    } catch (error) {
      observer.reconcileFailed(error);
      return false;
    }
  }

  /** Acts no more: another process has taken over, or this one is ending. Calls in Asterisk are left as they are. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callAlarms.clear();
    this.#agentAlarms.clear();
    this.#ticketAlarms.clear();
    await this.#mailboxes.idle();
    this.#ledger.stop();
  }

  #callerEntered({ id, role, callerName, callerNumber }: LiveChannel, at: ReturnType<Clock['now']>): void {
    if (role?.is !== 'caller') return;
    const { from, source, dnis } = role;
    const read = from === 'phone' ? this.#read(dnis) : undefined;
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
        ...(read === undefined ? {} : { read }),
      },
    });
  }

  #read(dialled: string): ReadNumber | undefined {
    return this.#country === undefined ? undefined : this.#parts.numbering.read(dialled, this.#country);
  }

  #handle(event: ExchangeEvent): Outcome {
    if (this.#stopped) return nothing;
    const outcome = this.#exchange.handle(event);
    for (const id of outcome.calls.keys()) this.#setCallAlarm(id);
    for (const id of outcome.ended) {
      this.#callAlarms.set(id, undefined, ignore);
      this.#leaving.add(id);
    }
    for (const id of outcome.agents.keys()) this.#setAgentAlarm(id);
    for (const { id } of outcome.tickets ?? []) this.#setTicketAlarm(id);
    for (const id of outcome.closedTickets ?? []) this.#setTicketAlarm(id);
    this.#ledger.commit({
      calls: [...outcome.calls.values()],
      ended: outcome.ended,
      agents: [...outcome.agents.values()],
      switches: outcome.switches ?? [],
      tickets: outcome.tickets ?? [],
      closedTickets: outcome.closedTickets ?? [],
      facts: outcome.facts,
    });
    // Two people wait for a phone that is to ring. It need not wait until its caller has been answered and hears music,
    // nor until another call has been taken down: those are other channels.
    const ringing = outcome.commands.flatMap(({ call, command }) =>
      command.type === 'RingPhone' ? [{ call, done: this.#carryOut(call, command) }] : [],
    );
    for (const { call, command } of outcome.commands) {
      if (command.type === 'IdentifyCaller') void this.#identify(call, command.ani);
      else if (command.type === 'AskHttp') void this.#askHttp(call, command);
      else if (command.type === 'AskWhetherHeard') void this.#askWhetherHeard(call, command.leg);
      else if (command.type === 'OpenBox') void this.#openBox(call, command);
      else if (command.type === 'HearMessage' || command.type === 'DeleteMessage')
        void this.#changeMessage(call, command);
      else if (command.type !== 'RingPhone') this.#perform(call, command);
    }
    for (const { call, done } of ringing) this.#mailboxes.waitFor(call, done);
    return outcome;
  }

  #perform(call: CallId, command: TelephonyCommand): void {
    this.#mailboxes.post(call, () => this.#carryOut(call, command));
  }

  async #carryOut(call: CallId, command: TelephonyCommand): Promise<void> {
    const { clock, observer, telephony } = this.#parts;
    const decidedAt = clock.now();
    if (this.#stopped) return;
    try {
      await execute(telephony, command);
      observer.commandDone(command.type, clock.now() - decidedAt);
    } catch (error) {
      this.#failed(call, command, error);
    }
  }

  /** Whoever waits for the outcome is told; that a leg has just gone is ordinary, and its end is told by its own event. */
  #failed(call: CallId, command: TelephonyCommand, error: unknown): void {
    const isGone = error instanceof LegGone;
    if (!isGone) this.#parts.observer.commandFailed(call, command.type, error);
    // No phone can ring for a caller who has gone: that is no fault of the phone's, and the caller's end is on its way.
    if (isGone && command.type === 'RingPhone') return;
    const what = failureOf(command);
    if (what !== undefined)
      this.#handle({
        type: 'CallHappened',
        call,
        event: { type: 'CommandFailed', at: this.#parts.clock.now(), command: command.type, ...what },
      });
  }

  /** Asked when what is urgent has left: to put the question takes as much of this process's time as to decide the call. */
  async #identify(call: CallId, ani: string): Promise<void> {
    const { clock, customers, observer } = this.#parts;
    const askedAt = clock.now();
    await new Promise((resolve) => setImmediate(resolve));
    try {
      const identified = await identify(customers, ani);
      this.#handle({
        type: 'CallHappened',
        call,
        event: { type: 'CallerIdentified', at: clock.now(), ...identified, tookMs: clock.now() - askedAt },
      });
    } catch (error) {
      observer.identifyFailed(call, error);
      this.#handle({ type: 'CallHappened', call, event: { type: 'LookUpFailed', at: clock.now() } });
    }
  }

  /** No mailbox: while one call waits for another system, its own prompts and everybody else go on. */
  async #askHttp(call: CallId, question: HttpQuestion): Promise<void> {
    const { clock, lookUps } = this.#parts;
    const askedAt = clock.now();
    const answer = await lookUps.ask(question);
    this.#handle({
      type: 'CallHappened',
      call,
      event: { type: 'HttpAnswered', at: clock.now(), ask: question.ask, answer, tookMs: clock.now() - askedAt },
    });
  }

  /** Whose a leg is may have changed since it was named. */
  #ownerOf(id: string): CallId {
    return this.#exchange.ownerOf(id);
  }

  /** What cannot be found out is not told: the call has another deadline. */
  async #askWhetherHeard(call: CallId, leg: ChannelId): Promise<void> {
    const { clock, observer, telephony } = this.#parts;
    try {
      const heard = await telephony.isHeardOf(leg);
      this.#handle({ type: 'CallHappened', call, event: { type: 'TrunkHeard', at: clock.now(), leg, heard } });
    } catch (error) {
      if (!(error instanceof LegGone)) observer.commandFailed(call, 'AskWhetherHeard', error);
    }
  }

  async #openBox(call: CallId, { ask, box, pin }: Extract<Command, { type: 'OpenBox' }>): Promise<void> {
    const { boxes, clock } = this.#parts;
    const answer = await boxes.open(box, pin);
    this.#handle({ type: 'CallHappened', call, event: { type: 'BoxOpened', at: clock.now(), ask, answer } });
  }

  async #changeMessage(
    call: CallId,
    { type, message }: Extract<Command, { type: 'HearMessage' | 'DeleteMessage' }>,
  ): Promise<void> {
    const { boxes, observer } = this.#parts;
    try {
      await (type === 'HearMessage' ? boxes.setHeard(message) : boxes.remove(message));
    } catch (error) {
      observer.commandFailed(call, type, error);
    }
  }

  /** For a store that has lost what it held. */
  #everything(): Change {
    const recovered = this.#exchange.recovered(this.#parts.clock.now());
    const { switches = [], tickets = [] } = recovered.type === 'ExchangeRecovered' ? recovered : {};
    const { agents } = this.#exchange;
    return { calls: this.calls, ended: [], agents: [...agents.values()], switches, tickets, facts: [recovered] };
  }

  #setCallAlarm(id: CallId): void {
    const call = this.#exchange.calls.get(id);
    this.#callAlarms.set(id, call && callDeadline(call), () =>
      this.#handle({ type: 'CallHappened', call: id, event: { type: 'DeadlinePassed', at: this.#parts.clock.now() } }),
    );
  }

  #setTicketAlarm(id: TicketId): void {
    const ticket = this.#exchange.tickets.get(id);
    this.#ticketAlarms.set(id, ticket && ticketDeadline(ticket), () =>
      this.#handle({ type: 'TicketDeadlinePassed', at: this.#parts.clock.now(), ticket: id }),
    );
  }

  #setAgentAlarm(id: AgentId): void {
    const agent = this.#exchange.agents.get(id);
    this.#agentAlarms.set(id, agent && agentDeadline(agent), () =>
      this.#handle({ type: 'AgentDeadlinePassed', at: this.#parts.clock.now(), agent: id }),
    );
  }
}

const ignore = (): void => undefined;

const nothing: Outcome = { calls: new Map(), ended: [], agents: new Map(), facts: [] as readonly Fact[], commands: [] };

/** Which failures the call itself must hear of. */
const failureOf = (
  command: Command,
): { leg: ChannelId } | { playback: PlaybackId } | { recording: RecordingId } | undefined => {
  if (command.type === 'RingPhone' || command.type === 'RingOutside') return { leg: command.leg };
  if (command.type === 'Record') return { recording: command.recording };
  return command.type === 'Play' ? { playback: command.playback } : undefined;
};
