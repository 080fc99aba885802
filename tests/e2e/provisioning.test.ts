import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RegistrationFailed } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** What an administrator enters is in force within this time, without anything being restarted. */
const inForce = { withinMs: 2000 };

/** Whether a phone can register with this password. */
const registers = async (extension: string, password: string): Promise<boolean> => {
  try {
    const phone = await house.phone(extension, { password });
    await phone.stop();
    return true;
  } catch (error) {
    if (error instanceof RegistrationFailed) return false;
    throw error;
  }
};

test('[S13] a renewed password is the phone’s within 2 s, and the old one is refused', async () => {
  const old = house.passwords.get('105') ?? '';
  expect(await registers('105', old)).toBe(true);
  const { password } = await house.admin.ask<{ password: string }>('POST', '/api/phones/105/password');
  await until('the new password is in force', () => registers('105', password), inForce);
  expect(await registers('105', old)).toBe(false);
  house.passwords.set('105', password);
});

test('[S13] a new phone registers within 2 s, rings, and is unknown again when it has been removed', async () => {
  const { password } = await house.admin.ask<{ password: string }>('POST', '/api/phones', {
    extension: '107',
    name: 'The new one',
  });
  house.passwords.set('107', password);
  await until('the new phone registers', () => registers('107', password), inForce);
  const [newcomer, ben] = [await house.phone('107'), await house.phone('102')];
  const dialled = await ben.dial('107');
  const ringing = await newcomer.nextIncoming({ withinMs: 3000 });
  expect(ringing.fromNumber).toBe('102');
  await dialled.hangUp();
  await ringing.ended({ withinMs: 3000 });
  await newcomer.stop();
  await house.admin.ask('DELETE', '/api/phones/107');
  await until('the phone is unknown', async () => !(await registers('107', password)), inForce);
  const refused = await ben.dial('107');
  expect((await refused.ended({ withinMs: 3000 })).detail).toContain('404');
});

test('[S6] a trunk’s calls come in within 2 s of its being entered, and are refused before and after', async () => {
  const host = '127.0.0.4';
  const reachesSupport = async (): Promise<boolean> => {
    const caller = await house.caller({ host });
    const dialled = await caller.dial(numbers.support);
    const event = await caller.events.first(({ type }) => type === 'established' || type === 'ended', {
      withinMs: 3000,
    });
    if (event.type === 'established') await dialled.hangUp();
    else expect(event.detail).toMatch(/40[13]/);
    return event.type === 'established';
  };
  expect(await reachesSupport()).toBe(false);
  await house.admin.ask('POST', '/api/trunks', { id: 'second', name: 'Another carrier', addresses: [host] });
  await until('its calls come in', reachesSupport, inForce);
  await house.admin.ask('DELETE', '/api/trunks/second');
  await until('its calls are refused', async () => !(await reachesSupport()), inForce);
});

test('[S13] an agent who changes desks is rung at the new one, and not at the old', async () => {
  const [old, next] = [await house.ready('101'), await house.phone('106')];
  await house.admin.ask('PUT', '/api/agents/ana', { name: 'ana', extension: '106' });
  await house.board.shows(
    'ana at 106',
    ({ agents }) => agents.get('ana')?.extension === '106' && agents.get('ana')?.reachable === true,
    inForce.withinMs,
  );
  const caller = await house.caller();
  await caller.dial(numbers.support);
  expect((await next.nextIncoming({ withinMs: 2000 })).fromNumber).toBe(caller.callerNumber);
  expect(old.calls).toHaveLength(0);
  await house.admin.ask('PUT', '/api/agents/ana', { name: 'ana', extension: '101' });
});

test('an Asterisk that has forgotten everything is told everything again', async () => {
  const { asterisk } = house;
  const phone = await house.ready('101');
  await asterisk.stop();
  await rm(join(asterisk.folder, 'lib', 'astdb.sqlite3'));
  await asterisk.restart();
  await until('Asterisk knows all again', async () => {
    const known = await house.truth.endpoints();
    return [...house.passwords.keys(), 'trunk-carrier']
      .filter((name) => name !== '107')
      .every((name) => known.includes(name));
  });
  await phone.unregister();
  await phone.register();
  await house.board.shows('ana reachable', ({ agents }) => agents.get('ana')?.reachable === true);
  const caller = await house.caller();
  await caller.dial(numbers.support);
  expect((await phone.nextIncoming({ withinMs: 3000 })).fromNumber).toBe(caller.callerNumber);
});
