import type { OutsideRingRequest } from '@cordboard/application';
import type { AriTransport } from '../transport/transport.ts';
import { originateLeg } from './originate-leg.ts';
import { PhoneNotRung } from './refusal.ts';

/** Digits, and a plus before them: nothing in it can mean something else to a dial string or a URI. */
const isNumber = (number: string): boolean => /^\+?\d{2,20}$/.test(number);
/** A trunk's id, as its endpoint carries it: `trunk-demo`. */
const isTrunk = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(id);
const isHeaderName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9-]*$/.test(name);
/** Visible ASCII without what separates the arguments of a dialplan function: no value can begin another header. */
const headerValue = (value: string): string => value.replace(/[^\x21-\x7e]/g, '');

/** Rings a number over a trunk. What goes along stands in headers of the INVITE. */
export const ringOutside = async (
  transport: AriTransport,
  { number, trunk, headers, ...request }: OutsideRingRequest,
  call: string,
): Promise<void> => {
  if (!isNumber(number)) throw new PhoneNotRung(`${JSON.stringify(number)} is no number that can be called`);
  if (!isTrunk(trunk)) throw new PhoneNotRung(`${JSON.stringify(trunk)} is no trunk`);
  const variables = Object.entries(headers).flatMap(([name, value]) =>
    isHeaderName(name) ? [[`PJSIP_HEADER(add,${name})`, headerValue(value)] as const] : [],
  );
  await originateLeg(
    transport,
    { ...request, endpoint: `PJSIP/${number}@trunk-${trunk}`, variables: Object.fromEntries(variables) },
    call,
  );
};
