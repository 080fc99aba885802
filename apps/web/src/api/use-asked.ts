import { useCallback, useEffect, useState } from 'react';
import { ask } from './ask.ts';
import { asFailure, type Failure } from './problem.ts';

export type Asked<Answer> =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'there'; readonly answer: Answer };

/**
 * What the API answers to a GET; asked again when the path changes, when `version` does, and by `again`. While it is asked
 * again, the answer of before stays.
 */
export const useAsked = <Answer>(path: string, version: unknown = ''): Asked<Answer> & { again(): void } => {
  const [state, setState] = useState<{ readonly path: string; readonly asked: Asked<Answer> }>();
  const [count, setCount] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: version and count say when to ask, not what
  useEffect(() => {
    let isWanted = true;
    const put = (asked: Asked<Answer>): void => {
      if (isWanted) setState({ path, asked });
    };
    ask<Answer>('GET', path).then(
      (answer) => put({ is: 'there', answer }),
      (error: unknown) => put({ is: 'failed', failure: asFailure(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [path, version, count]);

  const again = useCallback(() => setCount((before) => before + 1), []);
  return { ...(state?.path === path ? state.asked : { is: 'loading' }), again };
};
