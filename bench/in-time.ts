/** What was waited for did not happen: something is wrong with what is measured, or with what measures. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

const longestMs = 20_000;

/** @throws NotInTime rather than waiting for ever */
export const inTime = async <Value>(what: string, happening: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotInTime(`${what}: not within ${longestMs / 1000} s`)), longestMs);
  });
  try {
    return await Promise.race([happening, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
