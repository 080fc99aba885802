import type { PhoneCall, UserAgent } from '@cordboard/sip-lab';
import { password } from '../../support/house-people.ts';
import { until } from '../../support/until.ts';
import { numbers } from './table-policy.ts';
import { type Goodbyes, momentOf, type Ringing, ringings } from './wire.ts';
import { extensions, type Part, type World } from './world.ts';

/** A call that somebody made. */
export interface Dialled {
  readonly part: Part;
  readonly callerNumber: string;
  readonly call: PhoneCall;
  /** When its INVITE left. */
  readonly at: number;
}

/** Two who are in conversation, or of whom one rings. */
export interface Seated {
  readonly dialled: Dialled;
  readonly desk: UserAgent;
  readonly atDesk: PhoneCall;
  readonly ringing: Ringing;
}

export const seatedParts = ['talking', 'held', 'consulting', 'ringing'] as const;
export type SeatedPart = (typeof seatedParts)[number];
export type Seats = Readonly<Record<SeatedPart, Seated>>;

/** Everybody in place. */
export interface Scene {
  readonly seats: Seats;
  readonly dialled: Readonly<Partial<Record<Part, Dialled>>>;
  /** The colleague's side of the consultation, and since when it is up. */
  readonly consulted: PhoneCall;
  readonly consultedSince: number;
}

export const dial = async ({ callers }: World, part: Part, number: string): Promise<Dialled> => {
  const caller = callers[part];
  const at = Date.now();
  return { part, callerNumber: caller.callerNumber, call: await caller.dial(number), at };
};

/**
 * Four call, and each of the four phones must ring.
 * @returns those whom a phone rang for; `slowestMs` from the last INVITE to the last phone
 */
export const seat = async (
  world: World,
  withinMs: number,
): Promise<{ readonly seats: Partial<Seats>; readonly slowestMs: number; readonly dialled: readonly Dialled[] }> => {
  const since = Date.now();
  const dialled = await Promise.all(seatedParts.map((part) => dial(world, part, numbers.line)));
  const dialledAt = Date.now();
  const found = (): readonly Ringing[] =>
    ringings(world.desks, since).filter(({ from }) => dialled.some(({ callerNumber }) => callerNumber === from));
  const isComplete = (): boolean => new Set(found().map(({ phone }) => phone)).size === world.desks.length;
  await until('all four phones', isComplete, { withinMs, everyMs: 20 }).catch(() => undefined);
  const rung = found();
  const seats: Partial<Record<SeatedPart, Seated>> = {};
  for (const one of dialled) {
    const ringing = rung.find(({ from }) => from === one.callerNumber);
    if (ringing !== undefined)
      seats[one.part as SeatedPart] = { dialled: one, desk: ringing.phone, atDesk: ringing.call, ringing };
  }
  return { seats, dialled, slowestMs: Math.max(0, ...rung.map(({ at }) => at - dialledAt)) };
};

/** From four phones that ring to the whole scene: who talks, is held, consults, waits, chooses, and leaves a message. */
export const setScene = async (world: World, seats: Seats, goodbyes: Goodbyes): Promise<Scene> => {
  const { talking, held, consulting } = seats;
  const others: Partial<Record<Part, Dialled>> = {};
  const take = async (part: Part, number: string): Promise<Dialled> => {
    const dialled = await dial(world, part, number);
    others[part] = dialled;
    await dialled.call.established({ withinMs: 10_000 });
    return dialled;
  };
  const beside = Promise.all([take('menu', numbers.menu), take('message', numbers.box)]);
  await Promise.all(
    [talking, held, consulting].map(async ({ atDesk, dialled }) => {
      await atDesk.answer();
      await Promise.all([atDesk.established({ withinMs: 8000 }), dialled.call.established({ withinMs: 8000 })]);
    }),
  );
  await held.atDesk.hold();
  const consulted = consult(world, consulting);
  await take('first', numbers.line);
  await take('second', numbers.line);
  const promised = await take('promised', numbers.line);
  await new Promise((resolve) => setTimeout(resolve, intoLineMs));
  goodbyes.to(promised.call);
  for (const key of '111') await promised.call.sendDigits(key);
  await promised.call.ended({ withinMs: 10_000 });
  await beside;
  const atColleague = await consulted;
  return {
    seats,
    dialled: { ...Object.fromEntries(Object.values(seats).map(({ dialled }) => [dialled.part, dialled])), ...others },
    consulted: atColleague,
    consultedSince: momentOf(world.colleague, atColleague, 'established') ?? Date.now(),
  };
};

/** From the answer to the line there is a step of the flow. */
const intoLineMs = 400;

/** The agent asks the colleague by a page; resolves when the two talk. */
const consult = async ({ house, colleague }: World, { dialled }: Seated): Promise<PhoneCall> => {
  const since = Date.now();
  const look = async (): Promise<string | undefined> => {
    const answer = await house.admin.send('GET', '/api/board');
    // Sessions are in Redis: they go with its data.
    if (answer.status === 401) await house.admin.signIn('admin', password);
    if (!answer.ok) return undefined;
    const { board } = (await answer.json()) as { board: { calls: { id: string; ani: string; place: string }[] } };
    return board.calls.find(({ ani, place }) => ani === dialled.callerNumber && place === 'talking')?.id;
  };
  const ask = async (): Promise<boolean> => {
    const call = await look();
    if (call === undefined) return false;
    // A board that is catching up may show calls that are long over.
    const answer = await house.admin.send('POST', `/api/calls/${call}/transfer`, {
      kind: 'attended',
      to: { extension: extensions.colleague },
    });
    return answer.ok;
  };
  await until('the consultation', () => ask().catch(whenNobodyIsThere), { withinMs: 15_000, everyMs: 100 });
  await colleague.events.first(({ type }) => type === 'established', {
    withinMs: 8000,
    since,
    what: 'the colleague was not reached',
  });
  const found = colleague.calls.findLast(({ direction }) => direction === 'incoming');
  if (found === undefined) throw new TypeError('a colleague without a call');
  return found;
};

/** fetch's word for it: the API is on its way back. */
const whenNobodyIsThere = (error: unknown): undefined => {
  if (!(error instanceof TypeError)) throw error;
  return undefined;
};
