import { Health, Readiness } from '@cordboard/contracts';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { openRoute, type Route } from '../http/route.ts';
import { isLoopback } from '../identity/host.ts';

/** For those who keep the service running. */
export const serviceRoutes: readonly Route[] = [
  openRoute({
    method: 'get',
    path: '/healthz',
    summary: 'The process answers',
    answer: Health,
    handle: () => ({ status: 'ok' as const }),
  }),
  openRoute({
    method: 'get',
    path: '/readyz',
    summary: 'Whether Redis, PostgreSQL and call control answer; 503 and why, when one does not',
    answer: Readiness,
    async handle({ reply }, { readiness }) {
      const answer = await readiness();
      reply.status(answer.ready ? 200 : 503);
      return answer;
    },
  }),
  openRoute({
    method: 'get',
    path: '/metrics',
    summary: 'Figures of all processes for Prometheus; for this machine, and for administrators',
    answer: z.string(),
    mediaType: 'text/plain; version=0.0.4; charset=utf-8',
    handle({ address, person }, { figures }) {
      if (!isLoopback(address) && person?.user.role !== 'administrator')
        throw new Refusal('forbidden', 'Ask from the machine itself, or sign in as an administrator.');
      return figures();
    },
  }),
];
