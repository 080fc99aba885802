import type { ControlReply } from '@cordboard/contracts';
import { isRefusalCode, Refusal, type RefusalCode } from '../http/refusal.ts';

/** Where call control has another word for what the API says already. */
const translated = new Map<string, RefusalCode>([['unknown-agent', 'no-such-agent']]);

/** @throws Refusal with what call control said, unless it said yes. */
export const obeyed = (result: ControlReply['result']): void => {
  if (result.ok) return;
  const { code, detail } = result;
  const known = translated.get(code) ?? code;
  if (isRefusalCode(known)) throw new Refusal(known, detail === '' ? `Call control said: ${code}.` : detail);
  throw new Refusal('call-control-refused', detail === '' ? `Call control said: ${code}.` : detail);
};
