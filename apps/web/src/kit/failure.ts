import { asFailure, type Failure, Refused } from '../api/problem.ts';
import type { Words } from '../i18n/language.ts';

/** What went wrong, in the reader's language, with what to do. */
export const failureText = (words: Words, failure: Failure): string => {
  if (!(failure instanceof Refused)) return words.problems.unreachable;
  const { code } = failure.problem;
  return Object.hasOwn(words.problems, code) ? words.problems[code as keyof Words['problems']] : words.problems.other;
};

/** Does something that may be refused; what went wrong is handed on in words. @returns whether it was done. */
export const attempt = async (
  words: Words,
  act: () => Promise<unknown>,
  onFailure: (text: string, failure: Failure) => void,
): Promise<boolean> => {
  try {
    await act();
    return true;
  } catch (error) {
    const failure = asFailure(error);
    onFailure(failureText(words, failure), failure);
    return false;
  }
};
