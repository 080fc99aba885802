import type { Agent, AgentView } from '../agent/agent.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { AgentRequest, Directory } from '../exchange/event.ts';
import type { SwitchState } from '../exchange/switch.ts';
import type { AgentFact, CallFact, Fact } from '../fact/fact.ts';
import type { AgentId, CallId, Extension, TicketId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import { type Instant, instant, later } from '../time.ts';
import { type Numbered, recordCall } from './record-call.ts';
import type { Day, Happening, RecordedCall } from './recording.ts';

/** A version of the policy that the record names and nobody has. */
export class PolicyMissing extends Error {
  override readonly name = 'PolicyMissing';
}

/**
 * Reads a day from its facts, in the order in which they were told. Facts before the day may come first: they tell how the
 * house stood when it began.
 */
export class DayRecorder {
  readonly #policyOf: (version: number) => Policy | undefined;
  readonly #open = new Map<CallId, Numbered<CallFact>[]>();
  readonly #agents = new Map<AgentId, Known>();
  readonly #phones = new Set<Extension>();
  readonly #switches = new Map<string, SwitchState>();
  readonly #tickets = new Map<TicketId, Ticket>();
  #calls: RecordedCall[] = [];
  #happenings: Happening[] = [];
  #opening: Day['opening'] | undefined;
  #policy: Policy | undefined;
  #n = 0;
  #last = instant(0);

  /** @param policyOf the versions that the facts name */
  constructor(policyOf: (version: number) => Policy | undefined) {
    this.#policyOf = policyOf;
  }

  /** Nobody calls at the moment: a day can begin here. */
  get isQuiet(): boolean {
    return this.#open.size === 0;
  }

  /** Forgets what has been, and begins the record here, where it is quiet. */
  begin(at: Instant): void {
    this.#calls = [];
    this.#happenings = [];
    if (this.#policy === undefined) return;
    this.#opening = {
      at,
      policy: this.#policy,
      agents: [...this.#agents.values()].map(asAgent),
      phones: [...this.#phones],
      switches: [...this.#switches.values()],
      tickets: [...this.#tickets.values()],
    };
  }

  take(fact: Fact): void {
    this.#n += 1;
    this.#last = fact.at;
    if ('call' in fact) this.#takeOfCall(fact);
    else this.#takeOfHouse(fact);
  }

  /**
   * The record from where it was begun; calls that go on are recorded as far as they have come.
   * @throws PolicyMissing when no policy was in force
   */
  day(): Day {
    if (this.#opening === undefined)
      throw new PolicyMissing('Nothing tells which policy was in force: the record begins too late, or is empty.');
    const going = [...this.#open.values()].flatMap((facts) => recordCall(facts) ?? []);
    const inOrder = (a: { readonly n: number }, b: { readonly n: number }): number => a.n - b.n;
    return {
      opening: { ...this.#opening, phones: [...this.#phones] },
      happenings: this.#happenings.toSorted(inOrder),
      calls: [...this.#calls, ...going].toSorted(inOrder),
      until: this.#last,
    };
  }

  #takeOfCall(fact: CallFact): void {
    const facts = this.#open.get(fact.call) ?? [];
    facts.push({ fact, n: this.#n });
    this.#open.set(fact.call, facts);
    switch (fact.type) {
      case 'CallArrived':
        // Whoever reads from the middle learns from the first caller which policy is in force.
        if (this.#policy === undefined) this.#policyTaken(fact.policyVersion, fact.at);
        return;
      case 'CallEnded': {
        this.#open.delete(fact.call);
        const call = recordCall(facts);
        if (call !== undefined) this.#calls.push(call);
        return;
      }
      case 'CallQueued': {
        const by = /^moved by (.*)$/.exec(fact.because ?? '')?.[1];
        if (by !== undefined)
          this.#note({ is: 'caller-moved', call: fact.call, request: { to: 'queue', queue: fact.queue }, by }, fact.at);
        return;
      }
      case 'PlaceChanged': {
        const by = /^by (.*)$/.exec(fact.because)?.[1];
        if (by !== undefined)
          this.#note(
            { is: 'caller-moved', call: fact.call, request: { to: 'priority', priority: fact.priority }, by },
            fact.at,
          );
        return;
      }
      case 'PolicyMoved': {
        const index = this.#happenings.findLastIndex(({ is }) => is === 'policy');
        const taken = this.#happenings[index];
        if (taken?.is === 'policy') this.#happenings[index] = { ...taken, moveWaiting: true };
        return;
      }
      case 'FlowStepped': {
        const dialled = /^extension (\d+) dialled$/.exec(fact.because)?.[1];
        if (dialled !== undefined) this.#phones.add(dialled as Extension);
        return;
      }
      case 'AgentOffered': {
        const agent = this.#agents.get(fact.agent);
        if (agent === undefined) return;
        agent.offeredAt[fact.queue] = fact.at;
        return;
      }
      case 'CallAnswered': {
        const agent = fact.agent === null ? undefined : this.#agents.get(fact.agent);
        if (agent === undefined || fact.queue === null) return;
        agent.taken[fact.queue] = (agent.taken[fact.queue] ?? 0) + 1;
        return;
      }
      default:
        return;
    }
  }

  #takeOfHouse(fact: Exclude<Fact, CallFact>): void {
    switch (fact.type) {
      case 'AgentChanged':
        this.#agentChanged(fact);
        return;
      case 'PolicyTaken':
        this.#policyTaken(fact.version, fact.at);
        return;
      case 'SwitchTurned':
        this.#switches.set(fact.switch, { id: fact.switch, on: fact.on, at: fact.at, by: fact.by });
        this.#note({ is: 'switch', switch: fact.switch, on: fact.on }, fact.at);
        return;
      case 'MemberMoved': {
        const agent = this.#agents.get(fact.agent);
        if (agent !== undefined) {
          if (fact.placement === null) delete agent.moved[fact.queue];
          else agent.moved[fact.queue] = fact.placement;
        }
        this.#note({ is: 'member', queue: fact.queue, agent: fact.agent, placement: fact.placement }, fact.at);
        return;
      }
      case 'TicketChanged': {
        const rested = this.#tickets.get(fact.ticket.id)?.state.is === 'resting' && fact.ticket.state.is === 'waiting';
        this.#tickets.set(fact.ticket.id, fact.ticket);
        if (rested) this.#note({ is: 'knock', for: fact.ticket.id }, fact.at);
        return;
      }
      case 'TicketClosed':
        this.#tickets.delete(fact.ticket);
        return;
      case 'ExchangeRecovered':
        for (const each of fact.switches ?? []) this.#switches.set(each.id, each);
        for (const view of fact.agents)
          this.#agents.set(view.id, this.#agents.get(view.id) ?? knownFrom(view, fact.at));
        return;
      case 'SupervisorAlerted':
        return;
    }
  }

  #policyTaken(version: number, at: Instant): void {
    const policy = this.#policyOf(version);
    if (policy === undefined)
      throw new PolicyMissing(`Version ${version} of the policy was in force and is not known: it cannot be replayed.`);
    const first = this.#policy === undefined;
    const again = this.#policy?.version === version;
    this.#policy = policy;
    if (first) this.begin(at);
    else if (!again) this.#note({ is: 'policy', policy, moveWaiting: false }, at);
  }

  #agentChanged({ agent: view, because, asked, at }: AgentFact): void {
    const known = this.#agents.get(view.id);
    if (because === 'directory' || because === 'removed from the directory' || known === undefined) {
      this.#peopleChanged(view, because, at);
      return;
    }
    const before = known.view;
    known.view = view;
    if (asked !== undefined) {
      this.#asked(known, before, asked, at);
      return;
    }
    if (because === 'phone registered' || because === 'phone not registered')
      this.#note({ is: 'phone', extension: view.extension, reachable: view.reachable }, at);
    const ofCall = afterCall[because];
    if (because === 'time') {
      this.#note({ is: 'knock', for: view.id }, at);
      known.presence = presenceOf(view);
      if (before.state !== view.state) known.idleSince = at;
    } else if (ofCall !== undefined) {
      if (ofCall !== 'withdrawn') known.idleSince = at;
      known.presence = presenceOf(view);
    }
  }

  #asked(known: Known, before: AgentView, request: AgentRequest, at: Instant): void {
    if (request.to === 'sign-in') known.taken = {};
    if (request.to === 'sign-out') {
      known.moved = {};
      this.#forgetPlacements(known.view.id, at);
    }
    if (known.view.state !== before.state) known.idleSince = at;
    known.presence = presenceAsked(known.view, request);
    this.#note({ is: 'asked', agent: known.view.id, request }, at);
  }

  /** Who signs out is put back into the queues of the policy: told just before, and done by signing out again. */
  #forgetPlacements(agent: AgentId, at: Instant): void {
    for (let last = this.#happenings.at(-1); last?.is === 'member'; last = this.#happenings.at(-1)) {
      if (last.agent !== agent || last.placement !== null || last.at !== at) return;
      this.#happenings.pop();
    }
  }

  #peopleChanged(view: AgentView, because: string, at: Instant): void {
    const known = this.#agents.get(view.id);
    if (because === 'removed from the directory') this.#agents.delete(view.id);
    else if (known === undefined) this.#agents.set(view.id, knownFrom(view, at));
    else known.view = view;
    this.#phones.add(view.extension);
    const people: Directory = {
      agents: [...this.#agents.values()].map(({ view: { id, extension } }) => ({ id, name: id, extension })),
      phones: [...this.#phones].map((extension) => ({ extension, name: extension })),
    };
    this.#note({ is: 'people', people }, at);
  }

  #note(happening: Undated<Happening>, at: Instant): void {
    this.#happenings.push({ ...happening, at, n: this.#n } as Happening);
  }
}

type Undated<Each> = Each extends Happening ? Omit<Each, 'at' | 'n'> : never;

interface Known {
  view: AgentView;
  presence: Agent['presence'];
  idleSince: Instant;
  taken: Record<string, number>;
  offeredAt: Record<string, Instant>;
  moved: Record<string, NonNullable<Agent['moved']>[never]>;
}

const knownFrom = (view: AgentView, at: Instant): Known => ({
  view,
  presence: presenceOf(view),
  idleSince: view.since ?? at,
  taken: {},
  offeredAt: {},
  moved: {},
});

const asAgent = ({ view, presence, idleSince, taken, offeredAt, moved }: Known): Agent => ({
  id: view.id,
  name: view.id,
  extension: view.extension,
  presence,
  since: view.since,
  idleSince,
  missed: 0,
  reachable: view.reachable,
  taken,
  offeredAt,
  ...(Object.keys(moved).length === 0 ? {} : { moved }),
  ...(view.codeWanted === undefined ? {} : { codeWanted: view.codeWanted }),
});

/** In the middle of a call it does not show yet; who owes a wrap-up code comes back to that. */
const presenceAsked = (view: AgentView, request: AgentRequest): Agent['presence'] => {
  switch (request.to) {
    case 'pause':
      return { is: 'paused', reason: request.reason };
    case 'sign-out':
      return { is: 'signed-out' };
    case 'be-ready':
      return { is: 'ready' };
    case 'sign-in':
    case 'wrapped-up':
      return presenceOf(view);
  }
};

/** As far as it shows: what follows wrap-up is told when it does. */
const presenceOf = (view: AgentView): Agent['presence'] => {
  if (view.reason !== null) return { is: 'paused', reason: view.reason };
  if (view.state === 'signed-out') return { is: 'signed-out' };
  return view.state === 'wrap-up'
    ? { is: 'wrap-up', until: view.until ?? later(view.since, 0), next: 'ready' }
    : { is: 'ready' };
};

/** What the exchange itself says of an agent whom a call lets go. */
const afterCall: Readonly<Record<string, 'taken' | 'withdrawn' | undefined>> = {
  'call ended': 'taken',
  'did not answer': 'taken',
  'refused the call': 'taken',
  'phone could not be rung': 'taken',
  'another agent answered': 'withdrawn',
  'caller left': 'withdrawn',
  'offer lost': 'withdrawn',
};
