import { setTimeout as delay } from 'node:timers/promises';
import type { Exit } from './server.ts';

/** How often a starting server is asked, where it does not tell by itself. */
const everyMs = 20;

/** Asks until the answer is yes; gives up, without an opinion, when the server has ended. */
export const until = async (question: () => Promise<boolean>, exited: Promise<Exit>): Promise<void> => {
  const state = { over: false };
  void exited.then(() => {
    state.over = true;
  });
  while (!state.over && !(await question())) await delay(everyMs);
};
