import { type Alert, type CallId, type ChannelId, type Fact, instant } from '@cordboard/core';
import { aDirectory } from '@cordboard/testkit';
import type { Page, WebSocketRoute } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Person } from '../support/api.ts';
import { type AtWindows, atWindows } from '../support/at-windows.ts';
import { accessibilityFaults, comeIn, type WindowOptions } from '../support/browser.ts';
import { until } from '../support/until.ts';
import type { WebHouse } from '../support/web-house.ts';

let house: WebHouse;
let sylvie: Person;
let open: AtWindows['open'];
atWindows(async (opened) => {
  ({ house, open } = opened);
  sylvie = await opened.reader({ username: 'sylvie', name: 'Sylvie', role: 'supervisor' });
  for (const [id, name] of [
    ['carrier', 'The carrier'],
    ['spare', 'The spare one'],
  ] as const)
    await house.api.database.trunks.create({ id, name, addresses: ['127.0.0.2'] });
});

const support = '+33170000011';

/** The board of Sue, or of Sylvie, who reads French. */
const openBoard = async (options?: WindowOptions, prepare?: (page: Page) => Promise<void>) => {
  const window = await open(options);
  await prepare?.(window.page);
  await comeIn(window.page, `${house.api.url}/board`, options?.language === 'fr' ? sylvie : house.api.supervisor);
  await window.page.locator('.trunk-row').first().waitFor();
  return window;
};
const line = (page: Page, name: string) => page.locator('.trunk-row', { hasText: name });
const agentRow = (page: Page, name: string) => page.locator('.agent-row', { hasText: name });
const hears = (
  trunk: string,
  report: Extract<Parameters<WebHouse['floor']['handle']>[0], { type: 'TrunkReported' }>['report'],
) => house.tell((floor) => void floor.handle({ type: 'TrunkReported', at: floor.now, trunk, report }));
const drift = (changes: object = {}): Fact => ({
  type: 'DriftHealed',
  at: instant(Date.now()),
  afterOutage: false,
  count: 1,
  drifts: [{ is: 'event-missed', call: 'c1-1' as never, what: 'LegEnded' }],
  ...changes,
});

describe('a conversation on the board', () => {
  test('in which the caller waits is marked as such, with how long, at the call and at the agent', async () => {
    const { page } = await openBoard();
    await house.tell((floor) => {
      floor.signIn('ana');
      const call = floor.arrive(support, { ani: '+33639980142' });
      floor.answers(call);
      floor.handle({ type: 'HoldAsked', at: floor.now, call, on: true });
    });
    await page
      .locator('.call-row')
      .getByText(/^On hold \d+:\d\d$/)
      .waitFor();
    await agentRow(page, 'ana')
      .getByText(/^On hold/)
      .waitFor();
    await house.tell((floor) => {
      for (const call of floor.exchange.calls.keys())
        floor.handle({ type: 'HoldAsked', at: floor.now, call, on: false });
    });
    await page
      .locator('.call-row')
      .getByText(/^On hold/)
      .waitFor({ state: 'detached' });
  });

  test('about which a colleague is asked tells whom, at all three of them', async () => {
    const { page } = await openBoard();
    await house.tell((floor) => {
      floor.signIn('ana', 'ben');
      const call = floor.arrive(support, { ani: '+33639980142' });
      floor.answers(call);
      const request = { is: 'begin', kind: 'attended', to: { extension: '102' as never } } as const;
      floor.handle({ type: 'TransferAsked', at: floor.now, call, request, agent: null });
    });
    await page.locator('.call-row').getByText('calling ben').waitFor();
    await house.tell((floor) => {
      for (const call of floor.exchange.calls.keys())
        floor.happen(call, { type: 'LegAnswered', leg: floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId });
    });
    await page.locator('.call-row').getByText('asking ben').waitFor();
    await agentRow(page, 'ana').getByText('asking ben').waitFor();
    await agentRow(page, 'ben').getByText('asked by ana').waitFor();
  });
});

describe('callers who are turned away', () => {
  const alerted = (alert: Alert): Fact => ({ type: 'SupervisorAlerted', at: instant(Date.now()), alert });
  const because = '200 calls, limit 200';
  const turnedAway = (call: string): Fact => ({
    type: 'CallTurnedAway',
    at: instant(Date.now()),
    call: call as CallId,
    n: 2,
    treatment: 'busy',
    because,
  });

  test('are told of in words, why and how many, and when it is over, in the reader’s language', async () => {
    const { page, faults } = await openBoard();
    const { page: french } = await openBoard({ language: 'fr' });
    await house.api.tell([turnedAway('c1-1'), alerted({ is: 'admission-limited', because })]);
    await page.getByText(/^Since .+, new callers are turned away: 200 calls, limit 200\.$/).waitFor();
    await page.getByText('1 caller so far. Calls in progress go on.').waitFor();
    await french.getByText(/^Depuis .+, les nouveaux appels sont refusés\s: 200 appels, limite 200\.$/).waitFor();
    await french.getByText('1 appel refusé jusqu’ici. Les appels en cours continuent.').waitFor();
    await house.api.tell([turnedAway('c1-2')]);
    await page.getByText('2 callers so far. Calls in progress go on.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await house.api.tell([alerted({ is: 'admission-open', turnedAway: 2, forMs: 60_000 })]);
    await page.locator('.admission').waitFor({ state: 'detached' });
    await page.getByText('New callers are taken again.').waitFor({ state: 'attached' });
    expect(faults).toEqual([]);
  });
});

describe('the trunks', () => {
  test('tell how each stands as it changes: online, rejected, unreachable and since when', async () => {
    const { page, faults } = await openBoard();
    await hears('carrier', { of: 'contact', reachable: true, roundTripMs: 12 });
    await line(page, 'The carrier').getByText('Online').waitFor();
    await line(page, 'The carrier').getByText('12 ms').waitFor();
    await hears('carrier', { of: 'registration', is: 'rejected', status: 403 });
    await line(page, 'The carrier').getByText('Rejected (403)').waitFor();
    await hears('spare', { of: 'contact', reachable: false });
    await line(page, 'The spare one').getByText('Unreachable').waitFor();
    await line(page, 'The spare one')
      .getByText(/^since /)
      .waitFor();
    await line(page, 'The spare one').locator('.row-time time').waitFor();
    await hears('carrier', { of: 'registration', is: 'registered' });
    await line(page, 'The carrier').getByText('Online, registered').waitFor();
    await line(page, 'The carrier')
      .getByText(/^last trouble .*: rejected 403$/)
      .waitFor();
    expect(await page.locator('.trunk-row .row-name').allTextContents()).toEqual(['The spare one', 'The carrier']);
    expect(faults).toEqual([]);
  });

  test('are checked by a supervisor, who is told in words what is wrong, in their own language', async () => {
    const { page } = await openBoard();
    await page.getByRole('button', { name: 'Check The carrier' }).click();
    await line(page, 'The carrier')
      .getByText(/^The trunk has no server, and so takes calls only/)
      .waitFor();
    const { page: french } = await openBoard({ language: 'fr' });
    await french.getByRole('button', { name: 'Vérifier The carrier' }).click();
    await line(french, 'The carrier')
      .getByText(/^Le trunk n’a pas de serveur/)
      .waitFor();
  });
});

describe('the sites', () => {
  test('[S9] tell of a queue who waits, was answered and can answer at each; together it is what the queue says', async () => {
    const { page } = await openBoard();
    await house.tell((floor) => {
      const { agents, phones } = aDirectory();
      const sites = ['Paris', 'Lyon', 'Lyon'];
      const directory = { phones, agents: agents.map((agent, index) => ({ ...agent, site: sites[index] ?? 'Lyon' })) };
      floor.handle({ type: 'DirectoryChanged', at: floor.now, directory });
      floor.signIn('ana', 'ben');
      const [first, second] = [floor.arrive(support), floor.arrive(support)];
      floor.answers(first);
      floor.after(10).callerHangsUp(first);
      floor.answers(second);
      floor.signIn('chloe');
      for (let caller = 0; caller < 3; caller += 1) floor.arrive(support);
    });
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
    const figures = (name: string) => row(name).getByRole('cell').allTextContents();
    await until('the figures of the sites', async () => {
      const [waiting] = await figures('All sites');
      return waiting === '3';
    });
    const tile = page.getByRole('article', { name: 'Support' });
    expect(await tile.locator('.tile-waiting').textContent()).toBe('3 waiting');
    expect(
      await tile
        .getByText(/ready · /)
        .or(tile.locator('.tile-staff'))
        .first()
        .textContent(),
    ).toContain('0 ready');
    // Ringing, answered and ready at Lyon and Paris; two wait for whom no phone rings.
    const all = await Promise.all(['Lyon', 'Paris', 'No site yet'].map(figures));
    const summed = all.reduce((sum, each) => sum.map((n, at) => n + Number(each[at])), [0, 0, 0, 0, 0]);
    expect((await figures('All sites')).map(Number)).toEqual(summed);
    const answered = await tile.locator('.tile-day div', { hasText: 'Answered' }).locator('dd').textContent();
    expect(summed).toEqual([3, Number(answered), 0, 1, 3]);
    expect(all.map(([waiting]) => waiting)).toEqual(['1', '0', '2']);
    await page.getByRole('group', { name: 'Show the queue' }).getByRole('button', { name: 'Sales' }).click();
    expect(await figures('All sites')).toContain('0');
  });
});

describe('what had to be put right', () => {
  test('between call control and Asterisk is said quietly: how often, when last, and what it was', async () => {
    const { page } = await openBoard();
    expect(await page.locator('.drift').count()).toBe(0);
    await house.api.tell([drift()]);
    await page
      .getByText(
        /^1 difference with Asterisk found and put right in the last hour\. The last at \d\d:\d\d:\d\d: something that had happened unheard \(LegEnded\)\./,
      )
      .waitFor();
    await house.api.tell([
      drift({ count: 2, afterOutage: true, drifts: [{ is: 'left-over', call: 'c9-9', what: 'c9-9.b2' }] }),
    ]);
    await page
      .getByText(/^3 differences .*something left over of a call that had ended \(c9-9\.b2\), after an outage\./)
      .waitFor();
  });

  test('on a page that shows something else than it was told is put right by itself, said, and counted', async () => {
    let isFalse = true;
    const { page } = await openBoard({}, async (opened) => {
      await opened.routeWebSocket(/socket\.io/, (socket: WebSocketRoute) => {
        const server = socket.connectToServer();
        socket.onMessage((message) => server.send(message));
        server.onMessage((message) => {
          const told = String(message);
          const isDelta = isFalse && told.includes('board:delta') && told.includes('+33639980777');
          socket.send(isDelta ? told.replaceAll('+33639980777', '+33639980666') : message);
          if (isDelta) isFalse = false;
        });
      });
    });
    await house.tell((floor) => void floor.arrive(support, { ani: '+33639980777' }));
    await page.locator('.call-row', { hasText: '06 66' }).waitFor();
    await page.locator('.call-row', { hasText: '07 77' }).waitFor();
    await page.getByText(/^This page differed from the server 1 time in the last hour/).waitFor();
    const figures = await (await fetch(`${house.api.url}/metrics`)).text();
    expect(figures).toMatch(/cordboard_page_differences_total\{[^}]*\} 1\b/);
  });
});

describe('for everyone', () => {
  test.each([
    ['a phone of 360 px, in French, in the dark', { width: 360, height: 780, language: 'fr', theme: 'dark' }],
    ['a laptop', { width: 1280, height: 800 }],
    ['a big screen, in the dark', { width: 1920, height: 1080, theme: 'dark' }],
  ] as const)('all of it fits %s, and nothing stands in anybody’s way', async (_, options) => {
    const { page, faults } = await openBoard(options);
    await hears('spare', { of: 'contact', reachable: false });
    await house.tell((floor) => {
      floor.signIn('ana');
      const call = floor.arrive(support);
      floor.answers(call);
      floor.handle({ type: 'HoldAsked', at: floor.now, call, on: true });
    });
    await house.api.tell([drift()]);
    await page.locator('.drift').waitFor();
    await page.locator('.call-row .row-flag').waitFor();
    await page.locator('.sites tfoot').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(
      await page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    ).toBe(false);
    expect(faults).toEqual([]);
  });

  test('agents who look at the board are told nothing of the trunks and the sites', async () => {
    const window = await open();
    await comeIn(window.page, `${house.api.url}/board`, house.api.ana);
    await window.page.locator('.tile').first().waitFor();
    expect(await window.page.locator('.trunk-row, .sites, .drift').count()).toBe(0);
    expect(window.faults).toEqual([]);
  });
});
