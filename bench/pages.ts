import { setTimeout as pause } from 'node:timers/promises';
import type { ClientEvents, ServerEvents } from '@cordboard/contracts';
import type { AgentId, Extension, Fact, Instant } from '@cordboard/core';
import { connectRedis, createExchangeStore, whenReady } from '@cordboard/redis';
import { header } from '@cordboard/sip-lab';
import type { Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { openBrowser, signInAt } from '../tests/support/browser.ts';
import { password } from '../tests/support/house-people.ts';
import { deskAgentId, type Floor } from './floor.ts';
import type { House } from './house.ts';
import { inTime } from './in-time.ts';

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
const watchText = async (page: Page): Promise<(digits: string) => Promise<number>> => {
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

/** (c) From a fact written to Redis until the wallboard in a browser has painted the change. @returns ms. */
export const measureBoard = async (house: House, facts: number): Promise<readonly number[]> => {
  const browser = await openBrowser();
  const redis = connectRedis(house.redisUrl, { name: 'bench' });
  try {
    await whenReady(redis, 5000);
    const store = createExchangeStore(redis);
    const { page } = await browser.open({ width: 1920, height: 1080, reducedMotion: false });
    await signInAt(page, `${house.url}/board`, 'sue', password);
    const watch = await watchText(page);
    const took: number[] = [];
    for (let index = 0; index < facts; index += 1) {
      const digits = String(700_000 + index);
      const seen = watch(digits);
      // Not in step with the screen's own beat.
      await pause(20 + Math.random() * 30);
      const writtenAt = now();
      await store.commit({ calls: [], ended: [], agents: [], facts: [renamed(digits)] });
      took.push((await seen) - writtenAt);
    }
    return took;
  } finally {
    redis.disconnect();
    await browser.close();
  }
};

/** Somebody who works nowhere, under another name each time. */
const renamed = (digits: string): Fact => ({
  type: 'AgentChanged',
  at: Date.now() as Instant,
  because: 'bench',
  agent: {
    id: 'bench' as AgentId,
    name: `Bench ${digits}`,
    extension: '9' as Extension,
    state: 'ready',
    reason: null,
    since: Date.now() as Instant,
    until: null,
    call: null,
    queue: null,
    reachable: true,
  },
});

export interface Lead {
  /** How long before the phone's 180 the card was at the agent's page; negative: after it. ms. */
  readonly received: readonly number[];
  /** How long before the phone's 180 the card was painted. ms. */
  readonly painted: readonly number[];
}

/** (d) The card against the phone: baresip, which says 180 when it has read the INVITE and set up its sound. */
export const measureCard = async ({ house, ours, changeShift }: Floor, calls: number): Promise<Lead> => {
  const phone = await changeShift();
  const browser = await openBrowser();
  const person = await house.person(deskAgentId);
  const socket: Socket<ServerEvents, ClientEvents> = io(house.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: person.cookie, origin: house.url },
    forceNew: true,
  });
  try {
    await new Promise<void>((resolve) => socket.once('connect', () => socket.emit('board:watch', () => resolve())));
    const { page } = await browser.open({ reducedMotion: false });
    await signInAt(page, `${house.url}/desk`, deskAgentId, password);
    const watch = await watchText(page);
    const received: number[] = [];
    const painted: number[] = [];
    for (let index = 0; index < calls; index += 1) {
      const number = `33639980${String(100 + index)}`;
      const seen = watch(number);
      await pause(50);
      const opened = new Promise<number>((resolve) => socket.once('card:open', () => resolve(now())));
      const call = ours.callers.call(ours.numbers.quick, `+${number}`);
      const ringing = await phone.nextIncoming({ withinMs: 5000 });
      const { at } = await phone.messages.first(
        ({ type, message }) => type === 'sent' && message.status === 180 && header(message, 'call-id') === ringing.id,
        { withinMs: 5000, what: 'the phone did not say that it rings' },
      );
      received.push(at - (await opened));
      painted.push(at - (await seen));
      await ringing.answer();
      await inTime('the caller is through', call.answered);
      call.bye();
      await inTime('the caller has gone', call.ended);
      await pause(60);
    }
    return { received, painted };
  } finally {
    socket.disconnect();
    await browser.close();
  }
};

/** The phone's own history has this clock. */
const now = (): number => performance.timeOrigin + performance.now();
