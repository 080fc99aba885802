import type { Problem } from '@cordboard/contracts';

/** Every way to say no, with its HTTP status. The codes are part of the API: they stay as they are. */
const kinds = {
  'invalid-json': [400, 'The body is not JSON'],
  'invalid-request': [400, 'The request cannot be read'],
  'authentication-required': [401, 'Nobody is signed in'],
  'wrong-credentials': [401, 'Wrong user name or password'],
  forbidden: [403, 'Not allowed'],
  'not-permitted': [403, 'Such numbers may not be called'],
  'csrf-token-missing': [403, 'The request did not come from our pages'],
  'foreign-origin': [403, 'The request came from another site'],
  'not-found': [404, 'Not found'],
  'no-such-agent': [404, 'No such agent'],
  'no-such-call': [404, 'No such call'],
  'no-such-callback': [404, 'No such callback'],
  'no-such-queue': [404, 'No such queue'],
  'no-such-phone': [404, 'No such phone'],
  'method-not-allowed': [405, 'Method not allowed'],
  'already-there': [409, 'There is one like this already'],
  'in-use': [409, 'Still in use'],
  'already-signed-in': [409, 'Signed in already'],
  'not-signed-in': [409, 'Not signed in'],
  'not-waiting': [409, 'Does not wait'],
  'not-talking': [409, 'Nobody talks in it'],
  'three-already': [409, 'Three already'],
  'no-place-free': [409, 'No place is free'],
  'phone-busy': [409, 'The phone is busy'],
  'wrap-up-code-missing': [409, 'A wrap-up code is missing'],
  'no-wrap-up-code-wanted': [409, 'No wrap-up code is wanted'],
  'no-such-wrap-up-code': [422, 'No such wrap-up code'],
  'not-consulting': [409, 'Nobody is consulted'],
  'target-busy': [409, 'On another call'],
  'nobody-free': [409, 'Nobody is free'],
  'held-by-phone': [409, 'Held by the phone'],
  'agent-busy': [409, 'On another call'],
  'house-full': [409, 'No more calls now'],
  'phone-not-registered': [409, 'The phone is not registered'],
  'call-control-refused': [409, 'Call control refuses'],
  'policy-moved-on': [409, 'Another version has been published'],
  'last-administrator': [409, 'The last administrator'],
  'too-large': [413, 'Too large'],
  'range-not-satisfiable': [416, 'No such part'],
  'unsupported-media-type': [415, 'Not a type that can be read'],
  invalid: [422, 'Not valid'],
  'no-such-destination': [422, 'No such destination'],
  'not-a-number': [422, 'Not a telephone number'],
  'no-route': [422, 'No way to this number'],
  'unknown-reference': [422, 'Refers to something that does not exist'],
  'policy-has-faults': [422, 'The policy has faults'],
  'too-many-attempts': [429, 'Too many attempts'],
  'internal-error': [500, 'Something went wrong here'],
  'database-unavailable': [503, 'The database does not answer'],
  'redis-unavailable': [503, 'Redis does not answer'],
  'call-control-unavailable': [503, 'Call control does not answer'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type RefusalCode = keyof typeof kinds;

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(kinds, code);

interface RefusalOptions {
  readonly errors?: Problem['errors'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is not done, and what to do about it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly errors: Problem['errors'];
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what to do, in a sentence. */
  constructor(code: RefusalCode, detail: string, { errors, headers = {}, cause }: RefusalOptions = {}) {
    super(detail, { cause });
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  /** As it is sent: https://www.rfc-editor.org/rfc/rfc9457 */
  get problem(): Problem {
    const [status, title] = kinds[this.code];
    return {
      type: `urn:cordboard:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}
