import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from './floor.ts';
import { callerNumber } from './ringing.ts';
import type { Ended, OutgoingCall } from './sip-party.ts';

/** How much is called. */
export interface LoadOptions {
  /** Calls a second. */
  readonly rate: number;
  /** For so long, s. */
  readonly seconds: number;
  /** How long they talk, ms: half of it to one and a half times. */
  readonly talkMs: number;
  /** An agent is rung by this caller. */
  readonly onRung?: (caller: string, at: number) => void;
  /** No more are called; agents go on answering until it resolves. */
  readonly onStopped?: () => Promise<void>;
}

/** What came of it. */
export interface Loaded {
  readonly calls: number;
  /** Neither refused nor rung, through, and ended within {@link patienceMs} after the last began. */
  readonly failed: number;
  /** From the INVITE of each caller who was told that there is no place to that answer, ms. */
  readonly refused: readonly number[];
  /** From the caller's INVITE to the agent's, ms. */
  readonly setups: readonly number[];
}

/** A call that takes longer to begin or to end has failed. */
const patienceMs = 10_000;
const lookEveryMs = 20;

/** Busy, or try elsewhere: an honest answer, and no failure. */
const isRefusal = ({ status }: Ended): boolean => status === 486 || status === 503;

/** Calls come in at a steady rate, whatever becomes of those before; each agent answers at once, and hangs up after the talk. */
export const load = async (side: Side, options: LoadOptions): Promise<Loaded> => {
  const { rate, seconds, talkMs, onRung, onStopped } = options;
  const calls = Math.round(rate * seconds);
  const began = new Map<string, number>();
  const setups: number[] = [];
  const refused: number[] = [];
  let [done, over] = [0, 0];
  side.agent.onInvite = async (invite) => {
    const since = began.get(invite.from.user);
    if (since !== undefined) setups.push(invite.at - since);
    began.delete(invite.from.user);
    onRung?.(invite.from.user, invite.at);
    invite.ring();
    invite.answer();
    await invite.acked;
    // Not all in step with what looks once a second.
    await pause(talkMs * (0.5 + Math.random()));
    invite.bye();
  };
  const follow = async (call: OutgoingCall): Promise<void> => {
    const ended = await call.ended;
    over += 1;
    if (isRefusal(ended)) refused.push(ended.at - call.at);
    else if (ended.status === undefined) done += 1;
  };
  const start = performance.now();
  for (let index = 0; index < calls; index += 1) {
    const dueInMs = start + (index * 1000) / rate - performance.now();
    if (dueInMs > 1) await pause(dueInMs);
    const from = callerNumber(index);
    const call = side.callers.call(side.numbers.quick, from);
    began.set(from, call.at);
    void follow(call);
  }
  const giveUpAt = performance.now() + 1.5 * talkMs + patienceMs;
  const stopped = onStopped?.();
  while (over < calls && performance.now() < giveUpAt) await pause(lookEveryMs);
  await stopped;
  side.agent.onInvite = undefined;
  return { calls, failed: calls - refused.length - Math.min(done, setups.length), refused, setups };
};
