import { Prisma } from './generated/client.ts';

/** PostgreSQL cannot be reached, or does not let us in. The message names what to check. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** Why a change is refused. */
export type RefusalReason =
  /** Another one has this id, number or name already. */
  | 'already-there'
  /** Others refer to it, so it cannot go. */
  | 'in-use'
  /** It refers to something that does not exist. */
  | 'unknown-reference'
  /** There is no such row. */
  | 'not-found'
  /** The database's own check says no. */
  | 'invalid';

/** A change that the database's rules do not allow. `constraint` is the rule's name, as `users_username_key`, where known. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal';
  readonly reason: RefusalReason;
  readonly constraint: string | undefined;

  constructor(reason: RefusalReason, constraint: string | undefined, options: ErrorOptions) {
    super(`${sentences[reason]}${constraint === undefined ? '' : ` (${constraint})`}`, options);
    this.reason = reason;
    this.constraint = constraint;
  }
}

const sentences: Record<RefusalReason, string> = {
  'already-there': 'There is one like this already.',
  'in-use': 'Something else still refers to this.',
  'unknown-reference': 'This refers to something that does not exist.',
  'not-found': 'There is no such entry.',
  invalid: 'The database does not accept this value.',
};

/** An error of pg or of Prisma in our words; any other is returned as it is. */
export const inOurWords = (error: unknown): unknown => {
  const { code, message, constraint } = rootOf(error);
  const refusal = refusals.get(code);
  if (refusal !== undefined) return new DatabaseRefusal(refusal, constraint, { cause: error });
  const trouble = troubles.find(({ codes }) => codes.test(code));
  if (trouble !== undefined)
    return new DatabaseUnavailable(`${trouble.sentence} Check DATABASE_URL. (${message})`, { cause: error });
  if (lostConnection.test(message))
    return new DatabaseUnavailable(`PostgreSQL does not answer. Check DATABASE_URL. (${message})`, { cause: error });
  return error;
};

/** @throws DatabaseUnavailable, DatabaseRefusal, or what was thrown. */
export const asking = async <T>(request: Promise<T>): Promise<T> => {
  try {
    return await request;
  } catch (error) {
    throw inOurWords(error);
  }
};

interface Root {
  readonly code: string;
  readonly message: string;
  readonly constraint: string | undefined;
}

/** SQLSTATE codes: https://www.postgresql.org/docs/18/errcodes-appendix.html; P…: https://www.prisma.io/docs/orm/reference/error-reference */
const refusals = new Map<string, RefusalReason>([
  ['23505', 'already-there'],
  ['P2002', 'already-there'],
  ['23001', 'in-use'],
  ['23503', 'unknown-reference'],
  ['P2003', 'unknown-reference'],
  ['P2025', 'not-found'],
  ['22021', 'invalid'],
  ['22P05', 'invalid'],
  ['23514', 'invalid'],
  ['P2004', 'invalid'],
]);

const troubles = [
  { codes: /^(28\w{3}|P1000|P1010)$/, sentence: 'PostgreSQL refuses the user name or the password.' },
  { codes: /^(3D000|P1003)$/, sentence: 'PostgreSQL has no such database.' },
  { codes: /^(57P0[0-5]|P1017)$/, sentence: 'PostgreSQL is starting or stopping.' },
  { codes: /^53\w{3}$/, sentence: 'PostgreSQL has no room for this.' },
  {
    codes:
      /^(08\w{3}|P1001|P1002|P1008|P1011|P2024|P2037|E[A-Z]+|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TlsConnectionError)$/,
    sentence: 'PostgreSQL cannot be reached.',
  },
];

/** Errors of pg that carry no code. */
const lostConnection =
  /Can't reach database server|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|server conn crashed/i;

/** Before PostgreSQL 18 both sides of a reference failed with 23503. */
const stillReferred = /^update or delete on table/;

/** Prisma names the constraint of 23505 and 23503 alone. */
const checkOfTheDatabase = /violates check constraint "([^"]+)"/;

const rootOf = (error: unknown): Root => {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', message: String(error), constraint: undefined };
  const known = error instanceof Prisma.PrismaClientKnownRequestError ? fromAdapter(error) : undefined;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    code: known?.code ?? (typeof code === 'string' ? code : ''),
    message: error.message,
    constraint: known?.constraint ?? (typeof constraint === 'string' ? constraint : undefined),
  };
};

/** Prisma keeps what PostgreSQL said under `meta`. */
const fromAdapter = ({
  meta,
  code: prismaCode,
}: Prisma.PrismaClientKnownRequestError): { code: string; constraint: string | undefined } => {
  const said = (meta as { driverAdapterError?: { cause?: AdapterCause } } | undefined)?.driverAdapterError?.cause;
  const { constraint } = said ?? {};
  return {
    code: stillReferred.test(said?.originalMessage ?? '') ? '23001' : (said?.originalCode ?? said?.kind ?? prismaCode),
    constraint:
      constraint?.index ??
      constraint?.fields?.join(', ') ??
      constraint?.foreignKey ??
      checkOfTheDatabase.exec(said?.originalMessage ?? '')?.[1],
  };
};

/** As `MappedError` of @prisma/driver-adapter-utils tells it. */
interface AdapterCause {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly constraint?: { readonly index?: string; readonly fields?: readonly string[]; readonly foreignKey?: string };
}
