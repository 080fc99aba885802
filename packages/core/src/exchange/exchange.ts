import type { Agent } from '../agent/agent.ts';
import { agentView, ask, deadlinePassed, isFree, moved, phoneReachable } from '../agent/step.ts';
import { callBack } from '../call/calling-back.ts';
import type { Command } from '../call/command.ts';
import { consultationLeft } from '../call/consultation-left.ts';
import { ringOwnPhone } from '../call/dialling.ts';
import type { CallEvent } from '../call/event.ts';
import { begin, say } from '../call/follow.ts';
import { type ExpectedInterval, end, hangUpCaller, type Step, type Surroundings, stay } from '../call/moves.ts';
import type { Going } from '../call/node/going.ts';
import { legsOf } from '../call/party.ts';
import type { CallState, Common, Direction, In } from '../call/state.ts';
import { step } from '../call/step.ts';
import { callView } from '../call/view.ts';
import {
  type AttemptOutcome,
  afterAttempt,
  afterRest,
  type Ticket,
  type TicketOutcome,
  whenOpen,
} from '../callback/ticket.ts';
import { isTicket, Tickets, ticketFor } from '../callback/tickets.ts';
import type { CallHappening, Fact, QueueOutline } from '../fact/fact.ts';
import {
  type AgentId,
  type CallId,
  type ChannelId,
  callNamedIn,
  callOf,
  type Extension,
  legOf,
  type NodeId,
  placedOf,
  type QueueId,
  type TicketId,
} from '../ids.ts';
import type { Waiter } from '../line/line.ts';
import { queueIds } from '../policy/check.ts';
import type { QueueFigure } from '../policy/condition.ts';
import type { Language } from '../policy/language.ts';
import { boxFlow, extensionFlow, featureFlow, numberDialled, queueIn } from '../policy/lookup.ts';
import type { InboundNumber, Policy } from '../policy/policy.ts';
import type { Queue } from '../policy/queue.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import { Dispatcher, type Match, type Waiting } from '../routing/dispatcher.ts';
import { isEmergency, type TrunkNow } from '../routing/outbound.ts';
import { trunksUsedBy } from '../routing/trunk-use.ts';
import type { Instant } from '../time.ts';
import { type TrunkChange, Trunks } from '../trunk/trunk.ts';
import { alertsOf } from './alerts.ts';
import { type Desk, plainDesk } from './desk.ts';
import { type DeskCode, deskCode, obeyed } from './desk-code.ts';
import { engage } from './engagement.ts';
import type { AgentRequest, Arrival, Directory, ExchangeEvent } from './event.ts';
import { ExpectedWait } from './expected-wait.ts';
import { boxCode, featureRequest, isFeatureCode, isSwitchCode, seatDialled, spokenAnswer } from './feature-code.ts';
import { allowedTo, dialled, planFor, type Wish } from './outbound-desk.ts';
import type { Outcome } from './outcome.ts';
import { freeSlot, parkedIn, placeFor, slotDialled } from './parking.ts';
import { pickUpDialled, rings } from './pick-up.ts';
import { Rulebook } from './rulebook.ts';
import { Seats } from './seats.ts';
import { Staff } from './staff.ts';
import type { SwitchState } from './switch.ts';
import { Switchboard, switchDialled } from './switchboard.ts';
import {
  AdoptedLegs,
  decidePageTransfer,
  decidePhoneTransfer,
  type TransferDecision,
  type TransferFloor,
} from './transfers.ts';
import { Turn } from './turn.ts';

export interface ExchangeOptions {
  /** Decisions tell why those chosen were, and nothing of all others: for whoever simulates a day and reads no card. */
  readonly tellsOnlyChosen?: boolean;
}

/**
 * The whole floor: calls, agents, lines, and the rules that bring them together. One event in, one outcome out, nothing
 * else: no clock, no dice, no input or output. So production, a replay and a test run the same code.
 */
export class Exchange {
  readonly #calls = new Map<CallId, CallState>();
  readonly #agents = new Map<AgentId, Agent>();
  readonly #seats = new Seats();
  /** The phones of the house, and how each is set. */
  readonly #desks = new Map<Extension, Desk>();
  readonly #rulebook = new Rulebook();
  readonly #dispatcher: Dispatcher;
  readonly #staff = new Staff();
  readonly #tickets = new Tickets();
  /** Queues that have just lost the last one who could answer. */
  readonly #emptied = new Set<QueueId>();
  readonly #expectedWait = new ExpectedWait();
  /** What is known of phones before, or without, an agent who sits at them. */
  readonly #reachable = new Map<Extension, boolean>();
  readonly #switches = new Switchboard();
  readonly #trunks = new Trunks();
  readonly #adopted = new AdoptedLegs();

  constructor({ tellsOnlyChosen = false }: ExchangeOptions = {}) {
    this.#dispatcher = new Dispatcher({
      agents: this.#agents,
      rulesOf: (queue, version) => this.#rulebook.rulesOf(queue, version),
      triedBy: (who) => this.#triedBy(who),
      onlyChosen: tellsOnlyChosen,
    });
  }

  get calls(): ReadonlyMap<CallId, CallState> {
    return this.#calls;
  }

  get agents(): ReadonlyMap<AgentId, Agent> {
    return this.#agents;
  }

  get tickets(): ReadonlyMap<TicketId, Ticket> {
    return this.#tickets.all;
  }

  /** Who waits for a queue, in the order of its line. */
  waitingIn(queue: QueueId): readonly Waiter[] {
    return [...this.#dispatcher.line(queue)].map(({ who }) => who);
  }

  /** Takes up what an earlier process left: the same calls in the same places, the same agents. */
  restore(
    saved: {
      readonly calls: readonly CallState[];
      readonly agents: readonly Agent[];
      readonly switches?: readonly SwitchState[];
      readonly tickets?: readonly Ticket[];
    },
    policies: readonly Policy[],
  ): void {
    for (const policy of policies) this.#rulebook.keep(policy);
    this.#switches.restore(saved.switches ?? []);
    for (const agent of saved.agents) {
      this.#agents.set(agent.id, agent);
      this.#dispatcher.agentChanged(undefined, agent);
    }
    this.#countStaff();
    for (const ticket of saved.tickets ?? []) {
      this.#tickets.put(ticket);
      if (ticket.state.is === 'waiting') this.#dispatcher.enter(ghostOf(ticket));
    }
    for (const call of saved.calls) {
      this.#calls.set(call.id, call);
      this.#noteLegs(call);
      if (call.phase === 'queued') this.#dispatcher.enter(inLine(call));
    }
  }

  /** The call that a leg, a bridge, a playback or a recording belongs to now. */
  ownerOf(id: string): CallId {
    return this.#adopted.get(id as ChannelId) ?? callNamedIn(id);
  }

  /** All that is live, for readers who start or have lost count. */
  recovered(at: Instant): Fact {
    return {
      type: 'ExchangeRecovered',
      at,
      calls: [...this.#calls.values()].filter(({ service }) => !service).map(callView),
      agents: [...this.#agents.values()].map(agentView),
      switches: this.#switches.all,
      tickets: [...this.#tickets.all.values()],
      trunks: this.#trunks.all,
    };
  }

  handle(event: ExchangeEvent): Outcome {
    switch (event.type) {
      case 'CallArrived':
        return this.#arrived(event.arrival, event.at);
      case 'CallAsked':
        return this.#callAsked(event);
      case 'CallHappened':
        return this.#happened(event.call, event.event);
      case 'AgentAsked':
        return this.#asked(event);
      case 'CallerAsked':
        return this.#callerAsked(event);
      case 'TalkAsked':
        return this.#talkAsked(event);
      case 'TransferAsked':
        return this.#transferAsked(event);
      case 'PhoneTransferred':
        return this.#phoneTransferred(event);
      case 'HoldAsked':
        return this.#holdAsked(event);
      case 'MemberAsked':
        return this.#memberAsked(event);
      case 'TrunkReported':
        return this.#trunkReported(event);
      case 'TicketDeadlinePassed':
        return this.#ticketDeadlinePassed(event.ticket, event.at);
      case 'TicketWithdrawn':
        return this.#ticketWithdrawn(event);
      case 'AgentDeadlinePassed':
        return this.#change(event.agent, event.at, 'time', (agent) => deadlinePassed(agent, event.at));
      case 'PhoneReachable':
        return this.#phoneReachable(event.extension, event.reachable, event.at);
      case 'DirectoryChanged':
        return this.#directoryChanged(event.directory, event.at);
      case 'SwitchTurned':
        return this.#switchTurned(event);
      case 'PolicyPublished':
        return this.#policyPublished(event);
    }
  }

  #arrived(arrival: Arrival, at: Instant): Outcome {
    const id = callOf(arrival.channel);
    const turn = this.#turn(at);
    if (this.#calls.has(id) || this.#adopted.get(arrival.channel) !== undefined) return turn.outcome();
    const extension = arrival.from === 'phone' ? (arrival.source as Extension) : undefined;
    const caller = extension === undefined ? undefined : this.#seats.at(extension);
    const number = this.#rulebook.current && numberDialled(this.#rulebook.current, arrival.dnis);
    const service = extension !== undefined && isFeatureCode(arrival.dnis);
    const fresh = newCall(id, arrival, at, {
      direction: this.#directionOf(arrival),
      language: number?.language ?? this.#languageOf(caller),
      policyVersion: this.#rulebook.current?.version ?? 0,
      service,
      attributes: number?.attributes ?? {},
      // A code is dialled in a moment; to listen to messages takes longer.
      ...(caller === undefined || (service && arrival.dnis !== boxCode) ? {} : { callerAgent: caller }),
    });
    const call = turn.tell(fresh, [arrivalOf(fresh)]);
    const { from, ani } = fresh;
    if (!service && from === 'trunk' && ani !== '') turn.command(id, [{ type: 'IdentifyCaller', ani }]);
    const first =
      service && extension !== undefined ? this.#featureCode(call, extension, turn) : this.#firstStep(call, arrival);
    this.#take(undefined, first, turn);
    return this.#settle(turn);
  }

  #firstStep(call: CallState, arrival: Arrival): Step {
    const around = this.#around(call);
    const { dnis, from } = arrival;
    const number = this.#ownNumber(arrival);
    if (number !== undefined)
      return begin(call, number.flow, `${number.name} (${number.number}) dialled`, call.arrivedAt, around);
    if (from === 'trunk') return hangUpCaller(call, call.arrivedAt, 'rejected', 'unallocated');
    if (call.direction === 'out') return this.#goOut(call, arrival);
    const allowed =
      around.policy.outbound && allowedTo(around.policy.outbound, call.source as Extension, call.callerAgent);
    return allowed?.includes('internal') === false
      ? dialled(call, 'not-permitted', call.arrivedAt, around)
      : begin(call, extensionFlow(dnis as Extension), `extension ${dnis} dialled`, call.arrivedAt, around);
  }

  #goOut(call: CallState, { dnis, read }: Arrival): Step {
    const around = this.#around(call);
    if (around.policy.outbound === undefined) return hangUpCaller(call, call.arrivedAt, 'rejected', 'unallocated');
    const wish: Wish = {
      dialled: dnis,
      ...(read === undefined ? {} : { read }),
      extension: call.source as Extension,
      ...(call.callerAgent === undefined ? {} : { agent: call.callerAgent }),
      language: call.language,
      at: call.arrivedAt,
    };
    return dialled(call, planFor(wish, around.policy, around.isOn), call.arrivedAt, around);
  }

  /** A number of the house itself, however a phone of the house has dialled it. */
  #ownNumber({ dnis, read, from }: Pick<Arrival, 'dnis' | 'read' | 'from'>): InboundNumber | undefined {
    const policy = this.#rulebook.current;
    if (policy === undefined || (from === 'phone' && isForHelp(policy, dnis))) return undefined;
    return numberDialled(policy, dnis) ?? (read && numberDialled(policy, read.number));
  }

  #directionOf(arrival: Arrival): Direction {
    const { from, dnis } = arrival;
    if (from === 'trunk') return 'in';
    if (isForHelp(this.#rulebook.current, dnis)) return 'out';
    const isInside =
      isFeatureCode(dnis) || this.#desks.has(dnis as Extension) || this.#ownNumber(arrival) !== undefined;
    return isInside ? 'internal' : 'out';
  }

  /** An agent's own, or that of the house. */
  #languageOf(agent: AgentId | undefined): Language {
    const policy = this.#rulebook.current;
    const own = agent !== undefined && policy !== undefined && Object.hasOwn(policy.agents, agent);
    return (own ? policy.agents[agent]?.language : undefined) ?? policy?.numbers[0]?.language ?? 'en';
  }

  #callAsked(asked: Extract<ExchangeEvent, { type: 'CallAsked' }>): Outcome {
    const { request, extension, at } = asked;
    const turn = this.#turn(at);
    const id = placedOf(request);
    const agent = this.#agents.get(this.#seats.at(extension) ?? ('' as AgentId));
    const policy = this.#rulebook.current;
    if (this.#calls.has(id)) return turn.outcome();
    if (policy === undefined || !this.#desks.has(extension)) return { ...turn.outcome(), refusal: 'no-such-phone' };
    if (agent?.engaged !== undefined) return { ...turn.outcome(), refusal: 'agent-busy' };
    if (this.#reachable.get(extension) !== true) return { ...turn.outcome(), refusal: 'phone-not-registered' };
    const wish: Wish = { language: this.#languageOf(agent?.id), ...asked, ...(agent && { agent: agent.id }) };
    const plan = planFor(wish, policy, (name) => this.#switches.isOn(name));
    if (typeof plan === 'string') return { ...turn.outcome(), refusal: plan };
    const arrival: Arrival = {
      channel: legOf(id, 1),
      from: 'phone',
      source: extension,
      ani: extension,
      aniName: agent?.name ?? '',
      dnis: plan.number,
    };
    const fresh = newCall(id, arrival, at, {
      direction: 'out',
      language: wish.language,
      policyVersion: policy.version,
      service: false,
      attributes: {},
      ...(agent === undefined ? {} : { callerAgent: agent.id }),
    });
    const call = turn.tell({ ...fresh, made: 1 }, [arrivalOf(fresh)]);
    this.#take(undefined, ringOwnPhone(call, extension, plan, at), turn);
    return this.#settle(turn);
  }

  #trunkReported({ trunk, report, at }: Extract<ExchangeEvent, { type: 'TrunkReported' }>): Outcome {
    const turn = this.#turn(at);
    this.#tellTrunk(this.#trunks.report(trunk, report, at), turn);
    return turn.outcome();
  }

  #tellTrunk(change: TrunkChange | undefined, turn: Turn): void {
    if (change === undefined) return;
    const { state, down } = change;
    turn.say({ type: 'TrunkChanged', at: turn.at, trunk: state });
    if (down !== undefined)
      turn.say({
        type: 'SupervisorAlerted',
        at: turn.at,
        alert: { is: 'trunk-down', trunk: state.id, because: down },
      });
  }

  /** How many calls a trunk carries, and whether it may carry another. */
  #trunkNow(id: string): TrunkNow {
    const down = this.#trunks.objectionTo(id);
    const known = down === undefined ? {} : { down };
    const most = this.#rulebook.current?.outbound?.channels[id];
    if (most === undefined) return known;
    let used = 0;
    for (const call of this.#calls.values()) used += trunksUsedBy(call).filter((trunk) => trunk === id).length;
    return used < most ? known : { ...known, full: most };
  }

  #featureCode(call: CallState, extension: Extension, turn: Turn): Step {
    if (call.dnis === boxCode)
      return begin(call, boxFlow(extension), `${boxCode} dialled`, turn.at, this.#around(call));
    const agent = this.#agents.get(this.#seats.at(extension) ?? ('' as AgentId));
    const request = agent && featureRequest(call.dnis, agent);
    const going: Going = {
      flow: featureFlow,
      node: 'say' as NodeId,
      at: turn.at,
      around: this.#around(call),
      on: (_, __, changed) => stay(changed),
      begin: (_, __, changed) => stay(changed),
    };
    const answer = (sound: string): Step => say(call, [sound], 'end' as NodeId, going);
    const setting = deskCode(call.dnis);
    if (setting !== undefined) return answer(this.#deskDialled(extension, setting, turn));
    const wanted = pickUpDialled(call.dnis);
    if (wanted !== undefined)
      return this.#pickUp(call, extension, wanted, turn) ?? answer('cordboard/nothing-to-pick-up');
    const slot = slotDialled(call.dnis);
    if (slot !== undefined) return this.#fetch(call, extension, slot, turn) ?? answer('cordboard/nothing-parked');
    if (isSwitchCode(call.dnis)) {
      const id = switchDialled(this.#rulebook.current, call.dnis);
      if (id === undefined) return answer('cordboard/no-such-switch');
      const on = !this.#switches.isOn(id);
      this.#turnSwitch(id, on, `phone ${extension}`, turn);
      return answer(on ? 'cordboard/switch-on' : 'cordboard/switch-off');
    }
    const home = seatDialled(call.dnis);
    if (home !== undefined) return answer(this.#sitDown(home, extension, turn));
    if (agent === undefined || request === undefined) return answer('cordboard/not-an-agent');
    const { sound, result } = spokenAnswer(agent, request, turn.at);
    if (typeof result !== 'string') this.#keep(result, `${call.dnis} at phone ${extension}`, turn, request);
    return answer(sound);
  }

  /** An agent signs in at this phone: calls come here, and the phone they had is not rung for them any more. */
  #sitDown(home: Extension, at: Extension, turn: Turn): string {
    const agent = this.#agents.get(this.#seats.homeOf(home) ?? ('' as AgentId));
    const sitting = this.#agents.get(this.#seats.at(at) ?? ('' as AgentId));
    const isTaken = sitting !== undefined && sitting.id !== agent?.id && sitting.presence.is !== 'signed-out';
    if (agent === undefined || agent.engaged !== undefined || isTaken) return 'cordboard/not-an-agent';
    const signedIn = ask(agent, { to: 'sign-in' }, turn.at);
    const { seat: _, ...same } = typeof signedIn === 'string' ? agent : signedIn;
    this.#seats.move(agent, at);
    turn.agent(
      {
        ...same,
        ...this.#atPhone(at),
        ...(at === home ? {} : { seat: at }),
      },
      `*11${home} at phone ${at}`,
    );
    return 'cordboard/signed-in';
  }

  /** Who signs out sits at the phone of their own again. */
  #keep(agent: Agent, because: string, turn: Turn, request: AgentRequest): void {
    const home = this.#seats.home(agent.id);
    if (agent.presence.is !== 'signed-out' || agent.seat === undefined || home === undefined) {
      turn.agent(agent, because, request);
      return;
    }
    const { seat: _, ...rest } = agent;
    this.#seats.move(agent, home);
    turn.agent({ ...rest, ...this.#atPhone(home) }, because, request);
  }

  /** What an agent has from the phone they sit at. */
  #atPhone(extension: Extension): Pick<Agent, 'extension' | 'reachable' | 'doNotDisturb'> {
    const reachable = this.#reachable.get(extension) ?? false;
    return { extension, reachable, doNotDisturb: this.#desks.get(extension)?.doNotDisturb ?? false };
  }

  /** The phone that dialled has the call that rings at another; its own dialling is over. @returns undefined when none rings there. */
  #pickUp(dialling: CallState, by: Extension, extension: Extension, turn: Turn): Step | undefined {
    const call = [...this.#calls.values()].find((each) => rings(each, extension));
    if (call === undefined) return undefined;
    const agent = this.#seats.at(by);
    const event = {
      type: 'PickedUp',
      at: turn.at,
      leg: dialling.caller,
      by,
      extension,
      ...(agent === undefined ? {} : { agent }),
    } as const;
    this.#take(call, step(call, event, this.#around(call)), turn);
    return end(dialling, turn.at, 'completed-in-flow', 'system');
  }

  /** The phone that dialled a place has the call that is parked there. @returns undefined when none is. */
  #fetch(dialling: CallState, by: Extension, slot: number, turn: Turn): Step | undefined {
    const call = parkedIn(this.#calls.values(), slot);
    if (call === undefined) return undefined;
    const agent = this.#seats.at(by);
    const event = {
      type: 'FetchedBy',
      at: turn.at,
      leg: dialling.caller,
      by,
      ...(agent === undefined ? {} : { agent }),
    } as const;
    this.#take(call, step(call, event, this.#around(call)), turn);
    return end(dialling, turn.at, 'completed-in-flow', 'system');
  }

  #happened(id: CallId, event: Extract<ExchangeEvent, { type: 'CallHappened' }>['event']): Outcome {
    const turn = this.#turn(event.at);
    const call = this.#calls.get(id);
    if (call === undefined) {
      // The call is over; a phone that answers now rings for nobody.
      if (event.type === 'LegAnswered') turn.command(id, [{ type: 'HangUp', channel: event.leg, cause: 'normal' }]);
      return turn.outcome();
    }
    this.#take(call, step(call, event, this.#around(call)), turn);
    return this.#settle(turn);
  }

  #asked({ agent: id, request, at, because }: Extract<ExchangeEvent, { type: 'AgentAsked' }>): Outcome {
    const agent = this.#agents.get(id);
    const turn = this.#turn(at);
    if (agent === undefined) return { ...turn.outcome(), refusal: 'unknown-agent' };
    const result = ask(agent, request, at);
    if (typeof result === 'string') return { ...turn.outcome(), refusal: result };
    if (request.to === 'wrapped-up' && agent.codeWanted !== undefined) {
      const { call: ofCall, queue } = agent.codeWanted;
      turn.say({ type: 'WrapUpCodeGiven', at, agent: id, ofCall, queue, code: request.code });
    }
    this.#keep(result, because, turn, request);
    return this.#settle(turn);
  }

  #switchTurned({ switch: id, on, by, at }: Extract<ExchangeEvent, { type: 'SwitchTurned' }>): Outcome {
    const turn = this.#turn(at);
    if (!Object.hasOwn(this.#rulebook.current?.switches ?? {}, id))
      return { ...turn.outcome(), refusal: 'unknown-switch' };
    this.#turnSwitch(id, on, by, turn);
    return this.#settle(turn);
  }

  #turnSwitch(id: string, on: boolean, by: string, turn: Turn): void {
    const turned = this.#switches.turn(id, on, by, turn.at);
    if (turned === undefined) return;
    turn.switch(turned);
    turn.say({ type: 'SwitchTurned', at: turn.at, switch: id, on, by });
    if (on) this.#closeLines(id, turn);
  }

  #callerAsked({ call: id, request, at, by }: Extract<ExchangeEvent, { type: 'CallerAsked' }>): Outcome {
    const turn = this.#turn(at);
    const call = this.#calls.get(id);
    if (call === undefined) return { ...turn.outcome(), refusal: 'no-such-call' };
    if (call.phase !== 'queued') return { ...turn.outcome(), refusal: 'not-waiting' };
    if (request.to === 'queue' && this.#rulesFor(request.queue, id) === undefined)
      return { ...turn.outcome(), refusal: 'no-such-queue' };
    const event: CallEvent =
      request.to === 'queue'
        ? { type: 'QueueChanged', at, queue: request.queue, by }
        : { type: 'PriorityChanged', at, priority: request.priority, by };
    this.#take(call, step(call, event, this.#around(call)), turn);
    return this.#settle(turn);
  }

  #talkAsked({ call: id, request, at }: Extract<ExchangeEvent, { type: 'TalkAsked' }>): Outcome {
    const turn = this.#turn(at);
    const call = this.#calls.get(id);
    const refuse = (refusal: NonNullable<Outcome['refusal']>): Outcome => ({ ...turn.outcome(), refusal });
    if (call === undefined) return refuse('no-such-call');
    if (call.phase !== 'talking' || call.held !== undefined) return refuse('not-talking');
    if (call.third !== undefined) return refuse('three-already');
    if (request.to === 'add') {
      const wanted = this.#thirdFor(request.target, at);
      if (typeof wanted === 'string') return refuse(wanted);
      this.#take(call, step(call, wanted, this.#around(call)), turn);
      return this.#settle(turn);
    }
    // The place is told to the phone, and that phone rings when nobody fetches the call: it has to be one of the house.
    if (!this.#desks.has(call.extension as Extension)) return refuse('no-such-phone');
    const slot = freeSlot(this.#calls.values());
    if (slot === undefined) return refuse('no-place-free');
    this.#take(call, step(call, { type: 'Parked', at, slot }, this.#around(call)), turn);
    return { ...this.#settle(turn), slot };
  }

  #thirdFor(target: PhoneTarget, at: Instant): (CallEvent & { type: 'ThirdWanted' }) | 'no-such-phone' | 'phone-busy' {
    if (!('extension' in target)) return { type: 'ThirdWanted', at, target };
    const extension = this.#phoneOf(target.extension);
    const desk = this.#desks.get(extension);
    if (desk === undefined) return 'no-such-phone';
    const seated = this.#agentAt(extension);
    if (desk.doNotDisturb || seated?.busy === true) return 'phone-busy';
    return { type: 'ThirdWanted', at, target: { extension }, ...(seated === undefined ? {} : { agent: seated.agent }) };
  }

  #transferAsked(event: Extract<ExchangeEvent, { type: 'TransferAsked' }>): Outcome {
    const call = this.#calls.get(event.call);
    const decided =
      call === undefined
        ? ({ refusal: 'no-such-call' } as const)
        : decidePageTransfer(call, event, this.#floor(event.at));
    const turn = this.#turn(event.at);
    if ('refusal' in decided) return { ...turn.outcome(), refusal: decided.refusal };
    return this.#transfer(decided, turn);
  }

  /** The phone is told of a refusal and keeps its call; nobody else hears of it. */
  #phoneTransferred(event: Extract<ExchangeEvent, { type: 'PhoneTransferred' }>): Outcome {
    const decided = decidePhoneTransfer(event, this.#floor(event.at));
    const turn = this.#turn(event.at);
    if (!('refusal' in decided)) return this.#transfer(decided, turn);
    turn.command(this.ownerOf(event.leg), [{ type: 'NotifyTransfer', channel: event.leg, outcome: 'refused' }]);
    return turn.outcome();
  }

  #transfer({ events, hangUp }: Extract<TransferDecision, { events: unknown }>, turn: Turn): Outcome {
    if (hangUp !== undefined)
      turn.command(this.ownerOf(hangUp), [{ type: 'HangUp', channel: hangUp, cause: 'normal' }]);
    for (const { call: id, event } of events) {
      const call = this.#calls.get(id);
      if (call === undefined) continue;
      // Whoever goes on talking in another call has nothing to write up of this one.
      const before = event.type === 'MergedInto' && call.phase === 'talking' ? { ...call, wrapUpMs: 0 } : call;
      this.#take(before, step(call, event, this.#around(call)), turn);
    }
    return this.#settle(turn);
  }

  #holdAsked({ call: id, on, at }: Extract<ExchangeEvent, { type: 'HoldAsked' }>): Outcome {
    const turn = this.#turn(at);
    const call = this.#calls.get(id);
    if (call === undefined) return { ...turn.outcome(), refusal: 'no-such-call' };
    if (call.phase !== 'talking') return { ...turn.outcome(), refusal: 'not-talking' };
    if (call.third !== undefined) return { ...turn.outcome(), refusal: 'three-already' };
    if (call.held?.from === 'phone') return { ...turn.outcome(), refusal: 'held-by-phone' };
    this.#take(call, step(call, { type: 'HoldAsked', at, on }, this.#around(call)), turn);
    return this.#settle(turn);
  }

  #floor(at: Instant): TransferFloor {
    return {
      phones: this.#desks,
      callWith: (leg) => this.#calls.get(this.ownerOf(leg)),
      policyOf: (call) => this.#rulebook.of(call.policyVersion),
      agentAt: (extension) => this.#agentAt(extension),
      phoneOf: (extension) => this.#phoneOf(extension),
      isUndisturbable: (extension) => this.#desks.get(extension)?.doNotDisturb === true,
      placeFor: (wanted) => placeFor(wanted, [...this.#calls.values()]),
      freeIn: (queue) => this.#freeIn(queue)?.extension,
      wayOut: (dialled, read, call, { agent, extension }) =>
        planFor(
          {
            dialled,
            extension,
            language: call.language,
            at,
            ...(read === undefined ? {} : { read }),
            ...(agent === undefined ? {} : { agent }),
          },
          this.#rulebook.of(call.policyVersion),
          (id) => this.#switches.isOn(id),
        ),
    };
  }

  #freeIn(queue: QueueId): Agent | undefined {
    const rules = this.#rulebook.queues().get(queue);
    const members = rules === undefined ? [] : this.#dispatcher.membersOf(queue, rules);
    return members
      .flatMap(({ agent: id, penalty }) => {
        const agent = this.#agents.get(id);
        // Whoever works elsewhere has no desk phone to be asked at.
        return agent !== undefined && isFree(agent) && agent.contact === undefined ? [{ agent, penalty }] : [];
      })
      .toSorted((a, b) => a.penalty - b.penalty || a.agent.idleSince - b.agent.idleSince)[0]?.agent;
  }

  #agentAt(extension: Extension): { readonly agent: AgentId; readonly busy: boolean } | undefined {
    const agent = this.#agents.get(this.#seats.at(extension) ?? ('' as AgentId));
    return agent === undefined ? undefined : { agent: agent.id, busy: agent.engaged !== undefined };
  }

  #memberAsked({ agent: id, queue, placement, at, by }: Extract<ExchangeEvent, { type: 'MemberAsked' }>): Outcome {
    const turn = this.#turn(at);
    const agent = this.#agents.get(id);
    if (agent === undefined) return { ...turn.outcome(), refusal: 'unknown-agent' };
    if (this.#rulebook.queues().get(queue) === undefined) return { ...turn.outcome(), refusal: 'no-such-queue' };
    turn.agent(moved(agent, queue, placement ?? undefined), by);
    return this.#settle(turn);
  }

  #phoneReachable(extension: Extension, reachable: boolean, at: Instant): Outcome {
    this.#reachable.set(extension, reachable);
    const agent = this.#seats.at(extension);
    if (agent === undefined) return this.#turn(at).outcome();
    return this.#change(agent, at, reachable ? 'phone registered' : 'phone not registered', (known) =>
      phoneReachable(known, reachable),
    );
  }

  #change(id: AgentId, at: Instant, because: string, change: (agent: Agent) => Agent): Outcome {
    const turn = this.#turn(at);
    const agent = this.#agents.get(id);
    if (agent !== undefined) turn.agent(change(agent), because);
    return this.#settle(turn);
  }

  #directoryChanged({ agents, phones }: Directory, at: Instant): Outcome {
    const turn = this.#turn(at);
    this.#setDesks(phones, turn);
    this.#seats.renew(agents, this.#agents);
    for (const { id, name, extension: home, contact, site } of agents) {
      const before = this.#agents.get(id);
      const extension = before?.seat ?? home;
      const {
        contact: _,
        doNotDisturb: __,
        site: ___,
        ...known
      } = before ??
      ({
        ...{ id, name, extension, presence: { is: 'signed-out' }, since: at, idleSince: at, missed: 0 },
        reachable: this.#reachable.get(extension) ?? false,
      } satisfies Agent as Agent);
      const moved = known.extension === extension ? {} : { reachable: this.#reachable.get(extension) ?? false };
      const disturbed = this.#desks.get(extension)?.doNotDisturb === true ? { doNotDisturb: true } : {};
      turn.agent(
        {
          ...{ ...known, name, extension },
          ...moved,
          ...disturbed,
          ...(contact === undefined ? {} : { contact }),
          ...(site === undefined ? {} : { site }),
        },
        'directory',
      );
    }
    const listed = new Set(agents.map(({ id }) => id));
    for (const agent of this.#agents.values())
      if (!listed.has(agent.id) && agent.presence.is !== 'signed-out')
        turn.agent({ ...agent, presence: { is: 'signed-out' }, since: at }, 'removed from the directory');
    return this.#settle(turn);
  }

  #setDesks(phones: Directory['phones'], turn: Turn): void {
    const before = new Map(this.#desks);
    this.#desks.clear();
    for (const { extension, desk = plainDesk } of phones) {
      const was = before.get(extension);
      if (was === undefined) this.#desks.set(extension, desk);
      else this.#setDesk(extension, desk, 'directory', turn, was);
    }
  }

  #setDesk(
    extension: Extension,
    desk: Desk,
    by: 'phone' | 'directory',
    turn: Turn,
    was = this.#desks.get(extension) ?? plainDesk,
  ): void {
    this.#desks.set(extension, desk);
    if (JSON.stringify(was) !== JSON.stringify(desk))
      turn.say({ type: 'DeskChanged', at: turn.at, extension, desk, by });
  }

  /** What a phone dialled to set itself is done, or not. @returns what the phone says. */
  #deskDialled(extension: Extension, code: DeskCode, turn: Turn): string {
    const desk = this.#desks.get(extension);
    if (desk === undefined) return 'cordboard/unknown-number';
    if (code.to === 'forward' && !this.#isInside(code.target.number, extension)) return 'cordboard/unknown-number';
    const { desk: changed, sound } = obeyed(desk, code);
    this.#setDesk(extension, changed, 'phone', turn);
    const agent = this.#agents.get(this.#seats.at(extension) ?? ('' as AgentId));
    if (agent !== undefined) turn.agent({ ...agent, doNotDisturb: changed.doNotDisturb }, `${code.to} at the phone`);
    return sound;
  }

  /** A number of the house, and not the phone itself. */
  #isInside(number: string, self: Extension): boolean {
    if (number === self) return false;
    const { current } = this.#rulebook;
    return (
      this.#desks.has(number as Extension) || (current !== undefined && numberDialled(current, number) !== undefined)
    );
  }

  #policyPublished({ policy, at, moveWaiting }: Extract<ExchangeEvent, { type: 'PolicyPublished' }>): Outcome {
    const turn = this.#turn(at);
    this.#rulebook.publish(policy);
    this.#rulebook.forgetAllBut(
      new Set([...this.#calls.values(), ...this.#tickets.all.values()].map(({ policyVersion }) => policyVersion)),
    );
    this.#dispatcher.rulesChanged((version) => this.#rulebook.has(version));
    this.#countStaff();
    turn.say({
      type: 'PolicyTaken',
      at,
      version: policy.version,
      timeZone: policy.timeZone,
      queues: queueIds(policy).map((id) => this.#outline(id, policy)),
    });
    if (moveWaiting === true)
      for (const call of [...this.#calls.values()])
        if (call.phase === 'queued' && call.policyVersion !== policy.version)
          this.#take(
            call,
            step(
              call,
              { type: 'PolicyMoved', at, version: policy.version },
              this.#around({ ...call, policyVersion: policy.version }),
            ),
            turn,
          );
    return this.#settle(turn);
  }

  #turn(at: Instant): Turn {
    const turn: Turn = new Turn(at, this.#agents, (before, agent, because) => {
      this.#dispatcher.agentChanged(before, agent);
      for (const queue of this.#staff.changed(before, agent)) this.#emptied.add(queue);
      if (before?.moved !== agent.moved) this.#membersMoved(before, agent, because, turn);
    });
    return turn;
  }

  #membersMoved(before: Agent | undefined, agent: Agent, by: string, turn: Turn): void {
    const queues = new Set([...Object.keys(before?.moved ?? {}), ...Object.keys(agent.moved ?? {})]) as Set<QueueId>;
    const available = new Map([...queues].map((queue) => [queue, this.#staff.of(queue).available]));
    this.#countStaff();
    for (const queue of queues) {
      const rules = this.#rulebook.queues().get(queue);
      if (before?.moved?.[queue] === agent.moved?.[queue] || rules === undefined) continue;
      if ((available.get(queue) ?? 0) > 0 && this.#staff.of(queue).available === 0) this.#emptied.add(queue);
      turn.say({
        type: 'MemberMoved',
        at: turn.at,
        queue,
        agent: agent.id,
        placement: agent.moved?.[queue] ?? null,
        members: this.#dispatcher.membersOf(queue, rules).map(({ agent: id }) => id),
        by,
      });
    }
  }

  /**
   * Whoever is free and whoever waits are brought together, until nobody can be served any more; and whoever waits for
   * nobody is let go, where the flow says where to.
   */
  #settle(turn: Turn): Outcome {
    do {
      for (let match = this.#dispatcher.next(turn.at); match !== undefined; match = this.#dispatcher.next(turn.at))
        this.#serve(match, turn);
      this.#leaveEmptied(turn);
    } while (this.#emptied.size > 0 || this.#dispatcher.next(turn.at) !== undefined);
    return turn.outcome();
  }

  #serve(match: Match, turn: Turn): void {
    if (isTicket(match.who)) {
      this.#callBack(match.who, match, turn);
      return;
    }
    const call = this.#calls.get(match.who);
    if (call === undefined) throw new Error(`${match.who} stands in line and is no call`);
    const event = {
      type: 'AgentsReserved',
      at: turn.at,
      agents: match.agents.map(({ id, extension, contact }) => ({
        agent: id,
        extension,
        ...(contact === undefined ? {} : { contact }),
      })),
      decision: match.decision,
      ringForMs: match.rules.ringForMs,
    } as const;
    this.#take(call, step(call, event, this.#around(call)), turn);
  }

  /** The turn of a promise has come: outside opening hours it rests, else the call is made. */
  #callBack(id: TicketId, match: Match, turn: Turn): void {
    const ticket = this.#tickets.get(id);
    const [agent] = match.agents;
    if (ticket === undefined || agent === undefined) throw new Error(`${id} stands in line and is no ticket`);
    const policy = this.#rulebook.of(ticket.policyVersion);
    const opens = whenOpen(match.rules.callback, policy, turn.at, (name) => this.#switches.isOn(name));
    if (opens > turn.at) {
      this.#putTicket(ticket, { ...ticket, state: { is: 'resting', until: opens } }, turn);
      return;
    }
    const reserved = {
      agent: agent.id,
      extension: agent.extension,
      decision: match.decision,
      ringForMs: match.rules.ringForMs,
      ...(agent.contact === undefined ? {} : { contact: agent.contact }),
    };
    const position = this.#dispatcher.line(ticket.queue).position({ who: id, virtualArrival: ticket.virtualArrival });
    const attempt = callBack(ticket, match.rules, reserved, position, turn.at);
    const [{ id: call }] = attempt;
    this.#putTicket(ticket, { ...ticket, made: ticket.made + 1, state: { is: 'calling', call } }, turn);
    this.#take(undefined, attempt, turn);
  }

  /** What a call's happenings mean for promises: one given, one taken back by a caller who rings again, one kept or tried in vain. */
  #keepPromises(
    before: CallState | undefined,
    next: CallState,
    happenings: readonly CallHappening[],
    turn: Turn,
  ): void {
    for (const happening of happenings)
      if (happening.type === 'CallbackRequested') this.#promise(next, happening, turn);
      else if (happening.type === 'CallbackReclaimed') this.#reclaim(happening.ticket, turn);
      else if (happening.type === 'CallbackMissed' && happening.because !== 'withdrawn')
        this.#missed(happening.ticket, happening.because, turn);
    if (before?.phase === 'calling-back' && next.phase !== 'calling-back' && next.phase !== 'ended')
      this.#closeTicket(before.ticket, 'reached', turn);
  }

  #promise(call: CallState, request: Extract<CallHappening, { type: 'CallbackRequested' }>, turn: Turn): void {
    const rules = this.#rulesFor(request.queue, call.id, call.policyVersion);
    if (rules === undefined || this.#tickets.for(request.queue, request.number) !== undefined) return;
    const lastPlace = call.lastPlace?.queue === request.queue ? call.lastPlace : undefined;
    const ticket = ticketFor(call, request, lastPlace?.requires ?? rules.requires, turn.at);
    this.#putTicket(undefined, ticket, turn);
  }

  #reclaim(id: TicketId, turn: Turn): void {
    this.#takeBack(id, 'rang-again', turn);
  }

  #ticketWithdrawn({ ticket: id, by, at }: Extract<ExchangeEvent, { type: 'TicketWithdrawn' }>): Outcome {
    const turn = this.#turn(at);
    if (this.#tickets.get(id) === undefined) return { ...turn.outcome(), refusal: 'no-such-callback' };
    this.#takeBack(id, 'withdrawn', turn, by);
    return this.#settle(turn);
  }

  /** The promise is closed; whoever is being rung for it is let go. */
  #takeBack(id: TicketId, outcome: TicketOutcome, turn: Turn, by?: string): void {
    const ticket = this.#tickets.get(id);
    this.#closeTicket(id, outcome, turn, by);
    const attempt = ticket?.state.is === 'calling' ? this.#calls.get(ticket.state.call) : undefined;
    if (attempt !== undefined)
      this.#take(attempt, step(attempt, { type: 'CallbackWithdrawn', at: turn.at }, this.#around(attempt)), turn);
  }

  #missed(id: TicketId, because: AttemptOutcome, turn: Turn): void {
    const ticket = this.#tickets.get(id);
    if (ticket === undefined) return;
    const rules = this.#rulebook.rulesOf(ticket.queue, ticket.policyVersion)?.queue.callback;
    const isOn = (name: string): boolean => this.#switches.isOn(name);
    const next = rules && afterAttempt(ticket, because, rules, this.#rulebook.of(ticket.policyVersion), turn.at, isOn);
    if (next === undefined) this.#closeTicket(id, 'given-up', turn);
    else this.#putTicket(ticket, next, turn);
  }

  #ticketDeadlinePassed(id: TicketId, at: Instant): Outcome {
    const turn = this.#turn(at);
    const ticket = this.#tickets.get(id);
    const next = ticket && afterRest(ticket, at);
    if (next !== undefined && next !== ticket) this.#putTicket(ticket, next, turn);
    return this.#settle(turn);
  }

  /** A promise stands in line exactly while it waits. */
  #putTicket(before: Ticket | undefined, ticket: Ticket, turn: Turn): void {
    if (before?.state.is === 'waiting') this.#dispatcher.leave(ghostOf(before));
    this.#tickets.put(ticket);
    if (ticket.state.is === 'waiting') this.#dispatcher.enter(ghostOf(ticket));
    turn.ticket(ticket);
  }

  #closeTicket(id: TicketId, outcome: TicketOutcome, turn: Turn, by?: string): void {
    const ticket = this.#tickets.get(id);
    if (ticket === undefined) return;
    if (ticket.state.is === 'waiting') this.#dispatcher.leave(ghostOf(ticket));
    this.#tickets.remove(id);
    turn.ticketClosed(ticket, outcome, by);
  }

  /** Those who wait for a queue whose calendar a switch has closed are let go, where the flow says where to. */
  #closeLines(switchId: string, turn: Turn): void {
    for (const call of [...this.#calls.values()]) {
      if (call.phase !== 'queued') continue;
      const { calendars } = this.#rulebook.of(call.policyVersion);
      const calendar = calendars[this.#rulesFor(call.queue, call.id)?.limits.calendar ?? ''];
      if (calendar?.closedBy !== switchId) continue;
      const event = { type: 'LineClosed', at: turn.at, exit: 'closing' } as const;
      this.#take(call, step(call, event, this.#around(call)), turn);
    }
  }

  #leaveEmptied(turn: Turn): void {
    const emptied = [...this.#emptied];
    this.#emptied.clear();
    for (const queue of emptied) {
      const { signedIn, available } = this.#staff.of(queue);
      if (available > 0) continue;
      const places = [...this.#dispatcher.line(queue)];
      const because = signedIn === 0 ? 'signed-out' : 'paused';
      turn.say({
        type: 'SupervisorAlerted',
        at: turn.at,
        alert: { is: 'nobody-left', queue, because, waiting: places.length },
      });
      for (const { who } of places) {
        const call = this.#calls.get(who as CallId);
        const exit = signedIn === 0 ? 'nobody' : 'paused';
        if (call !== undefined)
          this.#take(call, step(call, { type: 'LineClosed', at: turn.at, exit }, this.#around(call)), turn);
      }
    }
  }

  /** Writes a step into the floor: the call, its place in line, the agents it holds or lets go. */
  #take(before: CallState | undefined, [stepped, commands, facts]: Step, turn: Turn): void {
    const next = turn.tell(stepped, facts);
    turn.command(
      next.id,
      commands.map((command) => this.#asPhoneIsSet(command)),
    );
    for (const alert of alertsOf(next, facts, (queue) => this.#rulesFor(queue, next.id, next.policyVersion)))
      turn.say({ type: 'SupervisorAlerted', at: turn.at, alert });
    for (const fact of facts)
      if (fact.type === 'NumberUnanswered' && fact.trunk !== undefined && fact.because !== undefined)
        this.#tellTrunk(this.#trunks.failed(fact.trunk, fact.because, turn.at), turn);
    if (before?.phase === 'queued') this.#dispatcher.leave(inLine(before));
    if (next.phase === 'queued') this.#dispatcher.enter(inLine(next));
    engage(before, next, {
      turn,
      agents: this.#agents,
      rulesFor: (queue, call) => this.#rulesFor(queue, call, next.policyVersion),
    });
    if (before?.phase === 'talking' && next.phase !== 'talking' && before.queue !== undefined)
      this.#expectedWait.handled(before.queue, turn.at - before.phaseSince + before.wrapUpMs);
    if (before?.phase === 'offered' && next.phase === 'talking' && before.expectedMs !== undefined)
      this.#expectedWait.answered(before.queue, before.expectedMs, turn.at - before.queuedAt);
    if (next.phase === 'ended') this.#calls.delete(next.id);
    else this.#calls.set(next.id, next);
    this.#noteLegs(next);
    turn.call(next);
    this.#keepPromises(before, next, facts, turn);
    if (before?.phase === 'consulting' && before.consult.answered && next.phase === 'ended')
      this.#take(undefined, consultationLeft(before, turn.at), turn);
  }

  #noteLegs(call: CallState): void {
    this.#adopted.note(call.id, call.phase === 'ended' ? [] : [call.caller, ...legsOf(call)], callNamedIn);
  }

  /** A phone that is to answer by itself is asked to, whoever rings it. */
  #asPhoneIsSet(command: Command): Command {
    return command.type === 'RingPhone' && this.#desks.get(command.extension)?.autoAnswer === true
      ? { ...command, autoAnswer: true }
      : command;
  }

  #around(call: Common): Surroundings {
    const policy = this.#rulebook.of(call.policyVersion);
    return {
      policy,
      queue: (id) => queueIn(policy, id),
      position: (queue, place) => this.#dispatcher.line(queue).position(place),
      expectedWait: (queue, position) => this.#expected(queue, position),
      staff: (queue) => this.#staff.of(queue),
      isHere: (id) => isHere(this.#agents.get(id)),
      wrapUpMs: (queue, agent) => wrapUpMs(queueIn(policy, queue), agent),
      promised: (queue, number) => this.#tickets.placeOf(queue, number),
      figure: (queue, figure) => this.#figure(queue, figure),
      isOn: (id) => this.#switches.isOn(id),
      deskAt: (extension) => this.#desks.get(extension),
      agentAt: (extension) => this.#agentAt(extension),
      trunk: (id) => this.#trunkNow(id),
      phoneOf: (extension) => this.#phoneOf(extension),
    };
  }

  /** Whose phone this is may sit at another one. */
  #phoneOf(extension: Extension): Extension {
    const owner = this.#agents.get(this.#seats.homeOf(extension) ?? ('' as AgentId));
    return owner?.seat ?? extension;
  }

  #figure(queue: QueueId, figure: QueueFigure): number | undefined {
    const { length } = this.#dispatcher.line(queue);
    switch (figure) {
      case 'length':
        return length;
      case 'members':
        return this.#staff.of(queue).working;
      case 'ready':
        return this.#staff.of(queue).ready;
      case 'expectedWaitMs':
        return this.#expected(queue, length + 1)?.meanMs;
    }
  }

  #expected(queue: QueueId, position: number): ExpectedInterval | undefined {
    const { working, ready } = this.#staff.of(queue);
    return this.#expectedWait.at(queue, position, working, ready);
  }

  #rulesFor(queue: QueueId, call: CallId, version = this.#calls.get(call)?.policyVersion ?? 0): Queue | undefined {
    return this.#rulebook.rulesOf(queue, version)?.queue;
  }

  #triedBy(who: Waiter): Readonly<Record<AgentId, number>> {
    const call = this.#calls.get(who as CallId);
    return call !== undefined && 'tried' in call ? call.tried : {};
  }

  #countStaff(): void {
    const queues = [...this.#rulebook.queues()].map(
      ([id, queue]) => [id, this.#dispatcher.membersOf(id, queue)] as const,
    );
    this.#staff.renew(queues, this.#agents);
  }

  #outline(id: QueueId, { queues }: Policy): QueueOutline {
    const queue = queues[id];
    return {
      id,
      name: queue?.name ?? id,
      answerWithinMs: queue?.target.answerWithinMs ?? 0,
      goal: queue?.target.goal ?? 0,
      shortAbandonMs: queue?.shortAbandonMs ?? 0,
      members: queue === undefined ? [] : this.#dispatcher.membersOf(id, queue).map(({ agent }) => agent),
    };
  }
}

const isForHelp = (policy: Policy | undefined, number: string): boolean =>
  policy?.outbound !== undefined && isEmergency(policy.outbound, number);

/** The first that is told of a call. */
const arrivalOf = (call: CallState): CallHappening => {
  const { from, direction, source, ani, aniName, dnis, language, policyVersion, attributes, callerAgent } = call;
  return {
    type: 'CallArrived',
    from,
    direction,
    source,
    ani,
    aniName,
    dnis,
    language,
    policyVersion,
    attributes,
    ...(direction === 'out' && callerAgent !== undefined ? { agent: callerAgent } : {}),
  };
};

/** A waiting call as it stands in line. */
const inLine = (call: In<'queued'>): Waiting => ({
  who: call.id,
  virtualArrival: call.virtualArrival,
  need: {
    queue: call.queue,
    policyVersion: call.policyVersion,
    requires: call.requires,
    ...(call.only === undefined ? {} : { only: call.only }),
  },
});

/** A promised callback as it stands in line: a ghost with the place that its caller had. */
const ghostOf = ({ id, virtualArrival, queue, policyVersion, requires }: Ticket): Waiting => ({
  who: id,
  virtualArrival,
  need: { queue, policyVersion, requires },
});

const isHere = (agent: Agent | undefined): boolean =>
  agent?.presence.is === 'ready' || (agent?.presence.is === 'wrap-up' && agent.presence.next === 'ready');

/** A member's own, or the queue's. */
const wrapUpMs = (queue: Queue | undefined, agent: AgentId): number =>
  queue?.members.find((member) => member.agent === agent)?.wrapUpMs ?? queue?.wrapUpMs ?? 0;

const newCall = (
  id: CallId,
  arrival: Arrival,
  at: Instant,
  known: Pick<Common, 'direction' | 'language' | 'policyVersion' | 'service' | 'callerAgent' | 'attributes'>,
): CallState => ({
  id,
  caller: arrival.channel,
  from: arrival.from,
  source: arrival.source,
  ani: arrival.ani,
  aniName: arrival.aniName,
  dnis: arrival.dnis,
  arrivedAt: at,
  answered: false,
  music: false,
  phaseSince: at,
  made: 0,
  told: 0,
  ...known,
  phase: 'in-flow',
  flow: featureFlow,
  node: '' as NodeId,
  doing: { is: 'in-menu', tries: 0 },
});
