import type { House } from './house.ts';
import { until } from './until.ts';

/** Resolves when the call has come to this node of its flow. @returns why it came there, in the flow's words */
export const comesTo = (house: House, call: string, node: string): Promise<string> =>
  until(
    `the call at ${node}`,
    async () => {
      const step = (await house.facts(call)).find((fact) => fact.type === 'FlowStepped' && fact.node === node);
      return step?.type === 'FlowStepped' && step.because;
    },
    { withinMs: 15_000 },
  );
