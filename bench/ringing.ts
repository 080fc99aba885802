import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from './floor.ts';
import { inTime } from './in-time.ts';
import type { IncomingInvite, OutgoingCall } from './sip-party.ts';

/** Numbers that nobody has: ARCEP keeps them for fiction. */
const callerNumber = (index: number): string => `+3363998${String(index % 10_000).padStart(4, '0')}`;

/** Between two calls nothing of the one before may be left. */
const restMs = 60;

/** The next INVITE that reaches the agent. Asked for before whatever brings it about. */
const nextInvite = (side: Side): Promise<IncomingInvite> =>
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
    const invite = await inTime('the agent is rung', invited);
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
  /** How many callers wait at any moment. */
  readonly waiting: number;
  /** How often the agent comes free. */
  readonly times: number;
}

/** All must be in line before the agent comes free for the first time. */
const untilAllWaitMs = 1000;

/**
 * (b) From the agent's BYE to the next caller's INVITE at the agent, while others wait, with music. Each talk lasts a random
 * time: `Queue()` looks once a second, and a fixed one would always meet it at the same moment.
 * @returns ms, one for each time
 */
export const measureFreed = async (side: Side, { waiting, times }: FreedOptions): Promise<readonly number[]> => {
  const took: number[] = [];
  const calls: OutgoingCall[] = [];
  let callers = 0;
  const oneMore = (): void => {
    calls.push(side.callers.call(side.numbers.answered, callerNumber(callers)));
    callers += 1;
  };
  let next = nextInvite(side);
  for (let index = 0; index <= waiting; index += 1) {
    oneMore();
    // In line one after another, as callers come.
    await pause(20);
  }
  let talk = await inTime('the first caller is through', next);
  await answer(talk);
  await pause(untilAllWaitMs);
  for (let time = 0; time < times; time += 1) {
    await pause(100 + Math.random() * 1000);
    next = nextInvite(side);
    const freed = talk.bye();
    const following = await inTime(`the agent, free again, is rung for the next (${time})`, next);
    took.push(following.at - freed.at);
    await answer(following);
    await inTime('the one before has hung up', talk.ended);
    talk = following;
    oneMore();
  }
  // The agent last: nobody is to be rung for those who go.
  const [inTalk, ...others] = calls.slice(times);
  // Who is not through yet cannot hang up.
  await inTime('all are in line', Promise.all(others.map(({ answered }) => answered)));
  for (const call of others) call.bye();
  await inTime('those who waited have gone', Promise.all(others.map(({ ended }) => ended)));
  talk.bye();
  await inTime('the last has gone', Promise.all([talk.ended, inTalk?.ended]));
  await pause(restMs);
  return took;
};

const answer = async (invite: IncomingInvite): Promise<void> => {
  invite.ring();
  invite.answer();
  await inTime('the caller is through', invite.acked);
};
