import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, signInAt, type TestBrowser } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { password, zoe } from '../support/house-people.ts';
import { numbers } from '../support/house-policy.ts';

let house: House;
let browser: TestBrowser;
beforeAll(async () => {
  [house, browser] = await Promise.all([openHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

/** The one call on the board, in this place. */
const callIn = (page: Page, place: string) => page.locator(`.call-row[data-place="${place}"]`);

test('[S42] [S3] [S40] a call comes by trunk, and pages that were opened before show it all: menu, ringing with the card, talk, end', async () => {
  const [board, desk] = [(await browser.open()).page, (await browser.open()).page];
  await signInAt(board, `${house.url}/board`, 'sue', password);
  await signInAt(desk, `${house.url}/desk`, 'ana', password);
  const loads: string[] = [];
  for (const page of [board, desk]) page.on('load', () => loads.push(page.url()));
  const phone = await house.ready('101');

  const caller = await house.caller({ callerNumber: zoe.number });
  const dialled = await caller.dial(numbers.main);
  await callIn(board, 'menu').getByText(zoe.name).waitFor();
  await dialled.established({ withinMs: 5000 });
  await house.inMenu(await house.callOf(caller));
  await dialled.sendDigits('2');

  const card = desk.getByRole('article').getByText(zoe.name).first();
  const painted = card.waitFor().then(() => Date.now());
  const ringing = await phone.nextIncoming({ withinMs: 5000 });
  expect((await painted) - ringing.at).toBeLessThan(300);
  await callIn(board, 'ringing').waitFor();

  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  await callIn(board, 'talking').getByText('ana').waitFor();
  await dialled.hangUp();
  await ringing.ended({ withinMs: 3000 });
  await board.getByText('No call now.').waitFor();
  expect(loads).toEqual([]);
});
