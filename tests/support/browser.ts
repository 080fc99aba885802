import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** A Chromium of a test's own. */
export interface TestBrowser {
  /** A person's window: cookies and choices of its own. Whatever goes wrong in its pages is in `faults`. */
  open(options?: WindowOptions): Promise<Window>;
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'en' | 'fr';
  readonly theme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
}

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the pages threw, what they could not load, and what their security policy forbade. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Nothing of this may reach outside the machine. */
const quiet = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = async (): Promise<TestBrowser> => {
  const browser: Browser = await chromium.launch({ executablePath, args: quiet });
  return {
    async open({ width = 1280, height = 800, language = 'en', theme = 'light', reducedMotion = true } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language === 'fr' ? 'fr-FR' : 'en-GB',
        colorScheme: theme,
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // Answers that say no, and a server that is stopped, are part of what is tested.
        if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text()))
          faults.push(message.text());
      });
      return { page, context, faults, close: () => context.close() };
    },
    close: () => browser.close(),
  };
};

/** Signs somebody in at the page's own form, and waits for their room. */
export const signInAt = async (page: Page, url: string, username: string, password: string): Promise<void> => {
  await page.goto(url);
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('.header').waitFor();
};

/**
 * Comes to a page as somebody who has signed in already, and waits for their room: for all that is not about signing in,
 * whose hash takes its time.
 */
export const comeIn = async (page: Page, url: string, { cookie }: { readonly cookie: string }): Promise<void> => {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url }]);
  await page.goto(url);
  await page.locator('.header').waitFor();
};

/** What WCAG 2.2 AA has against a page as it stands, one line each: https://github.com/dequelabs/axe-core */
export const accessibilityFaults = async (page: Page): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary}`),
  );
};
