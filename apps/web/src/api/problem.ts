import type { Problem } from '@cordboard/contracts';

/** The API said no, and why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The API did not answer at all. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** What went wrong with a question to the API; anything else is a fault of ours. */
export type Failure = Refused | Unreachable;

/** @throws the error itself unless it is one that a person can be told of. */
export const asFailure = (error: unknown): Failure => {
  if (error instanceof Refused || error instanceof Unreachable) return error;
  throw error;
};
