import {
  type Agent,
  type AgentId,
  type Arrival,
  type BoardProjection,
  type CallEvent,
  type CallId,
  type CallState,
  type ChannelId,
  type Command,
  callOf,
  createBoardProjection,
  type Directory,
  Exchange,
  type ExchangeEvent,
  type Extension,
  type Fact,
  type Instant,
  instant,
  type LegEnd,
  type Outcome,
  type Policy,
} from '@cordboard/core';
import { aPolicy } from './policy.ts';

export const people = ['ana', 'ben', 'chloe'] as const;

/** Ana at 101, Ben at 102, Chloé at 103, and a phone without an agent at 110. */
export const aDirectory = (): Directory => ({
  agents: people.map((id, index) => ({ id: id as AgentId, name: id, extension: `${101 + index}` as Extension })),
  phones: ['101', '102', '103', '110'].map((extension) => ({ extension: extension as Extension, name: extension })),
});

type Untimed<Event> = Event extends { readonly at: Instant } ? Omit<Event, 'at'> : never;

/** An exchange on a clock that stands still until it is told to go on: for given, when, then. */
export class Floor {
  exchange = new Exchange();
  readonly commands: { readonly call: CallId; readonly command: Command }[] = [];
  readonly facts: Fact[] = [];
  /** Legs that have ended by themselves, or could not be rung. */
  readonly ended = new Set<ChannelId>();
  now = instant(1_750_000_000_000);
  #channels = 0;

  readonly #policy: Policy;
  readonly #directory: Directory;

  constructor(policy: Policy = aPolicy(), directory: Directory = aDirectory()) {
    this.#policy = policy;
    this.#directory = directory;
    this.handle({ type: 'PolicyPublished', at: this.now, policy });
    this.handle({ type: 'DirectoryChanged', at: this.now, directory });
    for (const { extension } of directory.phones)
      this.handle({ type: 'PhoneReachable', at: this.now, extension, reachable: true });
  }

  handle(event: ExchangeEvent): Outcome {
    if (event.type === 'CallHappened' && (event.event.type === 'LegEnded' || event.event.type === 'CommandFailed'))
      if (event.event.leg !== undefined) this.ended.add(event.event.leg);
    const outcome = this.exchange.handle(event);
    this.commands.push(...outcome.commands);
    this.facts.push(...outcome.facts);
    return outcome;
  }

  /** The process has died, and another takes up what it saved. Facts and commands told before are told. */
  restart(): this {
    const saved = <Saved>(entries: Iterable<Saved>): Saved[] => JSON.parse(JSON.stringify([...entries])) as Saved[];
    const { calls, agents, tickets, paces } = this.exchange;
    this.exchange = new Exchange();
    this.exchange.restore(
      {
        calls: saved(calls.values()),
        agents: saved(agents.values()),
        tickets: saved(tickets.values()),
        paces: saved(paces),
      },
      [this.#policy],
    );
    this.handle({ type: 'PolicyPublished', at: this.now, policy: this.#policy });
    this.handle({ type: 'DirectoryChanged', at: this.now, directory: this.#directory });
    for (const { extension } of this.#directory.phones)
      this.handle({ type: 'PhoneReachable', at: this.now, extension, reachable: true });
    return this;
  }

  /** What a board shows that has heard every fact. */
  get board(): BoardProjection {
    const board = createBoardProjection();
    for (const fact of this.facts) board.apply(fact);
    return board;
  }

  after(ms: number): this {
    this.now = instant(this.now + ms);
    return this;
  }

  signIn(...agents: readonly string[]): this {
    for (const agent of agents) {
      this.after(1);
      this.ask(agent, { to: 'sign-in' });
    }
    return this;
  }

  ask(agent: string, request: Extract<ExchangeEvent, { type: 'AgentAsked' }>['request']): Outcome {
    return this.handle({ type: 'AgentAsked', at: this.now, agent: agent as AgentId, request, because: 'test' });
  }

  /** A caller on the trunk, or a phone. */
  arrive(dnis: string, changes: Partial<Arrival> = {}): CallId {
    this.#channels += 1;
    const channel = `1750000000.${String(this.#channels).padStart(6, '0')}` as ChannelId;
    const arrival: Arrival = {
      channel,
      from: 'trunk',
      source: 'demo',
      ani: '+33612345678',
      aniName: '',
      dnis,
      ...changes,
    };
    this.handle({ type: 'CallArrived', at: this.now, arrival });
    return callOf(arrival.channel);
  }

  happen(call: CallId, event: Untimed<CallEvent>): Outcome {
    return this.handle({ type: 'CallHappened', call, event: { ...event, at: this.now } as CallEvent });
  }

  callerHangsUp(call: CallId): Outcome {
    return this.happen(call, { type: 'LegEnded', leg: this.call(call).caller, cause: 'hung-up' });
  }

  answers(call: CallId): Outcome {
    return this.happen(call, { type: 'LegAnswered', leg: this.legOf(call) });
  }

  /** @param status SIP's, of the refusal */
  legEnds(call: CallId, cause: LegEnd, status?: number): Outcome {
    return this.happen(call, {
      type: 'LegEnded',
      leg: this.legOf(call),
      cause,
      ...(status === undefined ? {} : { status }),
    });
  }

  presses(call: CallId, digit: string): Outcome {
    return this.happen(call, { type: 'DigitPressed', leg: this.call(call).caller, digit });
  }

  /** What is being played to the caller comes to its end. */
  promptEnds(call: CallId): Outcome {
    const playback = this.commandsOf(call, 'Play').at(-1)?.playback;
    if (playback === undefined) throw new Error(`nothing was played to ${call}`);
    return this.happen(call, { type: 'PlaybackEnded', playback });
  }

  timePasses(call: CallId, ms: number): Outcome {
    this.after(ms);
    return this.happen(call, { type: 'DeadlinePassed' });
  }

  call(id: CallId): CallState {
    const call = this.exchange.calls.get(id);
    if (call === undefined) throw new Error(`no call ${id}`);
    return call;
  }

  agent(id: string): Agent {
    const agent = this.exchange.agents.get(id as AgentId);
    if (agent === undefined) throw new Error(`no agent ${id}`);
    return agent;
  }

  legOf(id: CallId): ChannelId {
    const call = this.call(id);
    if (call.phase === 'offered' && call.offer.legs[0] !== undefined) return call.offer.legs[0].leg;
    if (call.phase === 'ringing' && call.legs[0] !== undefined) return call.legs[0].leg;
    if (call.phase === 'talking' || call.phase === 'consulting') return call.leg;
    if (call.phase === 'calling-back') return call.stage === 'agent' ? call.leg : call.caller;
    if (call.phase === 'dialling') return call.doing.is === 'ringing' ? call.doing.leg : call.caller;
    throw new Error(`call ${id} is ${call.phase}: it has no leg`);
  }

  offeredTo(id: CallId): AgentId | undefined {
    return this.rungFor(id)[0];
  }

  /** Everybody whose phone rings for this call. */
  rungFor(id: CallId): readonly AgentId[] {
    const call = this.exchange.calls.get(id);
    return call?.phase === 'offered' ? call.offer.legs.map(({ agent }) => agent) : [];
  }

  /** The leg of one of those whose phones ring for this call. */
  legAt(id: CallId, agent: string): ChannelId {
    const call = this.call(id);
    const leg = call.phase === 'offered' ? call.offer.legs.find((each) => each.agent === agent)?.leg : undefined;
    if (leg === undefined) throw new Error(`the phone of ${agent} does not ring for ${id}`);
    return leg;
  }

  commandsOf<Type extends Command['type']>(call: CallId, type: Type): readonly Extract<Command, { type: Type }>[] {
    return this.commands.flatMap(({ call: id, command }) =>
      id === call && command.type === type ? [command as Extract<Command, { type: Type }>] : [],
    );
  }

  factsOf<Type extends Fact['type']>(type: Type): readonly Extract<Fact, { type: Type }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { type: Type }> => fact.type === type);
  }
}
