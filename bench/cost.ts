import { setTimeout as pause } from 'node:timers/promises';
import type { Floor, Side } from './floor.ts';
import { processorMs } from './processor.ts';
import { measureRinging } from './ringing.ts';

/** What one call takes in which two people talk. */
export interface Cost {
  /** Processor time of Asterisk, call control and Redis. */
  readonly ourMs: number;
  /** Processor time of Asterisk. */
  readonly peerMs: number;
  readonly events: number;
  readonly requests: number;
}

const talkMs = 200;
/** Processes tell their figures every 5 s. */
const figuresMs = 6000;
/** Asked every few seconds, whether anybody calls or not. */
const regular = /operation="(channels\.list|bridges\.list|endpoints\.list|applications\.get|asterisk\.\w+)"/;

export const measureCost = async ({ house, ours, peer }: Floor, calls: number): Promise<Cost> => {
  const { asterisk, callControl, redis } = house.pids;
  const perCall = async (side: Side, pids: readonly number[]): Promise<number> => {
    const before = await processorMs(pids);
    await measureRinging(side, calls, { to: side.numbers.answered, talkMs });
    return ((await processorMs(pids)) - before) / calls;
  };
  await pause(figuresMs);
  const before = await counted(house.url);
  const ourMs = await perCall(ours, [asterisk, callControl, redis]);
  await pause(figuresMs);
  const after = await counted(house.url);
  const peerMs = await perCall(peer, [asterisk]);
  return {
    ourMs,
    peerMs,
    events: (after.events - before.events) / calls,
    requests: (after.requests - before.requests) / calls,
  };
};

/** As call control itself counts: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const counted = async (url: string): Promise<Pick<Cost, 'events' | 'requests'>> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sum = (name: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) && !regular.test(line))
      .reduce((all, line) => all + Number(line.slice(line.lastIndexOf(' '))), 0);
  return { events: sum('cordboard_ari_events_total'), requests: sum('cordboard_ari_request_seconds_count') };
};
