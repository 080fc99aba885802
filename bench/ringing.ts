import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from './floor.ts';
import { inTime } from './in-time.ts';
import type { IncomingInvite, OutgoingCall } from './sip-party.ts';

/** Numbers that nobody has: ARCEP keeps them for fiction. */
export const callerNumber = (index: number): string => `+3363998${String(index % 10_000).padStart(4, '0')}`;

/** Between two calls nothing of the one before may be left. */
export const restMs = 60;

/** The next INVITE that reaches the agent. Asked for before whatever brings it about. */
export const nextInvite = (side: Side): Promise<IncomingInvite> =>
  new Promise((resolve) => {
    side.agent.onInvite = resolve;
  });

/**
 * (a) From the caller's INVITE to the agent's, with an agent who has nothing to do.
 * @param talkMs how long they talk; 0: as long as it takes to hang up
 * @returns ms, one for each call
 */
export const measureRinging = async (
  side: Side,
  calls: number,
  { to = side.numbers.quick, talkMs = 0 } = {},
): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    const invited = nextInvite(side);
    const call = side.callers.call(to, callerNumber(index));
    const invite = await inTime(`${side.is}: the agent is rung for call ${index}`, invited);
    took.push(invite.at - call.at);
    invite.ring();
    invite.answer();
    await inTime('the caller is through', Promise.all([invite.acked, call.answered]));
    if (talkMs > 0) await pause(talkMs);
    invite.bye();
    await inTime('both have hung up', Promise.all([invite.ended, call.ended]));
    await pause(restMs);
  }
  return took;
};

export interface FreedOptions {
  /** All of them talk. */
  readonly agents: number;
  /** How many callers wait at any moment. */
  readonly waiting: number;
  /** How often an agent comes free. */
  readonly times: number;
}

/** All must be in line before the agent comes free for the first time. */
const untilAllWaitMs = 1000;

/**
 * (b) From an agent's BYE to the next caller's INVITE at that agent, while others wait, with music. Each talk lasts a random
 * time: `Queue()` looks once a second, and a fixed one would always meet it at the same moment.
 * @returns ms, one for each time
 */
export const measureFreed = async (
  side: Side,
  { agents, waiting, times }: FreedOptions,
): Promise<readonly number[]> => {
  const took: number[] = [];
  const calls: OutgoingCall[] = [];
  const oneMore = (): void => {
    calls.push(side.callers.call(side.numbers.answered, callerNumber(calls.length)));
  };
  const talks: IncomingInvite[] = [];
  const allTalk = new Promise<void>((resolve) => {
    side.agent.onInvite = async (invite) => {
      talks.push(invite);
      await answer(invite);
      if (talks.length === agents) resolve();
    };
  });
  for (let index = 0; index < agents + waiting; index += 1) {
    oneMore();
    // In line one after another, as callers come.
    await pause(20);
  }
  await inTime('every agent talks', allTalk);
  await pause(untilAllWaitMs);
  for (let time = 0; time < times; time += 1) {
    await pause(100 + Math.random() * 1000);
    const next = nextInvite(side);
    const [talk] = talks.splice(Math.floor(Math.random() * talks.length), 1);
    if (talk === undefined) throw new TypeError('nobody talks');
    const freed = talk.bye();
    const following = await inTime(`the agent, free again, is rung for the next (${time})`, next);
    took.push(following.at - freed.at);
    await answer(following);
    await inTime('the one before has hung up', talk.ended);
    talks.push(following);
    oneMore();
  }
  await clear(calls, talks, agents + times);
  return took;
};

/** Those in line go first: nobody is to be rung for those who go. @param served how many of the calls were */
const clear = async (
  calls: readonly OutgoingCall[],
  talks: readonly IncomingInvite[],
  served: number,
): Promise<void> => {
  const inLine = calls.slice(served);
  // Who is not through yet cannot hang up.
  await inTime('all are in line', Promise.all(inLine.map(({ answered }) => answered)));
  for (const call of inLine) call.bye();
  await inTime('those who waited have gone', Promise.all(inLine.map(({ ended }) => ended)));
  for (const talk of talks) talk.bye();
  await inTime('the last have gone', Promise.all([...talks, ...calls].map(({ ended }) => ended)));
  await pause(restMs);
};

const answer = async (invite: IncomingInvite): Promise<void> => {
  invite.ring();
  invite.answer();
  await inTime('the caller is through', invite.acked);
};
