import { useNow } from '../feed/ticks.ts';
import { clockDuration, countdown, machineDuration } from '../format/duration.ts';

/** How long something has gone on, each second anew. Nobody hears it tick. */
export const Elapsed = ({ since }: { readonly since: number }) => {
  const ms = useNow() - since;
  return <time dateTime={machineDuration(ms)}>{clockDuration(ms)}</time>;
};

/** How long something goes on yet. */
export const Remaining = ({ until, say }: { readonly until: number; readonly say: (time: string) => string }) => {
  const ms = until - useNow();
  return <time dateTime={machineDuration(ms)}>{say(countdown(ms))}</time>;
};
