import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from './floor.ts';
import { callerNumber } from './ringing.ts';

/** How much is called. */
export interface LoadOptions {
  /** Calls a second. */
  readonly rate: number;
  /** For so long, s. */
  readonly seconds: number;
  /** How long they talk, ms: half of it to one and a half times. */
  readonly talkMs: number;
}

/** What came of it. */
export interface Loaded {
  readonly calls: number;
  /** Not rung, not through, or not ended within {@link patienceMs} after the last began. */
  readonly failed: number;
  /** From the caller's INVITE to the agent's, ms. */
  readonly setups: readonly number[];
}

/** A call that takes longer to begin or to end has failed. */
const patienceMs = 10_000;
const lookEveryMs = 20;

/** Calls come in at a steady rate, whatever becomes of those before; each agent answers at once, and hangs up after the talk. */
export const load = async (side: Side, { rate, seconds, talkMs }: LoadOptions): Promise<Loaded> => {
  const calls = Math.round(rate * seconds);
  const began = new Map<string, number>();
  const setups: number[] = [];
  let done = 0;
  side.agent.onInvite = async (invite) => {
    const since = began.get(invite.from.user);
    if (since !== undefined) setups.push(invite.at - since);
    began.delete(invite.from.user);
    invite.ring();
    invite.answer();
    await invite.acked;
    // Not all in step with what looks once a second.
    await pause(talkMs * (0.5 + Math.random()));
    invite.bye();
  };
  const start = performance.now();
  for (let index = 0; index < calls; index += 1) {
    const dueInMs = start + (index * 1000) / rate - performance.now();
    if (dueInMs > 1) await pause(dueInMs);
    const from = callerNumber(index);
    const call = side.callers.call(side.numbers.quick, from);
    began.set(from, call.at);
    void Promise.all([call.answered, call.ended]).then(() => {
      done += 1;
    });
  }
  const giveUpAt = performance.now() + 1.5 * talkMs + patienceMs;
  while (done < calls && performance.now() < giveUpAt) await pause(lookEveryMs);
  side.agent.onInvite = undefined;
  return { calls, failed: calls - Math.min(done, setups.length), setups };
};
