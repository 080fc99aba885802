import type { CallId, ChannelId } from '@cordboard/core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Person } from '../support/api.ts';
import { type AtWindows, atWindows } from '../support/at-windows.ts';
import { accessibilityFaults, comeIn, type WindowOptions } from '../support/browser.ts';
import { until } from '../support/until.ts';
import type { WebHouse } from '../support/web-house.ts';

let house: WebHouse;
let benoit: Person;
let open: AtWindows['open'];
atWindows(async (opened) => {
  ({ house, open } = opened);
  benoit = await opened.reader({ username: 'benoit', name: 'Benoît', role: 'agent', agentId: 'ben' });
});

const support = '+33170000011';

/** Ana talks with a caller, or Benoît does, who reads French; the desk is theirs. */
const talkAtDesk = async (options?: WindowOptions) => {
  const [person, agent] = options?.language === 'fr' ? [benoit, 'ben'] : [house.api.ana, 'ana'];
  let call = '' as CallId;
  await house.tell((floor) => {
    floor.signIn(agent);
    call = floor.arrive(support, { ani: '+33639980142' });
    floor.answers(call);
  });
  const window = await open(options);
  await comeIn(window.page, `${house.api.url}/desk`, person);
  await window.page.locator('.in-hand-actions').waitFor();
  return { ...window, call };
};
const inHand = (page: Page) => page.locator('.in-hand');
const standing = (page: Page) => inHand(page).locator('.in-hand-now').first();
const dialog = (page: Page) => page.getByRole('dialog');
/** The phone that was rung last for this call is picked up. */
const isPickedUp = (call: CallId) =>
  house.tell((floor) => {
    floor.happen(call, { type: 'LegAnswered', leg: floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId });
  });
const secondsHeld = async (page: Page): Promise<number> =>
  Number(/^PT(\d+)S$/.exec((await standing(page).locator('time').getAttribute('datetime')) ?? '')?.[1]);

describe('a caller on hold', () => {
  test('waits since the moment when the button was pressed, and is taken back by the same button', async () => {
    const { page, call, faults } = await talkAtDesk();
    await inHand(page).getByRole('button', { name: 'Hold' }).click();
    await standing(page).getByText('On hold').waitFor();
    const heldSince = Date.now();
    await until('two seconds of waiting', async () => (await secondsHeld(page)) >= 2);
    expect(Math.abs((await secondsHeld(page)) * 1000 - (Date.now() - heldSince))).toBeLessThan(1500);
    expect(house.floor.call(call)).toMatchObject({ held: { by: 'agent', from: 'page' } });
    await inHand(page).getByRole('button', { name: 'Resume' }).click();
    await standing(page).getByText('On the line').waitFor();
    expect(house.floor.call(call)).not.toHaveProperty('held');
    expect(faults).toEqual([]);
  });

  test('who was held by the key of the phone is taken back there: the page says so beneath its button', async () => {
    const { page, call } = await talkAtDesk();
    await house.tell((floor) => floor.happen(call, { type: 'LegHeld', leg: floor.legOf(call) }));
    await inHand(page).getByRole('button', { name: 'Resume' }).click();
    await inHand(page)
      .getByRole('alert')
      .getByText('The call was put on hold at the phone: take it back there.')
      .waitFor();
  });
});

describe('a transfer', () => {
  test('without asking: to somebody found by a few letters; the desk says who was given the call', async () => {
    const { page, call, faults } = await talkAtDesk();
    await inHand(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('combobox').fill('chl');
    await dialog(page).getByRole('option', { name: /chloe/ }).waitFor();
    await dialog(page).getByRole('button', { name: 'Transfer now' }).click();
    await page.getByText('You gave +33 6 39 98 01 42 to chloe.').waitFor();
    await page.getByText('If nobody takes the call, it comes back to you.').waitFor();
    expect(house.floor.call(call)).toMatchObject({ phase: 'ringing', extension: '103' });
    expect(faults).toEqual([]);
  });

  test('that nobody takes comes back to the phone, and the desk says why it rings', async () => {
    const { page, call } = await talkAtDesk();
    await inHand(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('combobox').fill('103');
    await dialog(page).getByRole('option', { name: /chloe/ }).waitFor();
    await dialog(page).getByRole('button', { name: 'Transfer now' }).click();
    await page.getByText(/You gave/).waitFor();
    await house.tell((floor) => floor.legEnds(call, 'no-answer'));
    await inHand(page).getByText('Nobody took it: the call comes back to you.').waitFor();
  });

  test('after a word: the caller waits, is handed on when the other agrees, and stays with them', async () => {
    const { page, call, faults } = await talkAtDesk();
    await inHand(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('combobox').fill('ben');
    await dialog(page).getByRole('option', { name: /ben/ }).waitFor();
    await dialog(page).getByRole('button', { name: 'Ask first' }).click();
    await standing(page).getByText('Calling ben; the caller waits').waitFor();
    await inHand(page).getByRole('button', { name: 'Transfer without waiting' }).waitFor();
    await isPickedUp(call);
    await standing(page).getByText('With ben; the caller waits').waitFor();
    await inHand(page).getByRole('button', { name: 'Complete the transfer' }).click();
    await page.getByText('You gave +33 6 39 98 01 42 to ben.').waitFor();
    expect(house.floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ben' });
    expect(faults).toEqual([]);
  });

  test('after a word that was a no: back to the caller', async () => {
    const { page, call } = await talkAtDesk();
    await inHand(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('combobox').fill('ben');
    await dialog(page).getByRole('option', { name: /ben/ }).waitFor();
    await page.keyboard.press('Enter');
    await standing(page).getByText('Calling ben; the caller waits').waitFor();
    await isPickedUp(call);
    await inHand(page).getByRole('button', { name: 'Back to the caller' }).click();
    await standing(page).getByText('On the line').waitFor();
    expect(house.floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana' });
  });

  test('that cannot be is refused in one sentence inside the question, and somebody else can be chosen', async () => {
    const { page, call } = await talkAtDesk();
    await house.tell((floor) => {
      floor.signIn('ben');
      floor.answers(floor.arrive(support));
    });
    await inHand(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('combobox').fill('ben');
    await dialog(page)
      .getByRole('option', { name: /On a call/ })
      .waitFor();
    await dialog(page).getByRole('button', { name: 'Ask first' }).click();
    await dialog(page)
      .getByRole('alert')
      .getByText('They are on another call: choose somebody else, or transfer without asking.')
      .waitFor();
    await dialog(page).getByRole('combobox').fill('Sales');
    await dialog(page).getByRole('option', { name: /Sales/ }).waitFor();
    await dialog(page)
      .getByText(/^They are on another call/)
      .waitFor({ state: 'detached' });
    await dialog(page).getByRole('button', { name: 'Transfer now' }).click();
    await page.getByText('You gave +33 6 39 98 01 42 to Sales.').waitFor();
    expect(house.floor.call(call)).toMatchObject({ queue: 'sales' });
  });
});

test('a third is called in by name, and the desk says when they have joined and when they have gone', async () => {
  const { page, call } = await talkAtDesk();
  await inHand(page).getByRole('button', { name: 'Add' }).click();
  await dialog(page).getByRole('combobox').fill('ch');
  await dialog(page).getByRole('option', { name: /chloe/ }).waitFor();
  await dialog(page).getByRole('button', { name: 'Call them in' }).click();
  await inHand(page).getByText('Calling chloe, who is to join').waitFor();
  await isPickedUp(call);
  await inHand(page).getByText('chloe has joined').waitFor();
  expect(await inHand(page).getByRole('button').allTextContents()).toEqual(['Hang up']);
  await house.tell((floor) => {
    floor.happen(call, {
      type: 'LegEnded',
      leg: floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId,
      cause: 'hung-up',
    });
  });
  await inHand(page).getByRole('button', { name: 'Hold' }).waitFor();
});

describe('for everyone', () => {
  test('all of it by keyboard, in French; the keys are told in the tooltips', async () => {
    const { page, call, faults } = await talkAtDesk({ language: 'fr' });
    const hold = inHand(page).getByRole('button', { name: 'Garde' });
    expect(await hold.getAttribute('title')).toBe('Garde\u00a0: l’appelant entend de la musique (Alt+H)');
    // A key does nothing while what was pressed before is under way: nobody is as quick as that.
    const press = async (key: string, name: string): Promise<void> => {
      await inHand(page).getByRole('button', { name, disabled: false }).waitFor();
      await page.keyboard.press(key);
    };
    await press('Alt+h', 'Garde');
    await standing(page).getByText('En garde').waitFor();
    await press('Alt+h', 'Reprendre');
    await standing(page).getByText('En ligne').waitFor();
    await press('Alt+t', 'Transférer');
    await dialog(page).getByRole('option', { name: /chloe/ }).waitFor();
    await page.keyboard.type('a');
    await page.keyboard.press('ArrowDown');
    const chosen = dialog(page).locator('[aria-selected=true]');
    expect(await dialog(page).getByRole('combobox').getAttribute('aria-activedescendant')).toBe(
      await chosen.getAttribute('id'),
    );
    await dialog(page).getByRole('combobox').fill('chloe');
    await page.keyboard.press('Enter');
    await standing(page).getByText('Appel de chloe ; l’appelant patiente').waitFor();
    await isPickedUp(call);
    await press('Alt+b', 'Revenir à l’appelant');
    await standing(page).getByText('En ligne').waitFor();
    expect(faults).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('nothing stands in anybody’s way on a phone of 360 px, %s', async (theme) => {
    const { page, call } = await talkAtDesk({ width: 360, height: 780, theme });
    const fits = async (): Promise<void> => {
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(
        await page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
      ).toBe(false);
    };
    await inHand(page).getByRole('button', { name: 'Hold' }).click();
    await standing(page).getByText('On hold').waitFor();
    await fits();
    await inHand(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('option', { name: /ben/ }).waitFor();
    await fits();
    await dialog(page).getByRole('combobox').fill('ben');
    await dialog(page).getByRole('button', { name: 'Ask first' }).click();
    await isPickedUp(call);
    await inHand(page).getByRole('button', { name: 'Complete the transfer' }).waitFor();
    await fits();
    await inHand(page).getByRole('button', { name: 'Complete the transfer' }).click();
    await page.getByText(/You gave/).waitFor();
    await fits();
  });
});
