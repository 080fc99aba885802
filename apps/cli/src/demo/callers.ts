import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { callerScenario, encodeTone, type Sipp, type SpawnInRoot, startSipp } from '@cordboard/sip-lab';
import type { CallPlan } from './plan.ts';

/** How to let people call. */
export interface CallersOptions {
  readonly spawn: SpawnInRoot;
  readonly folder: string;
  readonly exchange: { readonly host: string; readonly port: number };
  /** The address that the trunk is known by. */
  readonly carrier: string;
  /** Who calls when; may be without end. */
  readonly plans: Iterable<CallPlan>;
  /** Aborted: nobody calls any more, and whoever is in a call hangs up. */
  readonly signal: AbortSignal;
  /** A call that could not even be placed; the others go on. */
  readonly onFailure: (error: unknown) => void;
}

/** Lets people call as planned: each call is a SIPp of its own, with its keys, its voice and its patience. */
export const keepCalling = async (options: CallersOptions): Promise<void> => {
  const { plans, signal, onFailure } = options;
  const beganAt = Date.now();
  const calls = new Set<Promise<void>>();
  const running = new Set<Sipp>();
  signal.addEventListener('abort', () => {
    for (const sipp of running) void sipp.abort();
  });
  for (const plan of plans) {
    await pause(beganAt + plan.atMs - Date.now(), undefined, { signal }).catch(onlyAbort);
    if (signal.aborted) break;
    const call = place(plan, running, options)
      .catch(onFailure)
      .finally(() => calls.delete(call));
    calls.add(call);
  }
  await Promise.all(calls);
};

const place = async (
  { from, to, keys, patienceMs }: CallPlan,
  running: Set<Sipp>,
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
  running.add(sipp);
  if (signal.aborted) await sipp.abort();
  try {
    await sipp.result;
  } finally {
    running.delete(sipp);
    await rm(sipp.folder, { recursive: true, force: true });
  }
};

const longestCallMs = 600_000;
/** A soft hum, so that who answers hears that somebody is there. */
const voice = encodeTone(440, 'pcma', 0.1);

const onlyAbort = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
};
