import { PolicyDocument, toPolicy } from '@cordboard/contracts';
import type { Day, Happening, Policy, RecordedCall } from '@cordboard/core';
import { z } from 'zod';

/** A file that cannot be replayed. The message names file and line, and says what to do. */
export class DayUnreadable extends Error {
  override readonly name = 'DayUnreadable';
}

/** Another number: the lines mean something else, and an older program must not guess what. */
const format = 1;

/** The lines of a day's file, one happening or call each, in the order in which they began. */
export function* linesOf({ opening, happenings, calls, until }: Day): Generator<string> {
  yield JSON.stringify({ is: 'opening', format, until, ...opening });
  let next = 0;
  for (const call of calls) {
    for (; next < happenings.length; next += 1) {
      const happening = happenings[next];
      if (happening === undefined || happening.n > call.n) break;
      yield JSON.stringify(happening);
    }
    yield JSON.stringify({ is: 'call', ...call });
  }
  for (; next < happenings.length; next += 1) yield JSON.stringify(happenings[next]);
}

/** @throws DayUnreadable naming the line that is wrong */
export const dayOf = async (file: string, lines: AsyncIterable<string>): Promise<Day> => {
  let opening: z.output<typeof Opening> | undefined;
  const happenings: Happening[] = [];
  const calls: RecordedCall[] = [];
  let count = 0;
  for await (const text of lines) {
    count += 1;
    if (text === '') continue;
    const where = `${file}, line ${count}`;
    const line = parsed(text, where);
    if (opening === undefined) {
      if (line.is !== 'opening')
        throw new DayUnreadable(`${where}: the file must begin with the line "opening": export the day again.`);
      opening = line;
    } else if (line.is === 'opening')
      throw new DayUnreadable(`${where}: a second day begins here: keep one day in each file.`);
    else if (line.is === 'call') calls.push(line as unknown as RecordedCall);
    else happenings.push(line as unknown as Happening);
  }
  if (opening === undefined) throw new DayUnreadable(`${file} is empty: export the day again.`);
  const { is: _, format: __, until, ...rest } = opening;
  return { opening: rest as unknown as Day['opening'], happenings, calls, until: until as Day['until'] };
};

const parsed = (text: string, where: string): z.output<typeof Line> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DayUnreadable(`${where}: this is no JSON: export the day again, or correct the line.`, { cause: error });
  }
  const { data, error } = Line.safeParse(json);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const field = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new DayUnreadable(
    `${where}: the line is not as it should be${field} (${issue?.message ?? 'unknown'}): export the day again, or correct it.`,
    { cause: error },
  );
};

/** A policy in the file is read like one that is stored: a file of an older release gets what has been added since. */
const WholePolicy = z
  .looseObject({ version: z.number().int() })
  .transform(({ version, moveWaiting, ...rest }, context): Policy => {
    const { data, error } = PolicyDocument.safeParse(rest);
    if (error === undefined) return toPolicy(data, version, { moveWaiting: moveWaiting === true });
    context.addIssue(`its policy cannot be read: ${error.issues[0]?.message ?? ''}`);
    return z.NEVER;
  });

const moment = { at: z.number(), n: z.number() };
const Moment = z.looseObject(moment);
const name = z.string();

const Opening = z.looseObject({
  is: z.literal('opening'),
  format: z.literal(format),
  at: z.number(),
  until: z.number(),
  policy: WholePolicy,
  agents: z.array(z.looseObject({ id: name, extension: name, presence: z.looseObject({ is: name }) })),
  phones: z.array(name),
  switches: z.array(z.looseObject({ id: name, on: z.boolean() })),
  tickets: z.array(z.looseObject({ id: name, queue: name, number: name, state: z.looseObject({ is: name }) })),
});

const does = ['key', 'key-in', 'fail', 'listen', 'accept-callback', 'look-up-fails', 'http', 'message'] as const;
const decides = ['queued', 'placed', 'refused', 'offered', 'answered', 'promised', 'left'] as const;

const Call = z.looseObject({
  is: z.literal('call'),
  ...moment,
  id: name,
  from: z.enum(['trunk', 'phone']),
  source: name,
  ani: name,
  dnis: name,
  identified: Moment.optional(),
  visits: z.array(
    z.looseObject({
      flow: name,
      node: name,
      since: z.number(),
      acts: z.array(z.looseObject({ ...moment, do: z.enum(does) })),
    }),
  ),
  phones: z.array(
    z.looseObject({ ...moment, to: name, ended: z.looseObject({ ...moment, outcome: name }).optional() }),
  ),
  talks: z.array(z.looseObject({ ...moment, since: z.number(), endedBy: z.enum(['caller', 'agent']) })),
  left: z.looseObject({ ...moment, since: z.number(), from: z.enum(['arrival', 'queue', 'conversation']) }).optional(),
  knocks: z.array(Moment),
  decided: z.array(z.looseObject({ ...moment, is: z.enum(decides) })),
});

const Line = z.discriminatedUnion('is', [
  Opening,
  Call,
  z.looseObject({
    is: z.literal('asked'),
    ...moment,
    agent: name,
    request: z.looseObject({ to: z.enum(['sign-in', 'sign-out', 'pause', 'be-ready']) }),
  }),
  z.looseObject({ is: z.literal('phone'), ...moment, extension: name, reachable: z.boolean() }),
  z.looseObject({
    is: z.literal('member'),
    ...moment,
    queue: name,
    agent: name,
    placement: z.looseObject({ in: z.boolean() }).nullable(),
  }),
  z.looseObject({
    is: z.literal('caller-moved'),
    ...moment,
    call: name,
    request: z.looseObject({ to: name }),
    by: name,
  }),
  z.looseObject({ is: z.literal('switch'), ...moment, switch: name, on: z.boolean() }),
  z.looseObject({
    is: z.literal('people'),
    ...moment,
    people: z.looseObject({
      agents: z.array(z.looseObject({ id: name, extension: name })),
      phones: z.array(z.unknown()),
    }),
  }),
  z.looseObject({ is: z.literal('policy'), ...moment, policy: WholePolicy, moveWaiting: z.boolean() }),
  z.looseObject({ is: z.literal('knock'), ...moment, for: name }),
]);
