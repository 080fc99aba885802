import { aFlow, aPolicy, aQueue, Floor, flows, type QueueChanges } from '@cordboard/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallId, NodeId, QueueId, TicketId } from '../ids.ts';
import { createBoardProjection } from '../metrics/projection.ts';
import type { Policy } from '../policy/policy.ts';
import { winnersOf } from '../routing/decision.ts';
import type { Ticket } from './ticket.ts';

const support = '+33170000011';

/** Support, in which 1 asks to be called back. */
const houseWith = (changes: QueueChanges = {}, policy: Partial<Policy> = {}): Floor => {
  const base = aPolicy();
  const to = (node: string): NodeId => node as NodeId;
  return new Floor({
    ...base,
    flows: {
      ...base.flows,
      ...flows({
        straight: aFlow('support', {
          support: { kind: 'queue', queue: 'support' as QueueId, priority: 0, keys: { '1': to('callback') } },
          callback: {
            kind: 'callback',
            queue: 'support' as QueueId,
            priority: 0,
            sounds: ['offer'],
            confirm: { before: ['we-call'], after: ['right'] },
            numberSounds: ['which-number'],
            waitMs: 5000,
            tries: 2,
            accepted: to('thanks'),
            declined: to('support'),
          },
          thanks: { kind: 'say', sounds: ['thanks'], next: to('end') },
          end: { kind: 'hangup' },
        }),
      }),
    },
    queues: {
      ['support' as QueueId]: aQueue({
        name: 'Support',
        wrapUpMs: 0,
        pauseAfterMissed: 0,
        announce: { everyMs: 0, position: false, wait: false },
        ...changes,
      }),
    },
    ...policy,
  });
};

/** A caller who waits, asks to be called back, and has hung up. */
const promised = (floor: Floor, ani = '+33612345678'): TicketId => {
  const call = floor.arrive(support, { ani });
  floor.presses(call, '1');
  floor.presses(call, '1');
  floor.presses(call, '1');
  floor.callerHangsUp(call);
  const ticket = [...floor.exchange.tickets.values()].find(({ number }) => number === ani);
  if (ticket === undefined) throw new Error('no callback was promised');
  return ticket.id;
};
const ticketOf = (floor: Floor, id: TicketId): Ticket | undefined => floor.exchange.tickets.get(id);
/** The call by which a promise is being kept. */
const attempt = (floor: Floor): CallId => {
  const call = [...floor.exchange.calls.values()].findLast(({ phase }) => phase === 'calling-back');
  if (call === undefined) throw new Error('nobody is being called back');
  return call.id;
};
const agentAnswers = (floor: Floor, call: CallId): void => {
  const state = floor.call(call);
  if (state.phase === 'calling-back') floor.happen(call, { type: 'LegAnswered', leg: state.leg });
};
const customer = (floor: Floor, call: CallId, does: 'answers' | 'no-answer' | 'busy' | 'unreachable'): void => {
  const { caller } = floor.call(call);
  if (does === 'answers') floor.happen(call, { type: 'LegAnswered', leg: caller });
  else floor.happen(call, { type: 'LegEnded', leg: caller, cause: does });
};
const tick = (floor: Floor, id: TicketId): void => {
  floor.handle({ type: 'TicketDeadlinePassed', at: floor.now, ticket: id });
};
const rungOutside = (floor: Floor): readonly string[] =>
  floor.commands.flatMap(({ command }) => (command.type === 'RingOutside' ? [command.number] : []));

describe('[F8] a promised callback', () => {
  test('keeps the place in line; agent first: the agent’s phone, then the customer’s, then both talk', () => {
    const floor = houseWith();
    const before = floor.after(1000).arrive(support, { ani: '+33600000001' });
    const ticket = promised(floor.after(1000));
    const after = floor.after(1000).arrive(support, { ani: '+33600000003' });
    expect(floor.exchange.waitingIn('support' as QueueId)).toEqual([before, ticket, after]);
    floor.signIn('ana');
    expect(floor.offeredTo(before)).toBe('ana');
    floor.answers(before);
    floor.callerHangsUp(before);
    const call = attempt(floor);
    expect(rungOutside(floor)).toEqual([]);
    expect(floor.commandsOf(call, 'RingPhone')).toMatchObject([{ extension: '101', callerNumber: '+33612345678' }]);
    agentAnswers(floor, call);
    expect(floor.commandsOf(call, 'RingOutside')).toMatchObject([
      { number: '+33612345678', trunk: 'demo', callerNumber: '+33170000011' },
    ]);
    customer(floor, call, 'answers');
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana', queue: 'support' });
    expect(floor.commandsOf(call, 'Connect')).toHaveLength(1);
    expect(floor.factsOf('TicketClosed')).toMatchObject([{ ticket, outcome: 'reached' }]);
    expect(floor.exchange.tickets.size).toBe(0);
    expect(floor.call(after).phase).toBe('queued');
    floor.callerHangsUp(call);
    expect(floor.offeredTo(after)).toBe('ana');
  });

  test('customer first: the customer’s phone, and then the agent’s; who answers waits no longer than they must', () => {
    const floor = houseWith({ callback: { order: 'customer-first' } });
    promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    expect(floor.agent('ana').engaged).toMatchObject({ as: 'offered', call });
    expect(floor.commandsOf(call, 'RingPhone')).toEqual([]);
    customer(floor, call, 'answers');
    expect(floor.offeredTo(call)).toBe('ana');
    expect(floor.exchange.tickets.size).toBe(0);
    floor.answers(call);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana' });
  });

  test('is made by one agent, the one idle longest, also where callers ring all; and the reason told says so', () => {
    const floor = houseWith({ strategy: 'ring-all' }).signIn('ben', 'ana');
    promised(floor);
    const call = attempt(floor);
    const offers = floor.factsOf('AgentOffered').filter((fact) => fact.call === call);
    expect(offers).toMatchObject([{ agent: 'ben', decision: { strategy: 'longest-idle' } }]);
    expect(offers.map(({ decision }) => winnersOf(decision))).toEqual([['ben']]);
    expect(floor.agent('ana').engaged).toBeUndefined();
  });

  test('an agent who lets it ring costs the customer nothing: the place is kept, and the next agent is tried', () => {
    const floor = houseWith();
    const ticket = promised(floor);
    floor.signIn('ana', 'ben');
    const first = attempt(floor);
    floor.timePasses(first, 15_000);
    const second = attempt(floor);
    expect(second).not.toBe(first);
    expect(rungOutside(floor)).toEqual([]);
    expect(ticketOf(floor, ticket)).toMatchObject({ missed: 0, state: { is: 'calling', call: second } });
  });

  test('an attempt that a restart has cut off keeps its turn; cut off once more, it rests for a while', () => {
    const floor = houseWith();
    const ticket = promised(floor);
    const next = floor.after(1000).arrive(support, { ani: '+33600000009' });
    floor.signIn('ana');
    const isCutOff = (call: CallId): void => {
      floor.happen(call, { type: 'LegEnded', leg: floor.legOf(call), cause: 'lost' });
    };
    isCutOff(attempt(floor));
    expect(ticketOf(floor, ticket)).toMatchObject({ state: { is: 'calling' }, made: 2 });
    isCutOff(attempt(floor));
    expect(ticketOf(floor, ticket)).toMatchObject({ missed: 0, state: { is: 'resting' } });
    expect(floor.offeredTo(next)).toBe('ana');
  });

  test('a customer who does not answer is rung again later, each time later, and then given up', () => {
    const floor = houseWith({ callback: { attempts: 3, backOffMs: 60_000 } }).signIn('ana');
    floor.ask('ana', { to: 'pause', reason: 'tea' });
    const ticket = promised(floor);
    floor.ask('ana', { to: 'be-ready' });
    for (const pause of [60_000, 120_000]) {
      const call = attempt(floor);
      agentAnswers(floor, call);
      customer(floor, call, 'no-answer');
      expect(ticketOf(floor, ticket)?.state).toEqual({ is: 'resting', until: floor.now + pause, because: 'no-answer' });
      expect(floor.agent('ana')).toMatchObject({ presence: { is: 'ready' }, missed: 0 });
      floor.after(pause);
      tick(floor, ticket);
    }
    agentAnswers(floor, attempt(floor));
    customer(floor, attempt(floor), 'busy');
    expect(floor.exchange.tickets.size).toBe(0);
    expect(floor.factsOf('TicketClosed')).toMatchObject([{ outcome: 'given-up' }]);
    expect(rungOutside(floor)).toHaveLength(3);
  });

  test('nobody is called back outside opening hours, but at the next opening', () => {
    // 2025-06-15 is a Sunday, 17:06 in Paris.
    const office = {
      timeZone: 'Europe/Paris',
      open: [{ days: [1], from: '09:00', to: '18:00' }],
      holidays: [],
      exceptions: [],
    };
    const floor = houseWith({ callback: { calendar: 'office' } }, { calendars: { office } });
    const ticket = promised(floor);
    floor.signIn('ana');
    const until = Date.UTC(2025, 5, 16, 7, 0);
    expect(ticketOf(floor, ticket)?.state).toEqual({ is: 'resting', until, because: 'closed' });
    floor.after(until - floor.now);
    tick(floor, ticket);
    expect(ticketOf(floor, ticket)?.state.is).toBe('calling');
  });

  test('a customer who rings again takes the place of the promise, and is not called back', () => {
    const floor = houseWith();
    promised(floor);
    floor.after(60_000).arrive(support, { ani: '+33600000009' });
    const again = floor.after(60_000).arrive(support, { ani: '0612345678' });
    expect(floor.exchange.waitingIn('support' as QueueId)[0]).toBe(again);
    expect(floor.exchange.tickets.size).toBe(0);
    expect(floor.factsOf('TicketClosed')).toMatchObject([{ outcome: 'rang-again' }]);
    floor.signIn('ana');
    expect(floor.offeredTo(again)).toBe('ana');
    expect(rungOutside(floor)).toEqual([]);
  });

  test('a promise that a supervisor withdraws is not kept, also while it is being tried; the board shows only what is left', () => {
    const floor = houseWith();
    const ticket = promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    agentAnswers(floor, call);
    const board = createBoardProjection();
    for (const fact of floor.facts) board.apply(fact);
    expect(board.callbacks().map(({ id }) => id)).toEqual([ticket]);
    floor.handle({ type: 'TicketWithdrawn', at: floor.now, ticket, by: 'sue' });
    expect(floor.exchange.calls.has(call)).toBe(false);
    expect(floor.exchange.tickets.size).toBe(0);
    expect(floor.factsOf('TicketClosed')).toMatchObject([{ ticket, outcome: 'withdrawn', by: 'sue' }]);
    for (const fact of floor.facts) board.apply(fact);
    expect(board.callbacks()).toEqual([]);
    expect(floor.handle({ type: 'TicketWithdrawn', at: floor.now, ticket, by: 'sue' }).refusal).toBe(
      'no-such-callback',
    );
  });

  test('who rings in the very moment in which we ring them is not rung any more', () => {
    const floor = houseWith();
    promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    agentAnswers(floor, call);
    const again = floor.arrive(support);
    expect(floor.exchange.calls.has(call)).toBe(false);
    expect(floor.commandsOf(call, 'HangUp')).toHaveLength(2);
    expect(floor.offeredTo(again)).toBe('ana');
  });

  test('a promise given twice is one promise', () => {
    const floor = houseWith();
    promised(floor);
    const call = floor.arrive(support);
    floor.presses(call, '1');
    floor.presses(call, '1');
    floor.presses(call, '1');
    floor.callerHangsUp(call);
    expect(floor.exchange.tickets.size).toBe(1);
  });

  test('the next outside line is tried when the first does not take the call', () => {
    const floor = houseWith({ callback: { trunks: ['first', 'second'] } });
    promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    agentAnswers(floor, call);
    floor.happen(call, { type: 'CommandFailed', command: 'RingOutside', leg: floor.call(call).caller });
    expect(floor.commandsOf(call, 'RingOutside').map(({ trunk }) => trunk)).toEqual(['first', 'second']);
    customer(floor, call, 'answers');
    expect(floor.call(call).phase).toBe('talking');
  });

  test('a call that no outside line takes is no attempt on the customer: it is made again soon, and the reason told', () => {
    const floor = houseWith({ callback: { attempts: 1, trunks: ['first', 'second'] } });
    const ticket = promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    agentAnswers(floor, call);
    // The first has no channel left, the second cannot be reached.
    floor.happen(call, { type: 'LegEnded', leg: floor.call(call).caller, cause: 'refused', status: 503 });
    customer(floor, call, 'unreachable');
    expect(ticketOf(floor, ticket)).toMatchObject({
      missed: 0,
      state: { is: 'resting', until: floor.now + 30_000, because: 'no-line-out' },
    });
    expect(floor.factsOf('NumberUnanswered')).toMatchObject([
      { trunk: 'first', because: 'answered 503' },
      { trunk: 'second', because: 'cannot be reached' },
    ]);
    expect(floor.factsOf('CallbackMissed')).toMatchObject([{ ticket, because: 'no-line-out' }]);
    expect(floor.agent('ana')).toMatchObject({ presence: { is: 'ready' }, missed: 0 });
    tick(floor.after(30_000), ticket);
    agentAnswers(floor, attempt(floor));
    customer(floor, attempt(floor), 'answers');
    expect(floor.factsOf('TicketClosed')).toMatchObject([{ ticket, outcome: 'reached' }]);
  });

  test('the customer’s own number says no: that is an attempt, and no other line is tried', () => {
    const floor = houseWith({ callback: { attempts: 2, trunks: ['first', 'second'] } });
    const ticket = promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    agentAnswers(floor, call);
    floor.happen(call, { type: 'LegEnded', leg: floor.call(call).caller, cause: 'unreachable', status: 404 });
    expect(ticketOf(floor, ticket)).toMatchObject({ missed: 1, state: { because: 'no-answer' } });
    expect(floor.commandsOf(call, 'RingOutside').map(({ trunk }) => trunk)).toEqual(['first']);
  });

  test('while every outside line is known to be down no agent’s phone rings for a callback; it is made when one is back', () => {
    const floor = houseWith();
    const ticket = promised(floor);
    const report = (reachable: boolean): void => {
      floor.handle({ type: 'TrunkReported', at: floor.now, trunk: 'demo', report: { of: 'contact', reachable } });
    };
    report(false);
    floor.signIn('ana');
    expect(floor.agent('ana').engaged).toBeUndefined();
    const told = floor.factsOf('TicketChanged').at(-1)?.ticket;
    expect(told).toMatchObject({ made: 0, missed: 0, state: { is: 'resting', because: 'no-line-out' } });
    report(true);
    tick(floor.after(30_000), ticket);
    expect(floor.agent('ana').engaged).toMatchObject({ call: attempt(floor) });
  });

  test('callers and callbacks are served in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 25 }), (callsBack) => {
        const floor = houseWith();
        const waiting = callsBack.map((isTicket, n) => {
          const ani = `+336000${String(n).padStart(5, '0')}`;
          floor.after(1000);
          if (isTicket) promised(floor, ani);
          else floor.arrive(support, { ani });
          return ani;
        });
        floor.signIn('ana');
        for (let served = 0; served < waiting.length; served += 1) {
          const next = [...floor.exchange.calls.values()].find(
            ({ phase }) => phase === 'offered' || phase === 'calling-back',
          );
          if (next === undefined) throw new Error('nobody is served');
          if (next.phase === 'calling-back') {
            agentAnswers(floor, next.id);
            customer(floor, next.id, 'answers');
          } else floor.answers(next.id);
          floor.after(1000).callerHangsUp(next.id);
        }
        const order = floor.factsOf('CallAnswered').map(({ call }) => {
          const arrived = floor.factsOf('CallArrived').find((fact) => fact.call === call);
          return arrived?.ani;
        });
        expect(order).toEqual(waiting);
        expect(floor.exchange.tickets.size + floor.exchange.calls.size).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('a process that dies at any moment and starts again rings nobody twice and forgets nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('agent', 'customer', 'busy', 'rest', 'die'), { maxLength: 25 }), (steps) => {
        const floor = houseWith({ callback: { attempts: 2, backOffMs: 1000 } });
        const tickets = [promised(floor, '+33600000001'), promised(floor, '+33600000002')];
        floor.signIn('ana');
        for (const what of steps) {
          floor.after(500);
          const call = [...floor.exchange.calls.values()].find(({ phase }) => phase === 'calling-back')?.id;
          if (what === 'die') floor.restart();
          else if (what === 'rest') for (const id of tickets) tick(floor, id);
          else if (call === undefined) {
            for (const each of [...floor.exchange.calls.keys()]) floor.callerHangsUp(each);
          } else if (what === 'agent') agentAnswers(floor, call);
          else if (what === 'customer') customer(floor, call, 'answers');
          else customer(floor, call, 'busy');
          const live = [...floor.exchange.tickets.values()];
          const closed = floor.factsOf('TicketClosed').map(({ ticket }) => ticket);
          for (const id of tickets)
            expect(live.filter((ticket) => ticket.id === id).length + closed.filter((each) => each === id).length).toBe(
              1,
            );
          for (const { state } of live)
            if (state.is === 'calling') expect(floor.exchange.calls.get(state.call)?.phase).toBe('calling-back');
        }
        // No leg is asked for twice, and nobody is rung more often than the rules allow.
        const legs = floor.commands.flatMap(({ command }) => (command.type === 'RingOutside' ? [command.leg] : []));
        expect(new Set(legs).size).toBe(legs.length);
        for (const number of ['+33600000001', '+33600000002'])
          expect(rungOutside(floor).filter((each) => each === number).length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 150 },
    );
  });

  test('is no abandon: the day counts it apart', () => {
    const floor = houseWith();
    promised(floor);
    floor.signIn('ana');
    const call = attempt(floor);
    agentAnswers(floor, call);
    customer(floor, call, 'answers');
    floor.callerHangsUp(call);
    const { board } = floor;
    expect(board.queue('support' as QueueId, floor.now)?.today).toMatchObject({
      offered: 1,
      overflowed: 1,
      abandoned: 0,
      callbacks: 1,
      calledBack: 1,
      abandonRate: 0,
    });
    expect(floor.agent('ana').engaged).toBeUndefined();
  });
});
