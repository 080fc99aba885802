import { afterAll, afterEach, beforeAll } from 'vitest';
import { password } from '../integration/api-house.ts';
import { Person } from './api.ts';
import { openBrowser, type TestBrowser, type Window, type WindowOptions } from './browser.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

/** A house with pages, and somebody's windows to look at them. */
export interface AtWindows {
  readonly house: WebHouse;
  /** A window that is closed after the test. */
  open(options?: WindowOptions): Promise<Window>;
  /** Somebody more who works here and reads French, signed in to the API. */
  reader(user: {
    readonly username: string;
    readonly name: string;
    readonly role: 'agent' | 'supervisor';
    readonly agentId?: string;
  }): Promise<Person>;
}

/** For a whole file: the house and a Chromium are opened before the first test; after each everybody is free again. */
export const atWindows = (begin: (opened: AtWindows) => void | Promise<void>): void => {
  let house: WebHouse;
  let browser: TestBrowser;
  const windows: Window[] = [];
  beforeAll(async () => {
    [house, browser] = await Promise.all([openWebHouse(), openBrowser()]);
    await begin({
      house,
      async open(options) {
        const window = await browser.open(options);
        windows.push(window);
        return window;
      },
      async reader(user) {
        await house.api.administrator.ask('POST', '/api/users', { ...user, language: 'fr', password });
        return new Person(house.api.url).signIn(user.username, password);
      },
    });
  });
  afterEach(async () => {
    await Promise.all(windows.splice(0).map((window) => window.close()));
    house.beating(true);
    await house.clear();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });
};
