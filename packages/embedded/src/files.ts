import { stat } from 'node:fs/promises';

/** Whether something lies there. */
export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
