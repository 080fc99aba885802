import type { Page } from 'playwright-core';

/** Runs in the page: says when digits that are wanted stand there, however they are spaced; they are seen with the next painting. */
const inPage = `(() => {
  const wanted = new Set();
  globalThis.benchWant = (digits) => { wanted.add(digits); };
  const look = () => {
    if (wanted.size === 0) return;
    const shown = document.body.textContent.replace(/\\D/g, '');
    for (const digits of wanted)
      if (shown.includes(digits)) {
        wanted.delete(digits);
        requestAnimationFrame(() => benchSeen(digits));
      }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
})()`;

/** Tells this process, by its own clock, when a text first stands on the page. A text is digits, however they are spaced. */
export const watchText = async (page: Page): Promise<(digits: string) => Promise<number>> => {
  const waiting = new Map<string, (at: number) => void>();
  await page.exposeFunction('benchSeen', (digits: string) => {
    waiting.get(digits)?.(now());
    waiting.delete(digits);
  });
  await page.evaluate(inPage);
  return async (digits) => {
    const seen = new Promise<number>((resolve) => waiting.set(digits, resolve));
    await page.evaluate(`benchWant('${digits}')`);
    return seen;
  };
};

/** The clock of all processes, ms since the epoch. */
export const now = (): number => performance.timeOrigin + performance.now();
