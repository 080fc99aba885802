import type { BoardDelta, Card, ClientEvents, ServerEvents } from '@cordboard/contracts';
import { instant } from '@cordboard/core';
import { Floor } from '@cordboard/testkit';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Person } from '../support/api.ts';
import { BoardWatch } from '../support/board-watch.ts';
import { until } from '../support/until.ts';
import { type ApiHouse, openApiHouse, password } from './api-house.ts';

type Page = Socket<ServerEvents, ClientEvents>;

let house: ApiHouse;
let floor: Floor;
let told = 0;
const open: { close(): void }[] = [];

beforeAll(async () => {
  house = await openApiHouse();
  floor = new Floor();
  floor.now = instant(Date.now());
});
afterEach(() => {
  for (const page of open.splice(0)) page.close();
});
afterAll(() => house.close());

/** What has happened on the floor since the last time goes into the stream. */
const tell = async (): Promise<void> => {
  const facts = floor.facts.slice(told);
  told = floor.facts.length;
  await house.tell(facts);
};

const watch = async (person: Person): Promise<BoardWatch> => {
  const board = await BoardWatch.open(person);
  open.push(board);
  return board;
};

const pageOf = (cookie: string, origin = house.url): Page => {
  const page: Page = io(house.url, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin },
    forceNew: true,
    reconnection: false,
  });
  open.push(page);
  return page;
};

const next = <Name extends keyof ServerEvents>(page: Page, name: Name): Promise<Parameters<ServerEvents[Name]>[0]> =>
  new Promise((resolve) => {
    (page as Socket).once(name as string, resolve);
  });

/** Everyone free again, nobody waiting. */
const clear = async (): Promise<void> => {
  for (const id of floor.exchange.calls.keys()) floor.callerHangsUp(id);
  for (const agent of ['ana', 'ben', 'chloe']) {
    floor.ask(agent, { to: 'be-ready' });
    floor.ask(agent, { to: 'sign-out' });
  }
  await tell();
};

describe('the board', () => {
  afterEach(clear);

  test('is a snapshot, then deltas whose numbers rise by one; together they are the board', async () => {
    await tell();
    const board = await watch(house.supervisor);
    for (let calls = 0; calls < 20; calls += 1) {
      floor.after(50).arrive('+33170000011', { ani: `+3361234${String(calls).padStart(4, '0')}` });
      await tell();
    }
    floor.signIn('ana', 'ben');
    await tell();
    await board.shows('twenty calls, two ringing', ({ calls, queues }) => {
      const ringing = [...calls.values()].filter(({ place }) => place === 'ringing');
      return calls.size === 20 && ringing.length === 2 && queues.get('support')?.waiting === 20;
    });
    for (const id of [...floor.exchange.calls.keys()].slice(0, 10)) floor.callerHangsUp(id);
    await tell();
    await board.shows('ten calls fewer', ({ calls }) => calls.size === 10);
    const [first = 0] = board.sequence;
    expect(board.sequence).toEqual(board.sequence.map((_, index) => first + index));
    const { board: now } = await house.supervisor.ask<{ board: { calls: { id: string }[] } }>('GET', '/api/board');
    expect(now.calls.map(({ id }) => id).toSorted()).toEqual([...board.calls.keys()].toSorted());
  });

  test('is told within 100 ms of the fact', async () => {
    const board = await watch(house.supervisor);
    const began = performance.now();
    const call = floor.arrive('+33170000011');
    await tell();
    await board.shows('the call', ({ calls }) => calls.has(call));
    expect(performance.now() - began).toBeLessThan(100);
  });

  test('[S21] a VIP who comes into line is told to supervisors within 500 ms, and not to agents', async () => {
    const [page, agents] = [pageOf(house.supervisor.cookie), pageOf(house.ana.cookie)];
    await Promise.all([page, agents].map((each) => next(each, 'connect' as never)));
    const heard: unknown[] = [];
    agents.on('supervisor:alert', (alert) => heard.push(alert));
    await until('both are in their rooms', async () => {
      await Promise.all([page, agents].map((each) => each.emitWithAck('board:watch')));
      return true;
    });
    const call = floor.arrive('+33170000011');
    floor.happen(call, { type: 'CallerIdentified', customer: { id: '7', name: 'Jeanne', segment: 'vip' }, tookMs: 5 });
    const alerted = next(page, 'supervisor:alert');
    const began = performance.now();
    await tell();
    expect(await alerted).toMatchObject({
      queueName: 'Support',
      alert: { is: 'segment-queued', call, segment: 'vip', queue: 'support' },
    });
    expect(performance.now() - began).toBeLessThan(500);
    await agents.emitWithAck('board:watch');
    expect(heard).toEqual([]);
  });

  test('a page that has missed something asks, and goes on from a snapshot', async () => {
    const page = pageOf(house.supervisor.cookie);
    await next(page, 'connect' as never);
    await page.emitWithAck('board:watch');
    floor.arrive('+33170000011');
    const delta = next(page, 'board:delta');
    await tell();
    const { epoch, seq } = (await delta) as BoardDelta;
    const snapshot = await page.emitWithAck('board:resync');
    expect(snapshot).toMatchObject({ epoch, seq });
    expect(snapshot.board.calls).toHaveLength(1);
  });

  test('a new policy comes as a whole, for a queue that is no more cannot be told in a delta', async () => {
    const page = pageOf(house.supervisor.cookie);
    await next(page, 'connect' as never);
    const { seq } = await page.emitWithAck('board:watch');
    const renewed = next(page, 'board:snapshot');
    await house.tell([{ type: 'PolicyTaken', at: floor.now, version: 9, timeZone: 'UTC', queues: [] }]);
    expect(await renewed).toMatchObject({ seq: seq + 1, board: { queues: [], policyVersion: 9 } });
    await house.tell(floor.factsOf('PolicyTaken'));
    await until('the queues again', async () => {
      const { board } = await page.emitWithAck('board:resync');
      return board.queues.length === 2;
    });
  });

  test('sends a sign of life each second, and says whether call control lives', async () => {
    const page = pageOf(house.supervisor.cookie);
    await next(page, 'connect' as never);
    await page.emitWithAck('board:watch');
    const pulse = await next(page, 'board:pulse');
    expect(pulse.callControl).toBe(false);
    expect(Math.abs(pulse.at - Date.now())).toBeLessThan(500);
    const beats = setInterval(() => void house.beat(), 300);
    await until('call control heard of', async () => (await next(page, 'board:pulse')).callControl);
    clearInterval(beats);
    await until('call control gone', async () => !(await next(page, 'board:pulse')).callControl, { withinMs: 6000 });
  });

  test('an agent sees the queues, and of calls and people only their own', async () => {
    const board = await watch(house.ana);
    floor.signIn('ben');
    const bens = floor.arrive('+33170000011', { ani: '+33611111111' });
    floor.signIn('ana');
    const hers = floor.arrive('+33170000011', { ani: '+33622222222' });
    floor.arrive('+33170000011', { ani: '+33633333333' });
    await tell();
    await board.shows('her call', ({ calls }) => calls.has(hers));
    await board.shows('three waiting', ({ queues }) => queues.get('support')?.waiting === 3);
    expect([...board.calls.keys()]).toEqual([hers]);
    expect([...board.agents.keys()]).toEqual(['ana']);
    const seen = JSON.stringify([
      await house.ana.ask('GET', '/api/board'),
      await house.ana.ask('GET', '/api/calls/live'),
      await house.ana.ask('GET', '/api/agents'),
    ]);
    for (const number of ['+33611111111', '+33633333333', '"ben"']) expect(seen).not.toContain(number);
    expect((await house.ana.send('GET', `/api/calls/${bens}`)).status).toBe(404);
    expect((await house.ana.send('GET', `/api/calls/${bens}/why`)).status).toBe(404);
    expect((await house.ana.send('POST', `/api/calls/${bens}/hang-up`)).status).toBe(404);
    expect((await house.ana.send('GET', `/api/calls/${hers}/why`)).status).toBe(200);
  });
});

describe('a card', () => {
  afterEach(clear);

  test('[S40] opens on the agent’s page from the fact alone, then history comes, then who it is', async () => {
    const page = pageOf(house.ana.cookie);
    await next(page, 'connect' as never);
    const cards: [string, Card][] = [];
    page.on('card:open', (card) => cards.push(['open', card]));
    page.on('card:update', (card) => cards.push(['update', card]));
    floor.signIn('ana');
    const call = floor.arrive('+33170000011', { ani: '+33639981234' });
    await tell();
    await until('history', () => cards.some(([, { history }]) => history !== null));
    expect(cards[0]).toMatchObject(['open', { call, identified: false, history: null, ani: '+33639981234' }]);
    floor.after(700).happen(call, { type: 'CallerIdentified', customer: { id: 'k', name: 'Zoë Martin' }, tookMs: 700 });
    await tell();
    await until('the customer', () => cards.at(-1)?.[1].customer !== null);
    expect(cards.at(-1)).toMatchObject([
      'update',
      { customer: { name: 'Zoë Martin' }, identified: true, lateByMs: 700, history: [] },
    ]);
  });

  test('is taken away when the call goes to another agent, and is there at once on a page opened late', async () => {
    const page = pageOf(house.ana.cookie);
    await next(page, 'connect' as never);
    floor.signIn('ana', 'ben');
    const call = floor.arrive('+33170000011');
    const opened = next(page, 'card:open');
    await tell();
    expect((await opened).call).toBe(call);
    const withdrawn = next(page, 'card:withdraw');
    floor.after(2000).legEnds(call, 'refused');
    await tell();
    expect(await withdrawn).toEqual({ call, because: 'refused' });
    floor.after(100).answers(call);
    floor.after(100).ask('ana', { to: 'be-ready' });
    const second = floor.after(100).arrive('+33170000011');
    floor.answers(second);
    await tell();
    const late = pageOf(house.ana.cookie);
    expect((await next(late, 'card:open')).call).toBe(second);
  });

  test('its lead over the phone’s ringing is measured', async () => {
    const page = pageOf(house.ana.cookie);
    await next(page, 'connect' as never);
    floor.signIn('ana');
    const call = floor.arrive('+33170000011');
    const opened = next(page, 'card:open');
    await tell();
    await opened;
    page.emit('card:shown', { call, shownAt: floor.now + 30 });
    page.emit('card:shown', { call: 5, shownAt: 'never' } as never);
    floor.after(80).happen(call, { type: 'LegRinging', leg: floor.legOf(call) });
    await tell();
    await until('the measurement', async () => {
      const metrics = await (await fetch(`${house.url}/metrics`)).text();
      return /cordboard_card_lead_seconds_sum\{process="api"\} 0\.05/.test(metrics);
    });
  });

  test('and one’s own state come only to one’s own pages', async () => {
    const hers = pageOf(house.ana.cookie);
    const supervisors = pageOf(house.supervisor.cookie);
    await Promise.all([next(hers, 'connect' as never), next(supervisors, 'connect' as never)]);
    const strangers: string[] = [];
    for (const name of ['card:open', 'agent:me', 'board:delta'] as const)
      supervisors.on(name, () => strangers.push(name));
    const me = next(hers, 'agent:me');
    floor.signIn('ana');
    floor.arrive('+33170000011');
    await tell();
    expect(await me).toMatchObject({ id: 'ana' });
    await supervisors.emitWithAck('board:resync');
    expect(strangers).toEqual([]);
  });
});

describe('a socket', () => {
  const refusal = async (page: Page): Promise<string> => {
    const error = (await next(page, 'connect_error' as never)) as Error & { data?: { code: string } };
    return error.data?.code ?? 'refused';
  };

  test('is not opened without a session, nor with a wrong one, nor from another site', async () => {
    expect(await refusal(pageOf(''))).toBe('authentication-required');
    expect(await refusal(pageOf('cordboard.sid=guess'))).toBe('authentication-required');
    expect(await refusal(pageOf(house.supervisor.cookie, 'https://evil.example'))).toBe('refused');
  });

  test('is cut within 5 s when its session ends', async () => {
    const person = await new Person(house.url).signIn('sue', password);
    const page = pageOf(person.cookie);
    await next(page, 'connect' as never);
    const cut = next(page, 'disconnect' as never);
    const began = performance.now();
    await person.ask('DELETE', '/api/session');
    await cut;
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('is cut within 5 s when the role of its user changes', async () => {
    const fields = { username: 'vera', name: 'Vera', role: 'supervisor' };
    const { id } = await house.administrator.ask<{ id: string }>('POST', '/api/users', { ...fields, password });
    const vera = await new Person(house.url).signIn('vera', password);
    const page = pageOf(vera.cookie);
    await next(page, 'connect' as never);
    const cut = next(page, 'disconnect' as never);
    const began = performance.now();
    await house.administrator.ask('PUT', `/api/users/${id}`, { ...fields, role: 'agent' });
    await cut;
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test.each([
    ['too large a message', (page: Page) => page.emit('card:shown', { call: 'x'.repeat(20_000), shownAt: 0 } as never)],
    [
      'a flood of messages',
      (page: Page) => {
        for (let count = 0; count < 100; count += 1) page.emit('card:shown', { call: '' as never, shownAt: 0 });
      },
    ],
  ])('is cut by %s', async (_, misbehave) => {
    const page = pageOf(house.ana.cookie);
    await next(page, 'connect' as never);
    const cut = next(page, 'disconnect' as never);
    misbehave(page);
    await cut;
  });

  test('that talks nonsense harms nobody', async () => {
    const page = pageOf(house.ana.cookie) as Socket;
    await next(page as Page, 'connect' as never);
    page.emit('board:watch', { not: 'a function' });
    page.emit('board:watch');
    page.emit('card:shown');
    page.emit('no-such-event', 1, 2, 3);
    const snapshot = await page.emitWithAck('board:watch');
    expect(snapshot).toMatchObject({ board: {} });
  });
});

test('a second API process shows the same board and the same cards', async () => {
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  await tell();
  const other = await house.another();
  try {
    const ana = await new Person(other.url).signIn('ana', password);
    const { board } = await ana.ask<{ board: { calls: { id: string }[] } }>('GET', '/api/board');
    expect(board.calls).toMatchObject([{ id: call }]);
    const page: Page = io(other.url, {
      transports: ['websocket'],
      extraHeaders: { cookie: ana.cookie, origin: other.url },
      forceNew: true,
    });
    open.push(page);
    expect((await next(page, 'card:open')).call).toBe(call);
  } finally {
    await other.close();
  }
});
