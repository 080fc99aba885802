import type { Taken, Term } from '@cordboard/application';
import type { Metrics } from '@cordboard/telemetry';

/** Who is in control of the calls, as figures: told by the process that is. */
export const observeLease = (
  metrics: Metrics,
  { term, because }: { readonly term: Term; readonly because: Taken['because'] },
): void => {
  const one = (value: number) => [{ labels: {}, value }];
  metrics.measure('cordboard_lease_epoch', 'Grows by one with each process that has taken control.', [], () =>
    one(term.epoch),
  );
  metrics.measure(
    'cordboard_lease_held',
    '1 while the process may act; 0 while it asks whether another has taken over.',
    [],
    () => one(term.isHeld ? 1 : 0),
  );
  metrics.measure('cordboard_lease_standby', '1 while another process stands by to take over.', [], () =>
    one(term.standbyThere ? 1 : 0),
  );
  metrics.measure(
    'cordboard_lease_info',
    'The process in control, and why it could take over.',
    ['pid', 'because'],
    () => [{ labels: { pid: `${process.pid}`, because }, value: 1 }],
  );
};
