import { TelephonyUnavailable } from '@cordboard/application';
import type { Shape } from '../operation/operation.ts';
import { type AnswerOf, type OperationName, operations } from '../operation/operations.ts';
import { type AriObserver, AriRefused } from './transport.ts';

/** Asterisk's answer to a request, whatever carried it. */
export interface Reply {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
}

export const isYes = ({ status }: Reply): boolean => status >= 200 && status <= 299;

/**
 * What the reply says, when it says yes.
 * @throws AriRefused when it says no
 * @throws TelephonyUnavailable when it cannot be understood
 */
export const answerOf = <Name extends OperationName>(operation: Name, reply: Reply): AnswerOf<Name> => {
  if (!isYes(reply)) throw new AriRefused(operation, reply.status, reasonOf(reply));
  const { answer }: Shape = operations[operation];
  if (answer === undefined) return undefined as AnswerOf<Name>;
  const read = answer.safeParse(parsed(reply.body));
  if (!read.success) throw new TelephonyUnavailable(`${operation}: Asterisk's answer is not understood: ${read.error}`);
  return read.data as AnswerOf<Name>;
};

/**
 * The answer within its time, and told to whoever watches.
 * @throws AriRefused
 * @throws TelephonyUnavailable when there is no answer in time
 */
export const awaitAnswer = async <Name extends OperationName>(
  operation: Name,
  reply: Promise<Reply>,
  timeoutMs: number,
  observer: AriObserver | undefined,
): Promise<AnswerOf<Name>> => {
  const since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TelephonyUnavailable(`${operation}: Asterisk has not answered for ${timeoutMs} ms`));
    }, timeoutMs);
  });
  let outcome: Parameters<NonNullable<AriObserver['requestDone']>>[2] = 'unavailable';
  try {
    const answer = answerOf(operation, await Promise.race([reply, late]));
    outcome = 'done';
    return answer;
  } catch (error) {
    if (error instanceof AriRefused) outcome = 'refused';
    throw error;
  } finally {
    clearTimeout(timer);
    observer?.requestDone?.(operation, performance.now() - since, outcome);
  }
};

/** @returns undefined for what is no JSON. */
export const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};

/** ARI says why in `message`, and sometimes in `error`. */
const reasonOf = ({ body, reason }: Reply): string => {
  const said = parsed(body);
  if (typeof said !== 'object' || said === null) return reason;
  const words = 'message' in said ? said.message : 'error' in said ? said.error : undefined;
  return typeof words === 'string' ? words : reason;
};
