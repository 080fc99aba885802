import type { ControlRequest } from '@cordboard/contracts';
import { type AgentId, type Fact, instant, type QueueId } from '@cordboard/core';
import { serveControl } from '@cordboard/redis';
import { aDirectory, aFlow, aPolicy, aQueue, Floor, flows } from '@cordboard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../support/api.ts';
import { until } from '../support/until.ts';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
let admin: Person;
beforeAll(async () => {
  house = await openApiHouse();
  admin = house.administrator;
});
afterAll(() => house.close());

interface List<Item> {
  readonly items: readonly Item[];
  readonly next?: string | null;
}
const statusOf = async (method: string, path: string, body?: unknown): Promise<readonly [number, string]> => {
  const response = await admin.send(method, path, body);
  const text = await response.text();
  return [response.status, text === '' ? '' : ((JSON.parse(text) as { code?: string }).code ?? '')];
};

describe('phones', () => {
  test('a password is made for a new one, shown once, and made anew on request', async () => {
    const created = await admin.ask<{ password: string }>('POST', '/api/phones', { extension: '120', name: 'Desk 20' });
    expect(created.password).toHaveLength(20);
    const listed = JSON.stringify([await admin.ask('GET', '/api/phones'), await admin.ask('GET', '/api/phones/120')]);
    expect(listed).toContain('Desk 20');
    expect(listed).not.toContain(created.password);
    const renewed = await admin.ask<{ password: string }>('POST', '/api/phones/120/password');
    expect(renewed.password).not.toBe(created.password);
    expect(await statusOf('POST', '/api/phones', { extension: '120', name: 'Again' })).toEqual([409, 'already-there']);
    expect(await statusOf('DELETE', '/api/phones/120')).toEqual([204, '']);
    expect(await statusOf('GET', '/api/phones/120')).toEqual([404, 'not-found']);
    expect(await statusOf('POST', '/api/phones/120/password')).toEqual([404, 'not-found']);
  });

  test('one at which an agent sits cannot be removed', async () => {
    expect(await statusOf('DELETE', '/api/phones/101')).toEqual([409, 'in-use']);
  });
});

describe('agents', () => {
  test('are added at a phone, moved, and removed', async () => {
    await admin.ask('POST', '/api/phones', { extension: '130', name: 'Desk 30' });
    const dora = { id: 'dora', name: 'Dora', extension: '130' };
    expect(await admin.ask('POST', '/api/agents', dora)).toEqual({ ...dora, site: null, now: null, today: null });
    expect(await statusOf('POST', '/api/agents', { ...dora, id: 'dan' })).toEqual([409, 'already-there']);
    expect(await statusOf('POST', '/api/agents', { ...dora, id: 'dan', extension: '999' })).toEqual([
      422,
      'unknown-reference',
    ]);
    expect(await admin.ask('PUT', '/api/agents/dora', { name: 'Dora M.', extension: '110' })).toMatchObject({
      name: 'Dora M.',
      extension: '110',
    });
    const here = { name: 'Dora M.', extension: '110' };
    expect(await admin.ask('PUT', '/api/agents/dora', { ...here, site: ' Paris ' })).toMatchObject({ site: 'Paris' });
    expect(await admin.ask('PUT', '/api/agents/dora', here)).toMatchObject({ site: 'Paris' });
    for (const site of ['', ' ', 'x'.repeat(65)])
      expect(await statusOf('PUT', '/api/agents/dora', { ...here, site })).toEqual([422, 'invalid']);
    expect(await admin.ask('PUT', '/api/agents/dora', { ...here, site: null })).toMatchObject({ site: null });
    expect(await statusOf('DELETE', '/api/agents/dora')).toEqual([204, '']);
    expect(await statusOf('GET', '/api/agents/dora')).toEqual([404, 'no-such-agent']);
    expect(await statusOf('PUT', '/api/agents/dora', { name: 'D', extension: '110' })).toEqual([404, 'not-found']);
  });
});

describe('trunks', () => {
  test('a registration’s password goes in, never comes out, and is kept when it is left out', async () => {
    const trunk = {
      id: 'carrier',
      name: 'Carrier',
      addresses: ['192.0.2.1'],
      server: 'sip.example.net',
      registration: { username: 'us', password: 'secret-of-the-carrier' },
    };
    const said = [
      await admin.ask('POST', '/api/trunks', trunk),
      await admin.ask('GET', '/api/trunks'),
      await admin.ask('GET', '/api/trunks/carrier'),
      await admin.ask('PUT', '/api/trunks/carrier', {
        name: 'Carrier',
        addresses: [],
        server: 'sip.example.net',
        registration: { username: 'us-2' },
      }),
    ];
    expect(JSON.stringify(said)).not.toContain('secret-of-the-carrier');
    expect(said[3]).toEqual({
      id: 'carrier',
      name: 'Carrier',
      addresses: [],
      server: 'sip.example.net',
      registration: { username: 'us-2' },
      now: null,
    });
    expect((await house.database.trunks.byId('carrier'))?.registration).toEqual({
      username: 'us-2',
      password: 'secret-of-the-carrier',
    });
    await admin.ask('PUT', '/api/trunks/carrier', { name: 'Carrier', addresses: ['192.0.2.1'] });
    const without = { name: 'Carrier', addresses: [], registration: { username: 'us' } };
    expect(await statusOf('PUT', '/api/trunks/carrier', without)).toEqual([422, 'invalid']);
    expect(await statusOf('DELETE', '/api/trunks/carrier')).toEqual([204, '']);
  });
});

describe('customers', () => {
  test('are listed in pages, found by parts of name and number, replaced and removed', async () => {
    for (const name of ['Abel', 'Bea', 'Carl'])
      await house.supervisor.ask('POST', '/api/customers', { name, numbers: [`+336399800${name.charCodeAt(0)}`] });
    const names: string[] = [];
    let after: string | null | undefined = '';
    while (after !== null) {
      const path: string = `/api/customers?limit=2${after === '' ? '' : `&after=${after}`}`;
      const page: List<{ name: string }> = await house.supervisor.ask('GET', path);
      names.push(...page.items.map(({ name }) => name));
      after = page.next ?? null;
    }
    expect(names).toEqual(['Abel', 'Bea', 'Carl', 'Zoë Martin']);
    const found = await house.supervisor.ask<List<{ id: string; name: string }>>(
      'GET',
      '/api/customers?search=0639981234',
    );
    expect(found.items).toMatchObject([{ name: 'Zoë Martin', numbers: ['+33 6 39 98 12 34'] }]);
    const id = found.items[0]?.id;
    expect(await house.ana.ask('GET', `/api/customers/${id}`)).toMatchObject({ segment: 'vip' });
    const replaced = await admin.ask('PUT', `/api/customers/${id}`, { name: 'Zoë M.', numbers: ['0639981234'] });
    expect(replaced).toEqual({ id, name: 'Zoë M.', numbers: ['0639981234'] });
    expect(await statusOf('DELETE', `/api/customers/${id}`)).toEqual([204, '']);
    expect(await statusOf('GET', `/api/customers/${id}`)).toEqual([404, 'not-found']);
  });
});

describe('the policy', () => {
  const { version: _, ...document } = aPolicy();
  const toNowhere = { kind: 'queue', queue: 'nowhere' as QueueId, priority: 0 } as const;

  test('with faults is not published; each fault is named with its path', async () => {
    const broken = {
      ...document,
      flows: { ...document.flows, ...flows({ straight: aFlow('support', { support: toNowhere }) }) },
      queues: { ...document.queues, sales: aQueue({ members: ['ben', 'nobody-of-that-name'] as AgentId[] }) },
    };
    const response = await admin.send('POST', '/api/policy', { document: broken, note: '' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'policy-has-faults',
      errors: [
        { path: 'document.flows.straight.nodes.support.queue', message: expect.stringContaining('nowhere') },
        { path: 'document.queues.sales.members', message: expect.stringContaining('nobody-of-that-name') },
      ],
    });
    const shapeless = await admin.send('POST', '/api/policy', { document: { ...document, queues: { support: {} } } });
    expect(((await shapeless.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path)).toContain(
      'document.queues.support.name',
    );
  });

  test('is published under the next version, and rolled back by publishing an old one anew', async () => {
    const changed = { ...document, timeZone: 'Europe/London' };
    const published = await admin.ask<{ version: number }>('POST', '/api/policy', {
      document: changed,
      note: 'London',
    });
    expect(published).toMatchObject({ version: 2, publishedBy: 'admin', note: 'London' });
    expect(await house.supervisor.ask('GET', '/api/policy')).toMatchObject({ document: { timeZone: 'Europe/London' } });
    const rolledBack = await admin.ask('POST', '/api/policy/versions/1/publish');
    expect(rolledBack).toMatchObject({ version: 3, note: 'As version 1', document: { timeZone: 'Europe/Paris' } });
    const { items } = await admin.ask<List<{ version: number }>>('GET', '/api/policy/versions');
    expect(items.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(await admin.ask('GET', '/api/policy/versions/2')).toMatchObject({ note: 'London', document: changed });
    expect(await statusOf('GET', '/api/policy/versions/99')).toEqual([404, 'not-found']);
    expect(await statusOf('POST', '/api/policy/versions/99/publish')).toEqual([404, 'not-found']);
  });
});

describe('what is asked of call control', () => {
  test('is answered 503 while nobody is there', async () => {
    expect(await statusOf('PUT', '/api/agents/ana/state', { to: 'sign-in' })).toEqual([
      503,
      'call-control-unavailable',
    ]);
  });

  test('reaches it in the name of who asks, and its answer comes back', async () => {
    const asked: [ControlRequest['ask'], string][] = [];
    const stop = await serveControl(house.redis, (ask, by) => {
      asked.push([ask, by]);
      if (ask.type === 'hang-up') return { ok: false, code: 'no-such-call', detail: 'The call has ended.' };
      if (ask.type !== 'agent-state') return { ok: true };
      return ask.request.to === 'sign-out'
        ? { ok: false, code: 'not-signed-in', detail: 'Sign in first.' }
        : { ok: true };
    });
    try {
      expect((await house.ana.send('PUT', '/api/agents/ana/state', { to: 'sign-in' })).status).toBe(204);
      expect((await house.ana.send('PUT', '/api/agents/ben/state', { to: 'sign-in' })).status).toBe(403);
      expect(
        (await house.supervisor.send('PUT', '/api/agents/ben/state', { to: 'pause', reason: 'lunch' })).status,
      ).toBe(204);
      expect(await statusOf('PUT', '/api/agents/ana/state', { to: 'sign-out' })).toEqual([409, 'not-signed-in']);
      expect(await statusOf('POST', '/api/calls/c1/hang-up')).toEqual([404, 'no-such-call']);
      const member = '/api/queues/support/members/ana';
      expect((await house.supervisor.send('PUT', member, { is: 'in', penalty: 1 })).status).toBe(204);
      expect((await house.supervisor.send('POST', '/api/calls/c1/move', { to: 'priority', priority: 3 })).status).toBe(
        204,
      );
      expect((await house.ana.send('PUT', member, { is: 'out' })).status).toBe(403);
      expect((await house.ana.send('POST', '/api/calls/c1/move', { to: 'queue', queue: 'sales' })).status).toBe(403);
    } finally {
      await stop();
    }
    expect(asked).toEqual([
      [{ type: 'agent-state', agent: 'ana', request: { to: 'sign-in' } }, 'ana'],
      [{ type: 'agent-state', agent: 'ben', request: { to: 'pause', reason: 'lunch' } }, 'sue'],
      [{ type: 'agent-state', agent: 'ana', request: { to: 'sign-out' } }, 'admin'],
      [{ type: 'hang-up', call: 'c1' }, 'admin'],
      [{ type: 'place-member', queue: 'support', agent: 'ana', placement: { is: 'in', penalty: 1 } }, 'sue'],
      [{ type: 'move-caller', call: 'c1', move: { to: 'priority', priority: 3 } }, 'sue'],
    ]);
  });
});

describe('switches', () => {
  test('are those of the policy; turned by supervisors, and how they stand is told with who turned them', async () => {
    const { version: _, ...document } = aPolicy();
    const switches = { night: { name: 'Night service', digits: '1' } };
    await admin.ask('POST', '/api/policy', { document: { ...document, switches } });
    const listed = { id: 'night', name: 'Night service', on: false, turnedAt: null, turnedBy: null };
    expect(await house.supervisor.ask('GET', '/api/switches')).toEqual({ items: [listed] });
    const asked: [ControlRequest['ask'], string][] = [];
    const stop = await serveControl(house.redis, (ask, by) => {
      asked.push([ask, by]);
      return { ok: true };
    });
    try {
      expect((await house.supervisor.send('PUT', '/api/switches/night', { on: true })).status).toBe(204);
      expect((await house.ana.send('PUT', '/api/switches/night', { on: true })).status).toBe(403);
      expect(await statusOf('PUT', '/api/switches/lunch', { on: true })).toEqual([404, 'not-found']);
      expect(await statusOf('PUT', '/api/switches/night', { on: 'yes' })).toEqual([422, 'invalid']);
    } finally {
      await stop();
    }
    expect(asked).toEqual([[{ type: 'turn-switch', switch: 'night', on: true }, 'sue']]);
    const at = instant(1_764_000_000_000);
    await house.tell([{ type: 'SwitchTurned', at, switch: 'night', on: true, by: 'sue' }]);
    await until('the switch as it stands', async () => {
      const { items } = await house.supervisor.ask<List<object>>('GET', '/api/switches');
      return JSON.stringify(items) === JSON.stringify([{ ...listed, on: true, turnedAt: at, turnedBy: 'sue' }]);
    });
  });
});

describe('sites', () => {
  test('tell supervisors what the agents of each do and have answered today', async () => {
    const floor = new Floor(aPolicy(), {
      phones: aDirectory().phones,
      agents: aDirectory().agents.map((agent) => (agent.id === 'ana' ? { ...agent, site: 'Paris' } : agent)),
    });
    floor.now = instant(Date.now());
    floor.signIn('ana');
    floor.answers(floor.arrive('+33170000011'));
    await house.tell([...floor.facts, floor.exchange.recovered(floor.now)]);
    const none = { ready: 0, offered: 0, talking: 0, wrapUp: 0, paused: 0, signedOut: 0 };
    await until('the call that Paris has answered', async () => {
      const { items } = await house.supervisor.ask<List<{ site: string | null }>>('GET', '/api/sites');
      return items.find(({ site }) => site === 'Paris');
    });
    const { items } = await house.supervisor.ask<List<{ queues: readonly { queue: string }[] }>>('GET', '/api/sites');
    expect(items).toMatchObject([
      { site: 'Paris', agents: { ...none, talking: 1 } },
      { site: null, agents: { ...none, signedOut: 2 } },
    ]);
    expect(items.map(({ queues }) => queues.find(({ queue }) => queue === 'support'))).toMatchObject([
      { answeredToday: 1, answeredWithinToday: 1, members: { ...none, talking: 1 } },
      { answeredToday: 0, answeredWithinToday: 0, members: { ...none, signedOut: 2 } },
    ]);
    expect((await house.ana.send('GET', '/api/sites')).status).toBe(403);
  });
});

describe('callbacks', () => {
  test('are listed in the order of their places, and withdrawn by supervisors', async () => {
    const at = instant(1_764_000_000_000);
    const [first, second] = [1, 2].map((n) => ({
      id: `t${n}`,
      queue: 'support',
      number: `+3363998000${n}`,
      name: 'Zoë',
      openedAt: at,
      queuedAt: at,
      virtualArrival: at - n,
      priority: 0,
      missed: 1,
      state: n === 1 ? { is: 'resting', until: at + 5000 } : { is: 'waiting' },
    }));
    await house.tell([first, second].map((ticket) => ({ type: 'TicketChanged', at, ticket }) as unknown as Fact));
    await until('both', async () => {
      const { items } = await house.supervisor.ask<List<{ id: string }>>('GET', '/api/callbacks');
      return items.map(({ id }) => id).join() === 't2,t1';
    });
    const { items } = await house.supervisor.ask<List<object>>('GET', '/api/callbacks');
    expect(items[1]).toEqual({
      id: 't1',
      queue: 'support',
      number: '+33639980001',
      name: 'Zoë',
      openedAt: at,
      queuedAt: at,
      priority: 0,
      state: 'resting',
      until: at + 5000,
      because: null,
      missed: 1,
    });
    const asked: [ControlRequest['ask'], string][] = [];
    const stop = await serveControl(house.redis, (ask, by) => {
      asked.push([ask, by]);
      return { ok: true };
    });
    try {
      expect((await house.supervisor.send('DELETE', '/api/callbacks/t1')).status).toBe(204);
      expect((await house.ana.send('DELETE', '/api/callbacks/t1')).status).toBe(403);
    } finally {
      await stop();
    }
    expect(asked).toEqual([[{ type: 'withdraw-callback', callback: 't1' }, 'sue']]);
  });
});

test('the API describes itself', async () => {
  const response = await fetch(`${house.url}/api/openapi.json`);
  expect(await response.json()).toMatchObject({ openapi: '3.1.1', paths: { '/api/calls/{id}/why': { get: {} } } });
});
