/** What has to be undone at the end, the last first. */
export interface Closing {
  add(close: () => Promise<void>): void;
  /** Undoes everything, once: later calls wait for the first. */
  close(): Promise<void>;
}

/** Nothing to undo yet. */
export const openClosing = (): Closing => {
  const steps: (() => Promise<void>)[] = [];
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step();
  };
  return {
    add: (close) => {
      steps.push(close);
    },
    close: () => {
      closed ??= closeAll();
      return closed;
    },
  };
};
