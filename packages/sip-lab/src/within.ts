/** What was awaited did not happen in the time allowed for it. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

/** How long to wait. */
export interface Patience {
  /** In ms from the call of the function. */
  readonly withinMs: number;
}

/**
 * The promise's own outcome, or NotInTime when that takes too long.
 * @param what the sentence of the error, such as "phone 1001 was not called"; a function is asked only when needed
 */
export const within = async <T>(promise: Promise<T>, ms: number, what: string | (() => string)): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NotInTime(`${typeof what === 'string' ? what : what()} within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
