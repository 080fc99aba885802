import type { ControlReply, ControlRequest } from '@cordboard/contracts';
import { askControl, lastBeat, RedisUnavailable } from '@cordboard/redis';
import { z } from 'zod';
import type { Redis } from './foundations.ts';

/** The way to call control. */
export interface Control {
  /** @param by the user who asks, as the log should name them. */
  ask(ask: ControlRequest['ask'], by: string): Promise<ControlReply['result']>;
  /** Whether it has been heard of within the last 2 s. */
  readonly isAlive: boolean;
  /** How its journal on disk stands, as it last said; undefined when it has not. */
  readonly journal: PartHealth | undefined;
  /** How the disk of its data folder stands, as it last said; undefined when it has not. */
  readonly disk: PartHealth | undefined;
}

const PartHealth = z.object({ ok: z.boolean(), because: z.string() });
type PartHealth = z.infer<typeof PartHealth>;

/** The name that call control beats by. */
const beatName = 'call-control';
const lookMs = 500;

/** Call control, as seen from here: asked through Redis, and known to live by its heartbeat. */
export const createControl = (redis: Redis): Control & { stop(): void } => {
  let isAlive = false;
  let journal: Control['journal'];
  let disk: Control['disk'];
  const look = async (): Promise<void> => {
    try {
      const heard = await lastBeat(redis, beatName);
      isAlive = heard !== undefined;
      journal = PartHealth.safeParse(heard?.info.journal).data ?? journal;
      disk = PartHealth.safeParse(heard?.info.disk).data ?? disk;
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      isAlive = false;
    }
  };
  const timer = setInterval(() => void look(), lookMs);
  void look();
  return {
    ask: (ask, by) => askControl(redis, ask, by),
    get isAlive() {
      return isAlive;
    },
    get journal() {
      return journal;
    },
    get disk() {
      return disk;
    },
    stop: () => clearInterval(timer),
  };
};
