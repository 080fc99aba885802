import { type CallId, instant, type RecordingId } from '@cordboard/core';
import { encodeWav } from '@cordboard/sip-lab';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { password } from '../integration/api-house.ts';
import { type AtWindows, atWindows } from '../support/at-windows.ts';
import { accessibilityFaults, signInAt, type WindowOptions } from '../support/browser.ts';
import { until } from '../support/until.ts';
import type { WebHouse } from '../support/web-house.ts';

let house: WebHouse;
let open: AtWindows['open'];
atWindows(async (opened) => {
  ({ house, open } = opened);
  await opened.reader({ username: 'benoit', name: 'Benoît', role: 'agent', agentId: 'ben' });
});

const support = '+33170000011';
const main = '+33170000010';
const zoe = { id: 'zoe', name: 'Zoë Martin', company: 'Atelier Martin', segment: 'vip', notes: 'Prefers mornings.' };

/** The desk of Ana, or of Benoît, who reads French; live. */
const openDesk = async (options?: WindowOptions) => {
  const window = await open(options);
  await signInAt(window.page, `${house.api.url}/desk`, options?.language === 'fr' ? 'benoit' : 'ana', password);
  await window.page.locator('.own-state').waitFor();
  return window;
};

const state = (page: Page) => page.locator('.own-state h2');
const card = (page: Page) => page.getByRole('article');
const arrive = async (dnis: string, ani: string): Promise<CallId> => {
  let call: CallId | undefined;
  await house.tell((floor) => {
    call = floor.arrive(dnis, { ani });
  });
  if (call === undefined) throw new Error('nobody arrived');
  return call;
};
const shownCards = async (): Promise<number> => {
  const figures = await (await fetch(`${house.api.url}/metrics`)).text();
  return Number(/cordboard_card_lead_seconds_count\{[^}]*\} (\d+)/.exec(figures)?.[1] ?? 0);
};

describe('an agent’s own state', () => {
  test('is theirs to change: take calls, pause for a reason, be ready, stop', async () => {
    const { page, faults } = await openDesk();
    expect(await state(page).textContent()).toBe('Offline');
    await page.getByRole('button', { name: 'Start taking calls' }).click();
    await page.locator('.own-state[data-state=ready]').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Meeting' }).click();
    await page.locator('.own-state[data-state=paused]').getByText('(Meeting)').waitFor();
    await page.getByRole('button', { name: 'Ready' }).click();
    await page.locator('.own-state[data-state=ready]').waitFor();
    await page.getByRole('button', { name: 'Stop taking calls' }).click();
    await page.locator('.own-state[data-state=signed-out]').waitFor();
    expect(faults).toEqual([]);
  });

  test('has the names that the field gives it, in French', async () => {
    const { page } = await openDesk({ language: 'fr' });
    expect(await state(page).textContent()).toBe('Hors ligne');
    await page.getByRole('button', { name: 'Prendre des appels' }).click();
    await state(page).getByText('Disponible').waitFor();
    const call = await arrive(support, '+33639980101');
    await state(page).getByText('Sonne').waitFor();
    await house.tell((floor) => floor.answers(call));
    await state(page).getByText('En appel').waitFor();
    await house.tell((floor) => floor.callerHangsUp(call));
    await state(page).getByText('Post-appel').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Déjeuner' }).click();
    await page.getByRole('heading', { name: 'En pause (Déjeuner)' }).waitFor();
  });

  test('says that no call can come while the phone is not registered', async () => {
    const { page } = await openDesk();
    await house.tell((floor) => {
      floor.handle({
        type: 'PhoneReachable',
        at: floor.now,
        extension: floor.agent('ana').extension,
        reachable: false,
      });
    });
    await page.getByText(/Your desk phone is not registered/).waitFor();
    await house.tell((floor) => {
      floor.handle({ type: 'PhoneReachable', at: floor.now, extension: floor.agent('ana').extension, reachable: true });
    });
    await page.getByText(/Your desk phone is not registered/).waitFor({ state: 'detached' });
  });
});

describe('the card', () => {
  test('[S3] is on the screen before the phone rings: who, why they call, and what was before', async () => {
    const { page, faults } = await openDesk();
    await house.tell((floor) => floor.signIn('ana'));
    const before = await shownCards();
    let call = '' as CallId;
    await house.tell((floor) => {
      call = floor.arrive(main, { ani: '+33639981234' });
      floor.happen(call, { type: 'CallerIdentified', customer: zoe, tookMs: 12 });
      floor.promptEnds(call);
      floor.presses(call, '2');
    });
    await card(page).getByRole('heading', { name: 'Zoë Martin' }).waitFor();
    const shown = await card(page).textContent();
    for (const said of [
      'Atelier Martin',
      'vip',
      'Pressed 2: support',
      'Support',
      '+33\u00a06\u00a039\u00a098\u00a012\u00a034',
    ])
      expect(shown).toContain(said);
    await page.getByText('Prefers mornings.').waitFor();
    await page.getByText('This number has not called before.').waitFor();
    // Only a card that has been painted is acknowledged; the API measures its lead when the phone says that it rings.
    await house.tell((floor) => floor.after(200).happen(call, { type: 'LegRinging', leg: floor.legOf(call) }));
    await until('the acknowledgement', async () => (await shownCards()) === before + 1);
    expect(faults).toEqual([]);
  });

  test('in a page that nobody sees is not said to be shown', async () => {
    const { page } = await openDesk();
    await house.tell((floor) => floor.signIn('ana'));
    await page.evaluate(
      `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => globalThis.seen ? 'visible' : 'hidden' })`,
    );
    const before = await shownCards();
    const call = await arrive(support, '+33639980102');
    await card(page).waitFor({ state: 'attached' });
    await house.tell((floor) => floor.after(50).happen(call, { type: 'LegRinging', leg: floor.legOf(call) }));
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))',
    );
    expect(await shownCards()).toBe(before);
    await page.evaluate(`globalThis.seen = true; document.dispatchEvent(new Event('visibilitychange'))`);
    await until('the acknowledgement', async () => (await shownCards()) === before + 1);
  });

  test('[S3] of an unknown caller comes with a form, and the directory knows them afterwards', async () => {
    const { page } = await openDesk();
    await house.tell((floor) => floor.signIn('ana'));
    const call = await arrive(support, '+33639980103');
    await card(page).getByText('Looking up the caller …').waitFor();
    await house.tell((floor) => floor.happen(call, { type: 'CallerIdentified', customer: null, tookMs: 8 }));
    await card(page).getByText('Unknown caller').waitFor();
    await house.tell((floor) => floor.answers(call));
    await page.getByRole('button', { name: 'Save the contact' }).click();
    await page.getByText('Write a name: it is how colleagues will find this contact.').waitFor();
    await page.getByLabel('Name').fill('Noor Haddad');
    await page.getByLabel('Company').fill('Haddad & Filles');
    await page.getByRole('textbox', { name: 'Notes' }).fill('Asks about the spring order.');
    await page.getByRole('button', { name: 'Save the contact' }).click();
    await card(page).getByRole('heading', { name: 'Noor Haddad' }).waitFor();
    const { items } = await house.api.supervisor.ask<{ items: { name: string; numbers: string[] }[] }>(
      'GET',
      '/api/customers?search=Noor',
    );
    expect(items).toMatchObject([{ name: 'Noor Haddad', numbers: ['+33639980103'] }]);
  });

  test('of a caller who is recognised late comes first without, then with the name', async () => {
    const { page } = await openDesk();
    await house.tell((floor) => floor.signIn('ana'));
    const call = await arrive(support, '+33639981234');
    await card(page).getByText('Looking up the caller …').waitFor();
    await house.tell((floor) => floor.happen(call, { type: 'CallerIdentified', customer: zoe, tookMs: 5000 }));
    await card(page).getByRole('heading', { name: 'Zoë Martin' }).waitFor();
    await card(page)
      .getByText(/The directory answered late, after 5\.0\ss\./)
      .waitFor();
  });

  test('is taken away when the call goes elsewhere, and says what became of it', async () => {
    const { page } = await openDesk();
    await house.tell((floor) => floor.signIn('ana'));
    const call = await arrive(support, '+33639980104');
    await card(page).waitFor();
    await house.tell((floor) => floor.callerHangsUp(call));
    await page.getByText('The caller hung up before anybody answered.').waitFor();
    expect(await card(page).count()).toBe(0);
  });

  test('stays for the after-call work, which counts down over the notes', async () => {
    const { page } = await openDesk();
    await house.tell((floor) => floor.signIn('ana'));
    const call = await arrive(support, '+33639980105');
    await house.tell((floor) => {
      floor.happen(call, { type: 'CallerIdentified', customer: null, tookMs: 8 });
      floor.answers(call);
    });
    await page.getByRole('textbox', { name: 'Notes' }).fill('To be finished');
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('The call is over.').waitFor();
    await page
      .locator('.wrap-up')
      .getByText(/0:\d\d left/)
      .waitFor();
    await page.getByRole('button', { name: 'I am done: next call' }).click();
    await page.locator('.own-state[data-state=ready]').waitFor();
    expect(await page.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('To be finished');
    await page.getByRole('button', { name: 'Put the card away' }).click();
    await page.getByText(/The card of the next caller opens here/).waitFor();
  });
});

describe('for everyone', () => {
  test.each([
    ['a phone of 360 px, in French, in the dark', { width: 360, height: 780, language: 'fr', theme: 'dark' }],
    ['a laptop', { width: 1280, height: 800 }],
  ] as const)('the desk fits %s, and nothing stands in anybody’s way', async (_, options) => {
    const { page, faults } = await openDesk(options);
    const agent = 'language' in options ? 'ben' : 'ana';
    expect(await accessibilityFaults(page)).toEqual([]);
    await house.tell((floor) => floor.signIn(agent));
    const call = await arrive(support, '+33639980106');
    await house.tell((floor) => {
      floor.happen(call, { type: 'CallerIdentified', customer: null, tookMs: 8 });
      floor.answers(call);
    });
    await page.locator('.contact').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(
      await page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    ).toBe(false);
    expect(faults).toEqual([]);
  });
});

/** What is used of an `audio` element. */
interface Player {
  readonly duration: number;
  play(): Promise<void>;
}

describe('messages of callers', () => {
  /** Somebody has said 440 Hz for a second. */
  const left = async (box: string, caller: string): Promise<void> => {
    const id = `c1-${box}.r1` as RecordingId;
    const samples = Float32Array.from({ length: 8000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / 8000));
    const file = await house.api.sounds.write(id, encodeWav({ samples, rate: 8000 }));
    const said = { callerName: '', language: 'fr', durationMs: 1000, leftAt: instant(Date.now()) } as const;
    await house.api.database.voicemails.keep({ id, box, caller, call: `c1-${box}` as CallId, file, ...said });
  };

  test('are listed for their owner, played, marked as heard by that, and deleted', async () => {
    await left('101', '+33639981234');
    await left('102', '+33639985678');
    const { page, faults } = await openDesk();
    const messages = page.getByRole('region', { name: 'Messages' });
    const one = messages.getByRole('listitem');
    await one.getByText('New').waitFor();
    expect(await one.count()).toBe(1);
    expect((await one.textContent())?.replaceAll('\u00a0', ' ')).toContain('+33 6 39 98 12 34');
    expect(await accessibilityFaults(page)).toEqual([]);
    await one.locator('audio').evaluate((player: Player) => player.play());
    await one.getByText('New').waitFor({ state: 'detached' });
    const playedS = await one.locator('audio').evaluate((player: Player) => player.duration);
    expect(playedS).toBeCloseTo(1, 1);
    await one.getByRole('button', { name: /^Delete the message/ }).click();
    await messages.getByText('No caller has left a message.').waitFor();
    expect(faults).toEqual([]);
  });

  test('are opened at the desk phone by a PIN that is chosen here', async () => {
    const { page } = await openDesk({ language: 'fr' });
    await page.getByRole('button', { name: 'Code pour *98' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nouveau code').fill('12');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.getByText('Un code a de 4 à 8 chiffres.').waitFor();
    await dialog.getByLabel('Nouveau code').fill('2468');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await until('the PIN opens the box', async () => (await house.api.database.boxes.opens('102', '2468')) === 'yes');
  });
});
