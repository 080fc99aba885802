import type { connectRedis } from '@cordboard/redis';
import type { Logger } from '@cordboard/telemetry';

/** What every part may lean on, under the names used here. */
export type Log = Logger;
export type Redis = ReturnType<typeof connectRedis>;
