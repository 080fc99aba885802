import type { Readiness } from '@cordboard/contracts';
import type { Database, SoundFiles } from '@cordboard/database';
import type { Sessions } from '@cordboard/redis';
import type { Metrics } from '@cordboard/telemetry';
import type { Control } from './control.ts';
import type { Boards } from './feed/boards.ts';
import type { Feed } from './feed/feed.ts';
import type { Log } from './foundations.ts';
import type { Attempts } from './identity/attempts.ts';
import type { People } from './identity/people.ts';

/** What the routes and the sockets are made of. */
export interface Parts {
  readonly log: Log;
  readonly metrics: Metrics;
  /** The figures of all processes, in Prometheus' text format. */
  readonly figures: () => Promise<string>;
  readonly database: Database;
  /** Callers' messages. */
  readonly sounds: SoundFiles;
  readonly sessions: Sessions;
  readonly people: People;
  readonly attempts: Attempts;
  readonly feed: Feed;
  readonly control: Control;
  readonly readiness: () => Promise<Readiness>;
  readonly boards: Boards;
}
