import type { ControlReply, ControlRequest, Readiness } from '@cordboard/contracts';
import type { Database } from '@cordboard/database';
import type { connectRedis, Sessions } from '@cordboard/redis';
import type { Logger, Metrics } from '@cordboard/telemetry';
import type { Boards } from './feed/boards.ts';
import type { Feed } from './feed/feed.ts';
import type { Attempts } from './identity/attempts.ts';
import type { People } from './identity/people.ts';

export type Log = Logger;
export type Redis = ReturnType<typeof connectRedis>;

/** What the routes and the sockets are made of. */
export interface Parts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly database: Database;
  readonly sessions: Sessions;
  readonly people: People;
  readonly attempts: Attempts;
  readonly feed: Feed;
  readonly control: Control;
  readonly readiness: () => Promise<Readiness>;
  readonly boards: Boards;
}

/** The way to call control. */
export interface Control {
  /** @param by the user who asks, as the log should name them. */
  ask(ask: ControlRequest['ask'], by: string): Promise<ControlReply['result']>;
  /** Whether it has been heard of within the last 2 s. */
  readonly isAlive: boolean;
}
