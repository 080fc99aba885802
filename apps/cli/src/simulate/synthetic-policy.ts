import { PolicyDocument, toPolicy } from '@cordboard/contracts';
import type { Policy } from '@cordboard/core';

/** What an invented day goes by: three in four callers for support, one for sales, for whom half of the agents work too. */
export const syntheticPolicy = (agents: number): Policy => {
  const names = Array.from({ length: agents }, (_, index) => `agent-${index + 1}`);
  return toPolicy(
    PolicyDocument.parse({
      timeZone: 'Europe/Paris',
      numbers: [
        ...[1, 2, 3].map((n) => ({ number: `+3317000001${n}`, name: `Support ${n}`, language: 'fr', flow: 'support' })),
        { number: '+33170000020', name: 'Sales', language: 'fr', flow: 'sales' },
      ],
      flows: { support: straightTo('support'), sales: straightTo('sales') },
      queues: {
        support: queue('Support', names),
        sales: queue('Sales', names.slice(0, Math.ceil(agents / 2))),
      },
      calendars: {},
    }),
    1,
  );
};

const straightTo = (id: string) => ({
  name: id,
  start: 'line',
  nodes: { line: { kind: 'queue', queue: id, priority: 0 } },
});

const queue = (name: string, members: readonly string[]) => ({
  name,
  members: [...members],
  strategy: 'longest-idle',
  boostMs: 60_000,
  ringForMs: 15_000,
  wrapUpMs: 10_000,
  pauseAfterMissed: 3,
  music: 'default',
  announce: { everyMs: 20_000, position: true, wait: false },
  target: { answerWithinMs: 20_000, goal: 0.8 },
  shortAbandonMs: 5000,
});
