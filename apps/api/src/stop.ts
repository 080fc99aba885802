/** Longer than this nobody is waited for. */
const withinMs = 5000;

/** At the first SIGTERM or SIGINT everything is ended in order, and the process with it; at the second, at once. */
export const onceAskedToStop = (stop: (signal: NodeJS.Signals) => Promise<void>): void => {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      setTimeout(() => process.exit(1), withinMs).unref();
      void stop(signal).then(() => process.exit(0));
    });
};
