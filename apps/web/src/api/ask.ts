import type { csrfHeader as CsrfHeader, Problem } from '@cordboard/contracts';
import { Refused, Unreachable } from './problem.ts';

const csrfHeader: typeof CsrfHeader = 'x-csrf-token';
/** Longer than this nobody waits for an answer. */
const patienceMs = 10_000;

let csrfToken = '';
let onSessionEnded: () => void = () => undefined;

/** Whose requests these are from now on; '' for nobody's. */
export const carryCsrfToken = (token: string): void => {
  csrfToken = token;
};

/** Told when the API says that nobody is signed in any more. */
export const whenSessionEnds = (listener: () => void): void => {
  onSessionEnded = listener;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Asks the API.
 * @throws Refused with the problem it describes; Unreachable when it does not answer.
 */
export const ask = async <Answer = void>(method: Method, path: string, body?: unknown): Promise<Answer> => {
  const response = await send(method, path, body);
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer;
  const problem = readProblem(text);
  if (problem === undefined) throw new Unreachable(`${response.status} ${response.statusText}`);
  if (problem.code === 'authentication-required') onSessionEnded();
  throw new Refused(problem);
};

const send = async (method: Method, path: string, body: unknown): Promise<Response> => {
  try {
    return await fetch(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { [csrfHeader]: csrfToken }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new Unreachable('the API does not answer', { cause: error });
  }
};

/** @returns undefined for what a proxy says in place of the API. */
const readProblem = (text: string): Problem | undefined => {
  try {
    const read = JSON.parse(text) as Partial<Problem>;
    return typeof read.code === 'string' ? (read as Problem) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
