import type { Policy } from '../policy/policy.ts';
import type { PhoneTarget } from '../policy/roster.ts';

/**
 * A number that is to be rung over one trunk, with those that stand in for it: of the first route that leads to the number
 * and names the trunk, all others, in their order.
 */
export const withStandIns = (target: PhoneTarget, { outbound }: Pick<Policy, 'outbound'>): PhoneTarget => {
  if ('extension' in target) return target;
  const { number, trunk } = target;
  const route = outbound?.routes.find(
    ({ to, trunks }) =>
      trunks.includes(trunk) && (to.length === 0 || to.some((beginning) => number.startsWith(beginning))),
  );
  const others = route?.trunks.filter((each) => each !== trunk) ?? [];
  return others.length === 0 ? target : { ...target, others };
};
