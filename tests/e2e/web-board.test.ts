import type { Session } from '@cordboard/contracts';
import type { CallId } from '@cordboard/core';
import type { Page, WebSocketRoute } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { password } from '../integration/api-house.ts';
import type { Person } from '../support/api.ts';
import { type AtWindows, atWindows } from '../support/at-windows.ts';
import { accessibilityFaults, comeIn, signInAt, type WindowOptions } from '../support/browser.ts';
import { until } from '../support/until.ts';
import type { WebHouse } from '../support/web-house.ts';

let house: WebHouse;
let sylvie: Person;
let open: AtWindows['open'];
atWindows(async (opened) => {
  ({ house, open } = opened);
  sylvie = await opened.reader({ username: 'sylvie', name: 'Sylvie', role: 'supervisor' });
});

const support = '+33170000011';

/** The board of Sue in a session of its own, which may be ended. */
const signIn = async () => {
  const window = await open();
  await signInAt(window.page, `${house.api.url}/board`, 'sue', password);
  await window.page.locator('.tile').first().waitFor();
  return window;
};

/** The board of Sue, or of Sylvie, who reads French; live. */
const openBoard = async (options?: WindowOptions, path = '/board') => {
  const window = await open(options);
  await comeIn(window.page, `${house.api.url}${path}`, options?.language === 'fr' ? sylvie : house.api.supervisor);
  await window.page.locator('.tile').first().waitFor();
  return window;
};

const rowOf = (page: Page, number: string) => page.locator('.call-row', { hasText: number });
const tile = (page: Page, name: string) => page.getByRole('article', { name });
const secondsOf = async (page: Page, selector: string): Promise<number> => {
  const written = await page.locator(selector).first().getAttribute('datetime');
  return Number(/^PT(\d+)S$/.exec(written ?? '')?.[1]);
};
const arrive = async (digits: string): Promise<CallId> => {
  let call: CallId | undefined;
  await house.tell((floor) => {
    call = floor.arrive(support, { ani: `+336399800${digits}` });
  });
  if (call === undefined) throw new Error('nobody arrived');
  return call;
};

describe('whoever comes to the pages', () => {
  test('is told what to do after a wrong password, and let in with the right one', async () => {
    const { page, faults } = await open();
    await page.goto(house.api.url);
    await page.getByLabel('User name').fill('sue');
    await page.getByLabel('Password', { exact: true }).fill('not her password');
    await page.keyboard.press('Enter');
    await page.getByText('Wrong user name or password: check both, then try again.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await tile(page, 'Support').waitFor();
    expect(new URL(page.url()).pathname).toBe('/board');
    expect(faults).toEqual([]);
  });

  test('comes back without signing in again, and goes out for good', async () => {
    const { page } = await signIn();
    await page.reload();
    await tile(page, 'Support').waitFor();
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out of the pages' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('whose session is ended elsewhere is asked to sign in, and told why', async () => {
    const { page, context } = await signIn();
    const [cookie] = await context.cookies();
    const headers = { cookie: `${cookie?.name}=${cookie?.value}`, origin: house.api.url };
    const answer = await fetch(`${house.api.url}/api/session`, { headers });
    const { csrfToken } = (await answer.json()) as Session;
    await fetch(`${house.api.url}/api/session`, {
      method: 'DELETE',
      headers: { ...headers, 'x-csrf-token': csrfToken },
    });
    await page.getByText('Your session has ended: sign in again.').waitFor();
  });

  test('is told when a room is not theirs', async () => {
    const { page } = await openBoard();
    await page.goto(`${house.api.url}/console`);
    await page.getByText('This room is not for your role.').waitFor();
  });
});

describe('the board', () => {
  test('[S42] shows a call that comes, rings, is answered and ends, without being loaded anew', async () => {
    const { page, faults } = await openBoard();
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    const call = await arrive('01');
    await rowOf(page, '01').getByText('Waiting').waitFor();
    expect(await tile(page, 'Support').locator('.tile-waiting').textContent()).toBe('1 waiting');
    await house.tell((floor) => floor.signIn('ana'));
    await rowOf(page, '01').getByText('Ringing').waitFor();
    await rowOf(page, '01').getByText('ana · Support').waitFor();
    await house.tell((floor) => floor.answers(call));
    await rowOf(page, '01').getByText('Talking').waitFor();
    await page.locator('.agent-row', { hasText: 'ana' }).getByText('On a call').waitFor();
    await house.tell((floor) => floor.callerHangsUp(call));
    await page.getByText('No call now.').waitFor();
    await page.locator('.agent-row', { hasText: 'ana' }).getByText('Wrap-up').waitFor();
    await page
      .locator('.agent-row', { hasText: 'ana' })
      .getByText(/0:\d\d left/)
      .waitFor();
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
    expect(faults).toEqual([]);
  });

  test('[S42] ticks, and is never more than a second wrong, even on a machine whose clock is', async () => {
    const window = await open();
    await window.page.addInitScript(() => {
      const { now } = Date;
      Date.now = () => now() + 3_600_000;
    });
    await comeIn(window.page, `${house.api.url}/board`, house.api.supervisor);
    await arrive('02');
    const since = Date.now();
    await rowOf(window.page, '02').waitFor();
    for (let looks = 0; looks < 3; looks += 1) {
      const before = await secondsOf(window.page, '.call-row time');
      await until('the next tick', async () => (await secondsOf(window.page, '.call-row time')) !== before, {
        everyMs: 10,
      });
      const shown = await secondsOf(window.page, '.call-row time');
      expect(Math.abs(shown - (Date.now() - since) / 1000)).toBeLessThan(1.1);
    }
  });

  test('turns amber, then red, by the queue’s own target, and says so in words', async () => {
    const { page } = await openBoard();
    await house.tell((floor) => {
      floor.signIn('ana', 'ben', 'chloe');
      for (const number of ['11', '12', '13']) floor.answers(floor.arrive(support, { ani: `+336399800${number}` }));
      floor.now = (floor.now - 25_000) as typeof floor.now;
      floor.arrive(support, { ani: '+33639980014' });
    });
    await tile(page, 'Support').getByText('Look', { exact: true }).waitFor();
    expect(await tile(page, 'Support').getAttribute('data-level')).toBe('look');
    await house.tell((floor) => {
      floor.now = (floor.now - 70_000) as typeof floor.now;
      floor.arrive(support, { ani: '+33639980015' });
    });
    await tile(page, 'Support').getByText('Act', { exact: true }).waitFor();
    await page
      .locator('[aria-live=polite]', { hasText: 'Support: Act, wait over 1:00.' })
      .waitFor({ state: 'attached' });
  });

  test('says of a number that cannot be computed why it cannot', async () => {
    const { page } = await openBoard();
    const serviceLevel = tile(page, 'Sales').locator('.tile-service');
    expect(await serviceLevel.textContent()).toContain('–');
    expect(await serviceLevel.getAttribute('title')).toMatch(/nothing to divide/);
  });

  test('tells of each call why it went as it went', async () => {
    const { page } = await openBoard();
    await house.tell((floor) => floor.signIn('ben', 'ana'));
    await arrive('03');
    await rowOf(page, '03').getByRole('link').click();
    const panel = page.getByRole('complementary');
    await panel.getByText('Offered to ben (102)').waitFor();
    await panel.getByText('✓ ben').waitFor();
    await panel.getByText(/free, but only for/).waitFor();
    await panel.getByText('Is ringing now.').waitFor();
    await house.tell((floor) => {
      for (const call of floor.exchange.calls.keys()) floor.answers(call);
    });
    await panel.getByText('Talks with ben.').waitFor();
    const { pathname } = new URL(page.url());
    await page.reload();
    await page.getByRole('complementary').getByText('Talks with ben.').waitFor();
    expect(new URL(page.url()).pathname).toBe(pathname);
  });

  test('lets a supervisor pause an agent, sign them out, and end a call, each after a question', async () => {
    const { page } = await openBoard();
    await house.tell((floor) => floor.signIn('ana'));
    const row = page.locator('.agent-row', { hasText: 'ana' });
    await row.getByText('Ready').waitFor();
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lunch' }).click();
    await row.getByText('On break').waitFor();
    await row.getByText('Lunch').waitFor();
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Make ready' }).click();
    await row.getByText('Ready').waitFor();
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await row.getByText('Offline').waitFor();
    await arrive('04');
    await rowOf(page, '04').getByRole('link').click();
    await page.getByRole('complementary').getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('The call is ended.').waitFor();
    await page.getByText('No call now.').waitFor();
  });

  test('finds a caller as one types, and what is done by Ctrl K', async () => {
    const { page } = await openBoard();
    await arrive('05');
    await arrive('06');
    await rowOf(page, '06').waitFor();
    await page.getByRole('searchbox', { name: 'Find a caller, agent or queue' }).fill('0 06');
    await rowOf(page, '05').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('80005');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByRole('heading').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/board\/calls\//);
  });
});

describe('a board that is not live', () => {
  test('says so, and since when, within moments of the API’s end; its figures turn grey', async () => {
    const other = await house.api.another();
    const { page } = await open();
    await comeIn(page, `${other.url}/board`, house.api.supervisor);
    await tile(page, 'Support').waitFor();
    await other.close();
    const stopped = Date.now();
    await page
      .getByRole('alert')
      .getByText(/^Not live since \d\d:\d\d:\d\d$/)
      .waitFor();
    expect(Date.now() - stopped).toBeLessThan(3500);
    expect(await page.locator('main').getAttribute('data-stale')).toBe('true');
  });

  test('says when call control is away, and takes it back', async () => {
    const { page } = await openBoard();
    house.beating(false);
    await page.getByRole('alert').getByText('Call control is away').waitFor();
    house.beating(true);
    await page.getByText('Call control is away').waitFor({ state: 'detached' });
  });

  test('mends itself: a delta that was lost is made good by a snapshot, and silence ends', async () => {
    const { page } = await open();
    const lost = { delta: false, all: false };
    let asked = 0;
    await page.routeWebSocket(/socket\.io/, (socket: WebSocketRoute) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        if (String(message).includes('board:resync')) asked += 1;
        server.send(message);
      });
      server.onMessage((message) => {
        if (lost.all || (lost.delta && String(message).includes('board:delta'))) return;
        socket.send(message);
      });
    });
    await comeIn(page, `${house.api.url}/board`, house.api.supervisor);
    await tile(page, 'Support').waitFor();
    lost.delta = true;
    await arrive('07');
    // The pulse of the next second tells that something was missed.
    await rowOf(page, '07').waitFor();
    expect(asked).toBeGreaterThan(0);
    lost.delta = false;
    await arrive('08');
    await rowOf(page, '08').waitFor();
    lost.all = true;
    await page
      .getByText(/^Not live since/)
      .first()
      .waitFor();
    await arrive('09');
    lost.all = false;
    await rowOf(page, '09').waitFor();
    await page
      .getByText(/^Not live since/)
      .first()
      .waitFor({ state: 'detached' });
  });
});

describe('for everyone', () => {
  const scrollsSideways = (page: Page) =>
    page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

  test.each([
    ['a phone of 360 px, in French, in the dark', { width: 360, height: 780, language: 'fr', theme: 'dark' }],
    ['a laptop', { width: 1280, height: 800 }],
    ['a big screen', { width: 1920, height: 1080 }],
  ] as const)('the board fits %s', async (_, options) => {
    const { page, faults } = await openBoard(options);
    await house.tell((floor) => {
      floor.signIn('ana', 'ben');
      for (let call = 0; call < 40; call += 1) floor.arrive(support, { ani: `+3363998${1000 + call}` });
    });
    await rowOf(page, '10 39').or(page.locator('.call-row').nth(30)).first().waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await page.locator('.call-row a').first().click();
    await page.getByRole('complementary').waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect(faults).toEqual([]);
  });

  test('the board speaks French to those who read French, and changes its language at once', async () => {
    const { page } = await openBoard({ language: 'fr' });
    await page.getByText('personne n’attend').first().waitFor();
    await page.getByRole('heading', { name: /^Appels/ }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.getByRole('button', { name: 'Langue' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByText('nobody is waiting').first().waitFor();
    await page.reload();
    await page.getByText('nobody is waiting').first().waitFor();
  });

  test('dark is as the machine has it, and as one chooses', async () => {
    const { page } = await openBoard({ theme: 'dark' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const dark = await ground();
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    expect(await ground()).not.toBe(dark);
  });

  test('everything is done by keyboard, from signing in to the story of a call', async () => {
    await arrive('10');
    const { page } = await open();
    await page.goto(`${house.api.url}/board`);
    await page.getByLabel('User name').waitFor();
    await page.keyboard.type('sue');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await rowOf(page, '10').waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.className');
    for (let tabs = 0; tabs < 60 && !(await focused()).includes('row-link'); tabs += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toContain('row-link');
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary')
      .getByText(/Joined the line “Support”/)
      .waitFor();
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('why');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(await focused()).toContain('row-link');
  });

  test.each(['light', 'dark'] as const)('nothing stands in anybody’s way, %s', async (theme) => {
    const { page } = await open({ theme });
    await page.goto(house.api.url);
    await page.getByLabel('User name').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await comeIn(page, `${house.api.url}/board`, house.api.supervisor);
    await house.tell((floor) => {
      floor.signIn('ana');
      floor.ask('ana', { to: 'pause', reason: 'lunch' });
      floor.now = (floor.now - 90_000) as typeof floor.now;
      floor.arrive(support);
    });
    await page.getByText('Act', { exact: true }).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('.call-row a').click();
    await page
      .getByRole('complementary')
      .getByText(/Joined the line/)
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('complementary').getByRole('button', { name: 'Hang up' }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${house.api.url}/board/big`);
    await page.locator('.tile').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
