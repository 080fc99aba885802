import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ControlRequest } from '@cordboard/contracts';
import {
  type AgentId,
  type CallId,
  instant,
  type Outcome,
  type PhoneTarget,
  type TransferRequest,
} from '@cordboard/core';
import { regularly, serveControl } from '@cordboard/redis';
import { Floor } from '@cordboard/testkit';
import { type ApiHouse, openApiHouse } from '../integration/api-house.ts';

const builtPages = fileURLToPath(new URL('../../apps/web/dist', import.meta.url));

/** A house with the built pages in it, and a floor in place of Asterisk and call control: the core itself decides. */
export interface WebHouse {
  readonly api: ApiHouse;
  readonly floor: Floor;
  /** What has happened on the floor since the last time is told to the world; the clock is the wall's. */
  tell(happen?: (floor: Floor) => void): Promise<void>;
  /** Call control falls silent, or is heard again. */
  beating(isHeard: boolean): void;
  /** Everyone free again, nobody waiting, nobody signed in. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export const openWebHouse = async (): Promise<WebHouse> => {
  if (!existsSync(builtPages)) throw new Error('The pages are not built: run npm run build -w @cordboard/web.');
  const api = await openApiHouse();
  await symlink(builtPages, api.webRoot);
  const floor = new Floor();
  let told = 0;
  let isHeard = true;

  const tell: WebHouse['tell'] = async (happen) => {
    floor.now = instant(Math.max(floor.now, Date.now()));
    happen?.(floor);
    const facts = floor.facts.slice(told);
    told = floor.facts.length;
    await api.tell(facts);
  };
  const stopBeating = regularly(
    500,
    async () => {
      if (isHeard) await api.beat();
    },
    () => undefined,
  );
  const stopServing = await serveControl(api.redis, async (ask) => {
    let outcome: Outcome | undefined;
    await tell(() => {
      outcome = obeyedBy(floor, ask);
    });
    return outcome?.refusal === undefined ? { ok: true } : { ok: false, code: outcome.refusal, detail: '' };
  });
  await tell();

  return {
    api,
    floor,
    tell,
    beating: (heard) => {
      isHeard = heard;
    },
    clear: () =>
      tell(() => {
        for (const id of floor.exchange.calls.keys()) floor.callerHangsUp(id);
        for (const agent of floor.exchange.agents.keys()) {
          floor.ask(agent, { to: 'be-ready' });
          floor.ask(agent, { to: 'sign-out' });
        }
      }),
    async close() {
      stopBeating();
      await stopServing();
      await api.close();
    },
  };
};

/** What call control would do; @returns undefined for what no page of these tests asks. */
const obeyedBy = (floor: Floor, ask: ControlRequest['ask']): Outcome | undefined => {
  const at = floor.now;
  switch (ask.type) {
    case 'hang-up':
      return floor.callerHangsUp(ask.call as CallId);
    case 'agent-state':
      return floor.ask(ask.agent, ask.request);
    case 'hold':
      return floor.handle({ type: 'HoldAsked', at, call: ask.call as CallId, on: ask.on });
    case 'add-party':
      return floor.handle({
        type: 'TalkAsked',
        at,
        call: ask.call as CallId,
        request: { to: 'add', target: ask.party as PhoneTarget },
      });
    case 'transfer':
      return floor.handle({
        type: 'TransferAsked',
        at,
        call: ask.call as CallId,
        request: ask.request as TransferRequest,
        agent: ask.agent as AgentId | null,
      });
    default:
      return undefined;
  }
};
