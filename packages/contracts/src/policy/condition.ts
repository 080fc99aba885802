import { type Condition, factNamed } from '@cordboard/core';
import { z } from 'zod';

const Fact = z
  .string()
  .refine(
    (name) => factNamed(name) !== undefined,
    'no such fact; use caller.number, customer.segment, language, attribute:name, queue:id.length, queue:id.expectedWaitMs, queue:id.ready, switch:id, calls.last7days or another of the documented ones',
  );
const Text = z.string().max(200);

const Comparison = z.discriminatedUnion('is', [
  z.strictObject({ fact: Fact, is: z.enum(['equals', 'starts-with']), value: Text }),
  z.strictObject({ fact: Fact, is: z.literal('one-of'), value: z.array(Text).min(1).max(1000) }),
  z.strictObject({ fact: Fact, is: z.enum(['at-least', 'at-most']), value: z.number() }),
  z.strictObject({ fact: Fact, is: z.literal('in-list'), value: Text }),
  z.strictObject({ fact: Fact, is: z.enum(['present', 'absent']) }),
]);

/** How deep conditions may stand in conditions. */
const deepest = 5;

const conditionOf = (depth: number): z.ZodType<Condition, Condition> => {
  if (depth === 0) return Comparison;
  const inner = conditionOf(depth - 1);
  return z.union([
    Comparison,
    z.strictObject({ all: z.array(inner).min(1).max(50) }),
    z.strictObject({ any: z.array(inner).min(1).max(50) }),
  ]);
};

/** What a branch asks of a call. */
export const ConditionShape = conditionOf(deepest);
