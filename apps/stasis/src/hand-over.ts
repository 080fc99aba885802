import type { Term } from '@cordboard/application';
import type { AriTransport } from '@cordboard/ari';
import type { Logger } from '@cordboard/telemetry';

/** How long who stands by may take to take over, in ms: until then new calls still come to us, and are found by it. */
const longestMs = 2000;

/**
 * Gives the calls back. Where another process stands by, our connection to Asterisk lasts until it has taken over: who calls
 * in between is handed over as well. Otherwise new calls take the dialplan's way at once.
 */
export const handOver = async ({
  term,
  transport,
  log,
}: {
  readonly term: Term;
  readonly transport: Pick<AriTransport, 'onState'>;
  readonly log: Logger;
}): Promise<void> => {
  const { standbyThere } = term;
  await term.release();
  if (!standbyThere) return;
  const since = performance.now();
  const taken = await new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), longestMs);
    // While the listener is added it is told of what is, before there is a way to remove it.
    transport.onState(({ is }) => {
      if (is === 'connected') return;
      clearTimeout(late);
      resolve(true);
    });
  });
  const tookMs = Math.round(performance.now() - since);
  if (taken) log.info({ tookMs }, 'handed over');
  else log.warn({ tookMs }, 'nobody has taken over: calls go on in Asterisk until somebody does');
};
