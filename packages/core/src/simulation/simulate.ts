import type { Agent } from '../agent/agent.ts';
import { agentDeadline } from '../agent/step.ts';
import { callDeadline } from '../call/deadline.ts';
import type { CallEvent } from '../call/event.ts';
import type { CallState } from '../call/state.ts';
import { ticketDeadline } from '../callback/ticket.ts';
import type { ExchangeEvent } from '../exchange/event.ts';
import { Exchange } from '../exchange/exchange.ts';
import type { Fact } from '../fact/fact.ts';
import type { AgentId, CallId, ChannelId, TicketId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import { type Instant, later } from '../time.ts';
import { Agenda, type Errand } from './agenda.ts';
import { habitsOf, nothingUnrecorded } from './habits.ts';
import { People, type World } from './people.ts';
import type { Day, Happening, Moment, RecordedCall } from './recording.ts';

export interface SimulationOptions {
  /** In force the whole day, instead of the versions that were. */
  readonly policy?: Policy;
  /** By another policy: how many of those who were not offered it that day agree to be called back, 0 to 1; nobody. */
  readonly callbackShare?: number;
  /** Told of everything that happens, in order. */
  readonly onFact: (fact: Fact) => void;
}

/**
 * A recorded day anew, on virtual time, by the same exchange that decides in production. By the policies that were in force
 * it decides what was decided; by another one, what would have been, had people done the same.
 */
export const simulate = (day: Day, options: SimulationOptions): void => new Simulation(day, options).run();

/** A knock of the clock that came later than this after it was due was about something else. */
const mostLateMs = 5000;
/** By another policy the day may take longer: so long its callers are waited for. */
const runsOnMs = 3_600_000;
/** Comes after all that the record has in the same millisecond. */
const afterwards = Number.MAX_SAFE_INTEGER;

type Subject = CallId | AgentId | TicketId;

class Simulation {
  readonly #day: Day;
  readonly #options: SimulationOptions;
  readonly #exchange = new Exchange({ tellsOnlyChosen: true });
  readonly #agenda: Agenda;
  readonly #recorded: ReadonlyMap<CallId, RecordedCall>;
  readonly #people = new Map<CallId, People>();
  readonly #policies = new Map<number, Policy>();
  /** When an alarm is set that has not rung. */
  readonly #alarms = new Map<Subject, Instant>();
  readonly #knocks: ReadonlyMap<Subject, readonly Moment[]>;
  readonly #world: World;
  #now: Instant;

  constructor(day: Day, options: SimulationOptions) {
    this.#day = day;
    this.#options = options;
    this.#now = day.opening.at;
    this.#agenda = new Agenda([
      ...day.happenings.map(
        (happening): Errand => ({ at: happening.at, n: happening.n, run: () => this.#happens(happening) }),
      ),
      ...day.calls
        .filter(isFromOutside)
        .map((call): Errand => ({ at: call.at, n: call.n, run: () => this.#arrives(call) })),
    ]);
    this.#recorded = new Map(day.calls.map((call) => [call.id, call]));
    this.#knocks = options.policy === undefined ? knocksOf(day) : new Map();
    const simulation = this;
    const habits = options.policy === undefined ? nothingUnrecorded : habitsOf(day, options.callbackShare);
    this.#world = {
      get now() {
        return simulation.#now;
      },
      habits,
      call: (id) => this.#exchange.calls.get(id),
      policyOf: ({ policyVersion }: CallState) =>
        this.#policies.get(policyVersion) ?? options.policy ?? day.opening.policy,
      tell: (call: CallId, event: CallEvent) => this.#handle({ type: 'CallHappened', call, event }),
      at: (at, n, run) => this.#agenda.add({ at, n: n ?? afterwards, run }),
    };
  }

  run(): void {
    this.#open();
    const { until } = this.#day;
    const end = this.#options.policy === undefined ? until : later(until, runsOnMs);
    for (let errand = this.#agenda.next(); errand !== undefined && errand.at <= end; errand = this.#agenda.next()) {
      if (errand.at > this.#now) this.#now = errand.at;
      errand.run(this.#now);
    }
  }

  #open(): void {
    const { at, policy, agents, phones, switches, tickets } = this.#day.opening;
    const inForce = this.#options.policy ?? policy;
    this.#policies.set(inForce.version, inForce);
    this.#exchange.restore({ calls: [], agents, switches, tickets }, [inForce]);
    this.#options.onFact(this.#exchange.recovered(at));
    this.#handle({ type: 'PolicyPublished', at, policy: inForce });
    this.#handle({
      type: 'DirectoryChanged',
      at,
      directory: {
        agents: agents.map(({ id, name, extension }) => ({ id, name, extension })),
        phones: phones.map((extension) => ({ extension, name: extension })),
      },
    });
    for (const { extension, reachable } of agents) this.#handle({ type: 'PhoneReachable', at, extension, reachable });
    for (const { id } of agents) this.#setAlarm(id, this.#agentDue(id));
    for (const { id } of tickets) this.#setAlarm(id, this.#ticketDue(id));
  }

  #arrives({ id, from, source, ani, dnis }: RecordedCall): void {
    const arrival = { channel: channelOf(id), from, source, ani, aniName: '', dnis };
    this.#people.set(id, new People(id, this.#recorded.get(id), this.#world));
    this.#handle({ type: 'CallArrived', at: this.#now, arrival });
    this.#people.get(id)?.arrived();
  }

  #happens(happening: Happening): void {
    const at = this.#now;
    switch (happening.is) {
      case 'asked':
        this.#handle({
          type: 'AgentAsked',
          at,
          agent: happening.agent,
          request: happening.request,
          because: 'recorded',
        });
        return;
      case 'phone':
        this.#handle({ type: 'PhoneReachable', at, extension: happening.extension, reachable: happening.reachable });
        return;
      case 'member':
        this.#handle({
          type: 'MemberAsked',
          at,
          queue: happening.queue,
          agent: happening.agent,
          placement: happening.placement,
          by: 'recorded',
        });
        return;
      case 'caller-moved':
        this.#handle({ type: 'CallerAsked', at, call: happening.call, request: happening.request, by: happening.by });
        return;
      case 'switch':
        this.#handle({ type: 'SwitchTurned', at, switch: happening.switch, on: happening.on, by: 'recorded' });
        return;
      case 'people':
        this.#handle({ type: 'DirectoryChanged', at, directory: happening.people });
        return;
      case 'policy':
        if (this.#options.policy !== undefined) return;
        this.#policies.set(happening.policy.version, happening.policy);
        this.#handle({
          type: 'PolicyPublished',
          at,
          policy: happening.policy,
          moveWaiting: happening.moveWaiting,
        });
        return;
      case 'knock':
        return;
    }
  }

  #handle(event: ExchangeEvent): void {
    const outcome = this.#exchange.handle(event);
    for (const [id, call] of outcome.calls) this.#setAlarm(id, callDeadline(call), isTold(call));
    for (const [id, agent] of outcome.agents) this.#setAlarm(id, this.#agentDue(id), isRestTold(agent));
    for (const { id } of outcome.tickets ?? []) this.#setAlarm(id, this.#ticketDue(id));
    for (const fact of outcome.facts) {
      this.#options.onFact(fact);
      if ('call' in fact) this.#peopleOf(fact.call).heard(fact);
    }
    for (const id of outcome.ended) {
      this.#alarms.delete(id);
      this.#people.delete(id);
    }
  }

  /** Calls that the exchange makes itself have people too. */
  #peopleOf(id: CallId): People {
    const known = this.#people.get(id);
    if (known !== undefined) return known;
    const people = new People(id, this.#recorded.get(id), this.#world);
    this.#people.set(id, people);
    return people;
  }

  #agentDue(id: AgentId): Instant | undefined {
    const agent = this.#exchange.agents.get(id);
    return agent && agentDeadline(agent);
  }

  #ticketDue(id: TicketId): Instant | undefined {
    const ticket = this.#exchange.tickets.get(id);
    return ticket && ticketDeadline(ticket);
  }

  /** @param told when the clock knocks, something comes of it that is told: it has not knocked where nothing is */
  #setAlarm(id: Subject, due: Instant | undefined, told = false): void {
    if (due === undefined) {
      this.#alarms.delete(id);
      return;
    }
    if (this.#alarms.get(id) === due) return;
    const knock = this.#knockAfter(id, due, told);
    if (told && knock === undefined && this.#options.policy === undefined) {
      this.#alarms.delete(id);
      return;
    }
    this.#alarms.set(id, due);
    this.#agenda.add({
      at: knock?.at ?? later(due, 0),
      n: knock?.n ?? afterwards,
      run: (at) => {
        if (this.#alarms.get(id) !== due) return;
        this.#alarms.delete(id);
        this.#knocksFor(id, at);
      },
    });
  }

  #knockAfter(id: Subject, due: Instant, told: boolean): Moment | undefined {
    const knock = firstFrom(this.#knocks.get(id) ?? [], due);
    return knock !== undefined && (told || knock.at - due <= mostLateMs) ? knock : undefined;
  }

  #knocksFor(id: Subject, at: Instant): void {
    if (this.#exchange.calls.has(id as CallId))
      this.#handle({ type: 'CallHappened', call: id as CallId, event: { type: 'DeadlinePassed', at } });
    else if (this.#exchange.tickets.has(id as TicketId))
      this.#handle({ type: 'TicketDeadlinePassed', at, ticket: id as TicketId });
    else this.#handle({ type: 'AgentDeadlinePassed', at, agent: id as AgentId });
  }
}

/** The end of after-call work does not show while another call has the agent; that they may be rung again is always told. */
const isRestTold = (agent: Agent): boolean => agent.retryAt !== undefined && agentDeadline(agent) === agent.retryAt;

/** Whether something is told when this call's next deadline passes. */
const isTold = (call: CallState): boolean => {
  switch (call.phase) {
    case 'queued': {
      const due = callDeadline(call);
      return due !== undefined && (due === call.leaveAt || due === call.relaxAt || due === call.everybodyAt);
    }
    case 'offered':
      return callDeadline(call) === call.offer.until;
    case 'dialling':
      return callDeadline(call) === call.until;
    case 'ringing':
    case 'consulting':
    case 'calling-back':
    case 'parked':
    case 'telling':
      return true;
    case 'in-flow':
      return call.doing.is === 'identifying' || call.doing.is === 'asking';
    case 'talking':
      return call.third !== undefined;
    case 'ended':
      return false;
  }
};

/** The first that is not before a moment, of those in order. */
const firstFrom = (moments: readonly Moment[], at: Instant): Moment | undefined => {
  let [from, to] = [0, moments.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((moments[middle]?.at ?? at) < at) from = middle + 1;
    else to = middle;
  }
  return moments[from];
};

const isFromOutside = ({ id }: RecordedCall): boolean => !/-k\d+$/.test(id);

/** The channel that a call is named after: any that gives this name. */
const channelOf = (id: CallId): ChannelId => id.slice(1) as ChannelId;

const knocksOf = ({ calls, happenings }: Day): ReadonlyMap<Subject, readonly Moment[]> => {
  const knocks = new Map<Subject, Moment[]>();
  for (const { id, knocks: each } of calls) if (each.length > 0) knocks.set(id, [...each]);
  for (const happening of happenings) {
    if (happening.is !== 'knock') continue;
    const known = knocks.get(happening.for);
    if (known === undefined) knocks.set(happening.for, [happening]);
    else known.push(happening);
  }
  return knocks;
};
