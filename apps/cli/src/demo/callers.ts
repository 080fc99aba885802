import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { callerScenario, encodeTone, type SpawnInRoot, startSipp } from '@cordboard/sip-lab';
import type { Dice } from './dice.ts';
import { type CallPlan, planCall, type World } from './plan.ts';

export interface CallersOptions {
  readonly spawn: SpawnInRoot;
  readonly folder: string;
  readonly exchange: { readonly host: string; readonly port: number };
  /** The address that the demo's trunk is known by. */
  readonly carrier: string;
  readonly callsPerMinute: number;
  readonly world: World;
  readonly dice: Dice;
  readonly signal: AbortSignal;
}

/** Calls for as long as it is let: each call is a SIPp of its own, with its keys, its voice and its patience. */
export const keepCalling = async (options: CallersOptions): Promise<void> => {
  const { dice, callsPerMinute, world, signal } = options;
  const calls = new Map<Promise<unknown>, string>();
  while (!signal.aborted) {
    // Nobody calls twice at once.
    const busy = new Set(calls.values());
    const known = world.known.filter((number) => !busy.has(number));
    const plan = planCall(dice, callsPerMinute, { ...world, known });
    await pause(plan.afterMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const call: Promise<unknown> = place(plan, options).finally(() => calls.delete(call));
    calls.set(call, plan.from);
  }
  await Promise.all(calls.keys());
};

const place = async (
  { from, to, keys, patienceMs }: CallPlan,
  { spawn, folder, exchange, carrier, signal }: CallersOptions,
): Promise<void> => {
  const sipp = await startSipp({
    spawn,
    folder,
    remote: exchange,
    localHost: carrier,
    calls: 1,
    simultaneous: 1,
    timeoutMs: longestCallMs,
    files: { 'voice.pcma': voice },
    scenario: callerScenario({
      number: to,
      callerNumber: from,
      codecs: ['pcma'],
      sound: 'voice.pcma',
      keys: keys.map(({ afterMs, digit }) => ({ after: afterMs, digits: digit })),
      stay: patienceMs,
    }),
  });
  const abort = (): void => void sipp.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  await sipp.result;
  signal.removeEventListener('abort', abort);
  await rm(sipp.folder, { recursive: true, force: true });
};

const longestCallMs = 600_000;
/** A soft hum, so that who answers hears that somebody is there. */
const voice = encodeTone(440, 'pcma', 0.1);
