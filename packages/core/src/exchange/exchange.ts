import type { Agent } from '../agent/agent.ts';
import { agentView, ask, deadlinePassed, phoneReachable } from '../agent/step.ts';
import { begin, say } from '../call/follow.ts';
import { hangUpCaller, type Step, type Surroundings } from '../call/moves.ts';
import type { CallState, Common } from '../call/state.ts';
import { step } from '../call/step.ts';
import { callView } from '../call/view.ts';
import type { Fact, QueueOutline } from '../fact/fact.ts';
import { type AgentId, type CallId, callOf, type Extension, type NodeId, type QueueId } from '../ids.ts';
import { Line } from '../line/line.ts';
import { queueIds } from '../policy/check.ts';
import type { QueueFigure } from '../policy/condition.ts';
import { extensionFlow, featureFlow, numberDialled, queueIn } from '../policy/lookup.ts';
import type { Policy } from '../policy/policy.ts';
import { nextMatch } from '../routing/match.ts';
import type { Instant } from '../time.ts';
import { engage } from './engagement.ts';
import type { Arrival, Directory, ExchangeEvent } from './event.ts';
import { ExpectedWait } from './expected-wait.ts';
import { featureRequest, isFeatureCode, spokenAnswer } from './feature-code.ts';
import type { Outcome } from './outcome.ts';
import type { SwitchState } from './switch.ts';
import { Turn } from './turn.ts';

/**
 * The whole floor: calls, agents, lines, and the rules that bring them together. One event in, one outcome out, nothing
 * else: no clock, no dice, no input or output. So production, a replay and a test run the same code.
 */
export class Exchange {
  readonly #calls = new Map<CallId, CallState>();
  readonly #agents = new Map<AgentId, Agent>();
  readonly #atExtension = new Map<Extension, AgentId>();
  readonly #phones = new Set<Extension>();
  readonly #lines = new Map<QueueId, Line>();
  readonly #policies = new Map<number, Policy>();
  readonly #expectedWait = new ExpectedWait();
  /** What is known of phones before, or without, an agent who sits at them. */
  readonly #reachable = new Map<Extension, boolean>();
  readonly #switches = new Map<string, SwitchState>();
  #current: Policy | undefined;

  get calls(): ReadonlyMap<CallId, CallState> {
    return this.#calls;
  }

  get agents(): ReadonlyMap<AgentId, Agent> {
    return this.#agents;
  }

  /** Takes up what an earlier process left: the same calls in the same places, the same agents. */
  restore(
    saved: { readonly calls: readonly CallState[]; readonly agents: readonly Agent[] },
    policies: readonly Policy[],
  ): void {
    for (const policy of policies) this.#policies.set(policy.version, policy);
    for (const agent of saved.agents) this.#agents.set(agent.id, agent);
    for (const call of saved.calls) {
      this.#calls.set(call.id, call);
      if (call.phase === 'queued') this.#line(call.queue).enter({ call: call.id, virtualArrival: call.virtualArrival });
    }
  }

  /** All that is live, for readers who start or have lost count. */
  recovered(at: Instant): Fact {
    return {
      type: 'ExchangeRecovered',
      at,
      calls: [...this.#calls.values()].filter(({ service }) => !service).map(callView),
      agents: [...this.#agents.values()].map(agentView),
    };
  }

  handle(event: ExchangeEvent): Outcome {
    switch (event.type) {
      case 'CallArrived':
        return this.#arrived(event.arrival, event.at);
      case 'CallHappened':
        return this.#happened(event.call, event.event);
      case 'AgentAsked':
        return this.#asked(event);
      case 'AgentDeadlinePassed':
        return this.#change(event.agent, event.at, 'time', (agent) => deadlinePassed(agent, event.at));
      case 'PhoneReachable':
        return this.#phoneReachable(event.extension, event.reachable, event.at);
      case 'DirectoryChanged':
        return this.#directoryChanged(event.directory, event.at);
      case 'PolicyPublished':
        return this.#policyPublished(event.policy, event.at);
    }
  }

  #arrived(arrival: Arrival, at: Instant): Outcome {
    const id = callOf(arrival.channel);
    const turn = new Turn(at, this.#agents);
    if (this.#calls.has(id)) return turn.outcome();
    const extension = arrival.from === 'phone' ? (arrival.source as Extension) : undefined;
    const caller = extension === undefined ? undefined : this.#atExtension.get(extension);
    const number = this.#current && numberDialled(this.#current, arrival.dnis);
    const service = extension !== undefined && isFeatureCode(arrival.dnis);
    const call = newCall(id, arrival, at, {
      language: number?.language ?? this.#current?.numbers[0]?.language ?? 'en',
      policyVersion: this.#current?.version ?? 0,
      service,
      attributes: number?.attributes ?? {},
      ...(caller === undefined || service ? {} : { callerAgent: caller }),
    });
    if (!service) {
      turn.tell(call, [
        {
          type: 'CallArrived',
          from: call.from,
          source: call.source,
          ani: call.ani,
          aniName: call.aniName,
          dnis: call.dnis,
          language: call.language,
          policyVersion: call.policyVersion,
          attributes: call.attributes,
        },
      ]);
      if (call.from === 'trunk' && call.ani !== '') turn.command(id, [{ type: 'IdentifyCaller', ani: call.ani }]);
    }
    const first =
      service && extension !== undefined ? this.#featureCode(call, extension, turn) : this.#firstStep(call, arrival);
    this.#take(undefined, first, turn);
    return this.#settle(turn);
  }

  #firstStep(call: CallState, { dnis, from }: Arrival): Step {
    const around = this.#around(call);
    const number = numberDialled(around.policy, dnis);
    if (number !== undefined)
      return begin(call, number.flow, `${number.name} (${number.number}) dialled`, call.arrivedAt, around);
    if (from === 'phone' && this.#phones.has(dnis as Extension))
      return begin(call, extensionFlow(dnis as Extension), `extension ${dnis} dialled`, call.arrivedAt, around);
    return hangUpCaller(call, call.arrivedAt, 'rejected', 'unallocated');
  }

  #featureCode(call: CallState, extension: Extension, turn: Turn): Step {
    const agent = this.#agents.get(this.#atExtension.get(extension) ?? ('' as AgentId));
    const request = agent && featureRequest(call.dnis, agent);
    const way = { flow: featureFlow, node: 'say' as NodeId };
    if (agent === undefined || request === undefined)
      return say(call, way, ['cordboard/not-an-agent'], 'end' as NodeId, turn.at);
    const { sound, result } = spokenAnswer(agent, request, turn.at);
    if (typeof result !== 'string') turn.agent(result, `${call.dnis} at phone ${extension}`);
    return say(call, way, [sound], 'end' as NodeId, turn.at);
  }

  #happened(id: CallId, event: Extract<ExchangeEvent, { type: 'CallHappened' }>['event']): Outcome {
    const turn = new Turn(event.at, this.#agents);
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
    const turn = new Turn(at, this.#agents);
    if (agent === undefined) return { ...turn.outcome(), refusal: 'unknown-agent' };
    const result = ask(agent, request, at);
    if (typeof result === 'string') return { ...turn.outcome(), refusal: result };
    turn.agent(result, because);
    return this.#settle(turn);
  }

  #phoneReachable(extension: Extension, reachable: boolean, at: Instant): Outcome {
    this.#reachable.set(extension, reachable);
    const agent = this.#atExtension.get(extension);
    if (agent === undefined) return new Turn(at, this.#agents).outcome();
    return this.#change(agent, at, reachable ? 'phone registered' : 'phone not registered', (known) =>
      phoneReachable(known, reachable),
    );
  }

  #change(id: AgentId, at: Instant, because: string, change: (agent: Agent) => Agent): Outcome {
    const turn = new Turn(at, this.#agents);
    const agent = this.#agents.get(id);
    if (agent !== undefined) turn.agent(change(agent), because);
    return this.#settle(turn);
  }

  #directoryChanged({ agents, phones }: Directory, at: Instant): Outcome {
    const turn = new Turn(at, this.#agents);
    this.#phones.clear();
    for (const { extension } of phones) this.#phones.add(extension);
    this.#atExtension.clear();
    for (const { id, name, extension } of agents) {
      this.#atExtension.set(extension, id);
      const known = this.#agents.get(id);
      const reachable = this.#reachable.get(extension) ?? false;
      turn.agent(
        known === undefined
          ? { id, name, extension, presence: { is: 'signed-out' }, since: at, idleSince: at, missed: 0, reachable }
          : { ...known, name, extension, ...(known.extension === extension ? {} : { reachable }) },
        'directory',
      );
    }
    const listed = new Set(agents.map(({ id }) => id));
    for (const agent of this.#agents.values())
      if (!listed.has(agent.id) && agent.presence.is !== 'signed-out')
        turn.agent({ ...agent, presence: { is: 'signed-out' }, since: at }, 'removed from the directory');
    return this.#settle(turn);
  }

  #policyPublished(policy: Policy, at: Instant): Outcome {
    const turn = new Turn(at, this.#agents);
    this.#policies.set(policy.version, policy);
    this.#current = policy;
    this.#forgetOldPolicies();
    turn.say({
      type: 'PolicyTaken',
      at,
      version: policy.version,
      timeZone: policy.timeZone,
      queues: queueIds(policy).map((id) => outline(id, policy)),
    });
    return this.#settle(turn);
  }

  /** Versions that no call goes by any more need not be kept. */
  #forgetOldPolicies(): void {
    const used = new Set([...this.#calls.values()].map(({ policyVersion }) => policyVersion));
    for (const version of this.#policies.keys())
      if (version !== this.#current?.version && !used.has(version)) this.#policies.delete(version);
  }

  /** Whoever is free and whoever waits are brought together, until nobody can be served any more. */
  #settle(turn: Turn): Outcome {
    for (;;) {
      const match = nextMatch(
        { lines: this.#lines, agents: this.#agents, rulesFor: (queue, call) => this.#rulesFor(queue, call) },
        turn.at,
      );
      const call = match && this.#calls.get(match.call);
      if (match === undefined || call === undefined) return turn.outcome();
      const event = {
        type: 'AgentReserved',
        at: turn.at,
        agent: match.agent.id,
        extension: match.agent.extension,
        decision: match.decision,
        ringForMs: match.rules.ringForMs,
      } as const;
      this.#take(call, step(call, event, this.#around(call)), turn);
    }
  }

  /** Writes a step into the floor: the call, its place in line, the agents it holds or lets go. */
  #take(before: CallState | undefined, [stepped, commands, facts]: Step, turn: Turn): void {
    const next = turn.tell(stepped, facts);
    turn.command(next.id, commands);
    if (before?.phase === 'queued')
      this.#line(before.queue).leave({ call: before.id, virtualArrival: before.virtualArrival });
    if (next.phase === 'queued') this.#line(next.queue).enter({ call: next.id, virtualArrival: next.virtualArrival });
    engage(before, next, { turn, agents: this.#agents, rulesFor: (queue, call) => this.#rulesFor(queue, call)?.queue });
    if (before?.phase === 'talking' && next.phase === 'ended' && before.queue !== undefined)
      this.#expectedWait.handled(before.queue, turn.at - before.phaseSince + before.wrapUpMs);
    if (next.phase === 'ended') this.#calls.delete(next.id);
    else this.#calls.set(next.id, next);
    turn.call(next);
  }

  #around(call: Common): Surroundings {
    const policy = this.#policies.get(call.policyVersion) ?? this.#current ?? noPolicy;
    return {
      policy,
      queue: (id) => queueIn(policy, id),
      position: (queue, place) => this.#line(queue).position(place),
      expectedWaitMs: (queue, position) =>
        this.#expectedWait.at(
          queue,
          position,
          (queueIn(policy, queue)?.members ?? []).filter((id) => isWorking(this.#agents.get(id))).length,
        ),
      figure: (queue, figure) => this.#figure(queue, figure, policy),
      isOn: (id) => this.#switches.get(id)?.on ?? false,
      agentAt: (extension) => {
        const agent = this.#agents.get(this.#atExtension.get(extension) ?? ('' as AgentId));
        return agent === undefined ? undefined : { agent: agent.id, busy: agent.engaged !== undefined };
      },
    };
  }

  #figure(id: QueueId, figure: QueueFigure, policy: Policy): number | undefined {
    const queue = queueIn(policy, id);
    if (queue === undefined) return undefined;
    const working = queue.members.filter((member) => isWorking(this.#agents.get(member))).length;
    const length = this.#lines.get(id)?.length ?? 0;
    switch (figure) {
      case 'length':
        return length;
      case 'members':
        return working;
      case 'ready':
        return queue.members.filter((member) => {
          const agent = this.#agents.get(member);
          return agent?.presence.is === 'ready' && agent.engaged === undefined;
        }).length;
      case 'expectedWaitMs':
        return this.#expectedWait.at(id, length + 1, working);
    }
  }

  #rulesFor(queue: QueueId, call: CallId) {
    const version = this.#calls.get(call)?.policyVersion ?? 0;
    const policy = this.#policies.get(version) ?? this.#current;
    const rules = policy && queueIn(policy, queue);
    return policy === undefined || rules === undefined ? undefined : { queue: rules, policyVersion: policy.version };
  }

  #line(queue: QueueId): Line {
    const line = this.#lines.get(queue) ?? new Line();
    this.#lines.set(queue, line);
    return line;
  }
}

/** Before the first policy has been published nothing is known, and nothing is answered. */
const noPolicy: Policy = {
  version: 0,
  timeZone: 'UTC',
  numbers: [],
  flows: {},
  queues: {},
  calendars: {},
  switches: {},
  lists: {},
  rosters: {},
};

const isWorking = (agent: Agent | undefined): boolean =>
  agent !== undefined &&
  (agent.engaged !== undefined || agent.presence.is === 'ready' || agent.presence.is === 'wrap-up');

const newCall = (
  id: CallId,
  arrival: Arrival,
  at: Instant,
  known: Pick<Common, 'language' | 'policyVersion' | 'service' | 'callerAgent' | 'attributes'>,
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

const outline = (id: QueueId, { queues }: Policy): QueueOutline => {
  const queue = queues[id];
  return {
    id,
    name: queue?.name ?? id,
    answerWithinMs: queue?.target.answerWithinMs ?? 0,
    goal: queue?.target.goal ?? 0,
    shortAbandonMs: queue?.shortAbandonMs ?? 0,
    members: queue?.members ?? [],
  };
};
