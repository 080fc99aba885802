import { aPolicy, aQueue } from '@cordboard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password } from '../integration/api-house.ts';
import { accessibilityFaults, openBrowser, signInAt, type TestBrowser } from '../support/browser.ts';
import { openWebHouse, type WebHouse } from '../support/web-house.ts';

let house: WebHouse;
let browser: TestBrowser;
beforeAll(async () => {
  [house, browser] = await Promise.all([openWebHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

test('[F7] on her page an agent is asked what the call was about, and is ready for the next one when she has pressed it', async () => {
  const codes = { wrapUpCodes: ['Order', 'Complaint'], wrapUpCodeRequired: true };
  const { queues } = aPolicy();
  const policy = {
    ...aPolicy({ queues: { ...queues, support: aQueue({ name: 'Support', ...codes }) } as never }),
    version: 2,
  };
  const { page, faults } = await browser.open();
  await signInAt(page, `${house.api.url}/desk`, 'ana', password);
  await page.locator('.own-state').waitFor();
  await house.tell((floor) => {
    floor.handle({ type: 'PolicyPublished', at: floor.now, policy });
    floor.signIn('ana');
    const call = floor.arrive('+33170000011');
    floor.answers(call);
    floor.callerHangsUp(call);
  });
  await page.locator('.own-state[data-state=wrap-up]').waitFor();
  const asked = page.getByRole('group', { name: 'What was the call about?' });
  await asked.waitFor();
  expect(await page.getByRole('button', { name: 'I am done: next call' }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await asked.getByRole('button', { name: 'Complaint' }).click();
  await page.locator('.own-state[data-state=ready]').waitFor();
  expect(await asked.count()).toBe(0);
  expect(house.floor.factsOf('WrapUpCodeGiven')).toMatchObject([{ agent: 'ana', code: 'Complaint' }]);
  expect(faults).toEqual([]);
});
