import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from './floor.ts';
import type { IncomingInvite } from './sip-party.ts';

/** The next INVITE that reaches the agent. */
const nextInvite = (side: Side): Promise<IncomingInvite> =>
  new Promise((resolve) => {
    side.agent.onInvite = resolve;
  });

/** Between two calls nothing of the one before may be left. */
const restMs = 60;

/** (a) From the caller's INVITE to the agent's, with an agent who has nothing to do. @returns ms, one for each call. */
export const measureRinging = async (side: Side, calls: number): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    const invited = nextInvite(side);
    const call = side.callers.call(side.number, '+33639980001');
    const invite = await invited;
    took.push(invite.at - call.at);
    invite.ring();
    invite.answer();
    await Promise.all([invite.acked, call.answered]);
    invite.bye();
    await Promise.all([invite.ended, call.ended]);
    await pause(restMs);
  }
  return took;
};

/**
 * (b) From the agent's BYE to the next caller's INVITE at the agent, while others wait. Each talk lasts a random time:
 * `Queue()` looks once a second, and a fixed one would always meet it at the same moment.
 * @returns ms, one for each caller after the first.
 */
export const measureFreed = async (side: Side, waiting: number): Promise<readonly number[]> => {
  const took: number[] = [];
  let next = nextInvite(side);
  const calls = [];
  for (let index = 0; index <= waiting; index += 1) {
    calls.push(side.callers.call(side.number, `+3363998${String(1000 + index)}`));
    // In line one after another, as callers come.
    await pause(20);
  }
  let freedAt: number | undefined;
  for (let served = 0; served <= waiting; served += 1) {
    const invite = await next;
    if (freedAt !== undefined) took.push(invite.at - freedAt);
    next = nextInvite(side);
    invite.ring();
    invite.answer();
    await invite.acked;
    // The first talk goes on until all others wait.
    await pause((served === 0 ? 500 : 100) + Math.random() * 1000);
    freedAt = invite.bye().at;
    await invite.ended;
  }
  await Promise.all(calls.map(({ ended }) => ended));
  await pause(restMs);
  return took;
};
